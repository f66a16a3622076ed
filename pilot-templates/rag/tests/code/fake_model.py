"""A language model that says what a test tells it to; it keeps the prompts it was sent."""

import json
from collections.abc import Callable, Iterator, Sequence

from rag_pilot.answerers import ModelAnswerer
from rag_pilot.chain import AnswerChain, write_prompt
from rag_pilot.cost import Prices
from rag_pilot.guard.documents import DocumentGuard
from rag_pilot.language_model import Completion, Message
from rag_pilot.pilot import Pilot
from rag_pilot.steps import Limits, Steps

Says = Callable[[Sequence[Message], int], str]


class FakeModel:
    """`says` gets the messages and the number of the call, from 0. Streams in pieces of seven characters."""

    def __init__(self, says: Says) -> None:
        self._says = says
        self.prompts: list[list[Message]] = []

    def complete(self, messages: Sequence[Message]) -> Completion:
        self.prompts.append(list(messages))
        return Completion(self._says(messages, len(self.prompts) - 1), 100, 20)

    def stream(self, messages: Sequence[Message]) -> Iterator[str | Completion]:
        whole = self.complete(messages)
        yield from (whole.text[at : at + 7] for at in range(0, len(whole.text), 7))
        yield whole

    def close(self) -> None:
        pass


def reply(answer: str = "", quotes: Sequence[str] = (), refused: bool = False) -> str:
    return json.dumps({"refused": refused, "answer": answer, "quotes": list(quotes)})


def make_steps(
    pilot: Pilot,
    model: FakeModel,
    limits: Limits | None = None,
    injection: str = "flag",
    mask: bool = True,
    prices: Prices | None = None,
) -> Steps:
    steps = pilot.chain.steps
    guard = DocumentGuard(injection)  # type: ignore[arg-type]
    limits = limits or Limits(0.3)
    return Steps(
        steps._retriever, steps._extractor, ModelAnswerer(model), write_prompt, limits, guard, mask=mask, prices=prices
    )


def make_chain(pilot: Pilot, model: FakeModel, limits: Limits | None = None, **options: object) -> AnswerChain:
    return AnswerChain(make_steps(pilot, model, limits, **options))  # type: ignore[arg-type]
