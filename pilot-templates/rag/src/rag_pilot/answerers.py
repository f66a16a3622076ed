"""The two kinds of answerer: one that copies sentences, and one that asks a language model."""

from collections.abc import Callable, Sequence

from rag_pilot.answers import Draft
from rag_pilot.extract import Extractor
from rag_pilot.language_model import Completion, LanguageModel, Message, ModelError
from rag_pilot.retrieve import Found
from rag_pilot.typed_answer import read_answer_so_far, read_reply


class OfflineAnswerer:
    asks_model = False

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor

    def draft(
        self,
        question: str,
        found: Found,
        messages: Sequence[Message],
        on_text: Callable[[str], None] | None = None,
    ) -> Draft:
        return self._extractor.draft(question, found)

    def close(self) -> None:
        pass


class ModelAnswerer:
    asks_model = True

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    def draft(
        self,
        question: str,
        found: Found,
        messages: Sequence[Message],
        on_text: Callable[[str], None] | None = None,
    ) -> Draft:
        """`on_text` gets the answer so far, again and again; what counts is the draft at the end."""
        completion = self._model.complete(messages) if on_text is None else self._listen(messages, on_text)
        reply = read_reply(completion.text)
        spent, wrote = (completion.tokens_in, completion.tokens_out), completion.text
        if isinstance(reply, str):
            return Draft("", (), False, *spent, problem=reply, wrote=wrote)
        return Draft(reply.answer, tuple(reply.quotes), reply.refused, *spent, wrote=wrote)

    def close(self) -> None:
        self._model.close()

    def _listen(self, messages: Sequence[Message], on_text: Callable[[str], None]) -> Completion:
        text = said = ""
        for piece in self._model.stream(messages):
            if isinstance(piece, Completion):
                return piece
            text += piece
            if (so_far := read_answer_so_far(text)) != said:
                said = so_far
                on_text(said)
        raise ModelError(502, "ended before the answer was complete", 0)
