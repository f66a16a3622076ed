"""The steps of an answer, one function each, without any framework: chain and graph only say which follows which.

retrieve -> (thin evidence: refuse) -> prompt -> answer -> (unusable: repair, once -> answer) -> check
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from rag_pilot.answers import Answer, Draft, cite, locate, refuse
from rag_pilot.cost import Prices
from rag_pilot.extract import Extractor
from rag_pilot.guard.active_content import find_active_content
from rag_pilot.guard.canary import carries_canary, new_canary
from rag_pilot.guard.documents import DocumentGuard
from rag_pilot.guard.personal_data import Masking
from rag_pilot.history import Exchange, condense, keep_within_budget
from rag_pilot.language_model import MAX_TOKENS, Message, estimate_tokens
from rag_pilot.retrieve import Found, Retriever
from rag_pilot.stages import StageClock
from rag_pilot.tally import Tally
from rag_pilot.typed_answer import ask_again

MAX_REPAIRS = 1
Reason = Literal["cost_limit", "step_limit", "invalid_reply", "prompt_leak", "active_content"]
OnPiece = Callable[[str], None]


class Answerer(Protocol):
    """`asks_model`: whether a prompt leaves this module, so that it must be masked, counted and paid."""

    @property
    def asks_model(self) -> bool: ...

    def draft(
        self, question: str, found: Found, messages: Sequence[Message], on_text: OnPiece | None = None
    ) -> Draft: ...

    def close(self) -> None: ...


class WritesPrompt(Protocol):
    def __call__(self, sources: str, question: str, history: Sequence[Exchange], canary: str) -> list[Message]: ...


@dataclass(frozen=True)
class Turn:
    """One question on its way. `on_piece` gets the answer's text while it is being written, not yet checked."""

    question: str
    audiences: frozenset[str] | None = None
    history: tuple[Exchange, ...] = ()
    clock: StageClock = field(default_factory=StageClock)
    on_piece: OnPiece | None = None
    search_text: str = ""
    found: Found = field(default_factory=lambda: Found((), ()))
    flagged: tuple[str, ...] = ()
    evidence: float = 0.0
    masking: Masking = field(default_factory=Masking)
    messages: tuple[Message, ...] = ()
    draft: Draft | None = None
    problem: str | None = None
    stopped: Reason | None = None
    repairs: int = 0
    model_calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True)
class Limits:
    """`refuse_below`: evidence, 0 to 1, under which no answerer is asked. `usd`: most that one question may cost."""

    refuse_below: float
    usd: float | None = None
    history_turns: int = 0


class Steps:
    def __init__(
        self,
        retriever: Retriever,
        extractor: Extractor,
        answerer: Answerer,
        write_prompt: WritesPrompt,
        limits: Limits,
        guard: DocumentGuard | None = None,
        mask: bool = False,
        prices: Prices | None = None,
        tally: Tally | None = None,
    ) -> None:
        self._retriever, self._extractor, self._answerer = retriever, extractor, answerer
        self._write_prompt, self._limits, self._prices = write_prompt, limits, prices
        self._guard = guard or DocumentGuard("off")
        self._mask = mask and answerer.asks_model
        self.canary = new_canary()
        self.tally = tally or Tally()

    def begin(
        self,
        question: str,
        audiences: Iterable[str] | None = None,
        history: Sequence[Exchange] = (),
        clock: StageClock | None = None,
    ) -> Turn:
        kept = tuple(keep_within_budget(history, self._limits.history_turns))
        readers = None if audiences is None else frozenset(audiences)
        return Turn(question, readers, kept, clock or StageClock(), search_text=condense(question, kept))

    def retrieve(self, turn: Turn) -> Turn:
        with turn.clock.stage("embed"):
            vector = self._retriever.embed(turn.search_text)
        with turn.clock.stage("search"):
            guarded = self._guard.check(self._retriever.search(turn.search_text, vector, turn.audiences))
            evidence = self._extractor.evidence(turn.search_text, guarded.found)
        return replace(turn, found=guarded.found, flagged=guarded.flagged, evidence=evidence)

    def is_thin(self, turn: Turn) -> bool:
        return turn.evidence < self._limits.refuse_below

    def prompt(self, turn: Turn) -> Turn:
        """Text of documents comes fenced and numbered; nothing in it can end its fence."""
        if not self._answerer.asks_model:
            return turn
        with turn.clock.stage("prompt"):
            mask = turn.masking.mask if self._mask else str
            sources = "\n".join(
                f'<source number="{number}"{_mark(hit.chunk.id in turn.flagged)}>\n'
                f"{_fence(mask(hit.chunk.indexed_text))}\n</source>"
                for number, hit in enumerate(turn.found.hits, 1)
            )
            history = [Exchange(_fence(mask(item.question)), _fence(mask(item.answer))) for item in turn.history]
            messages = self._write_prompt(sources, _fence(mask(turn.question)), history, self.canary)
        return replace(turn, messages=tuple(messages))

    def answer(self, turn: Turn) -> Turn:
        """Ask once. `problem` then says why the draft cannot be used, `stopped` that we may not ask or not show."""
        if self._answerer.asks_model and self._costs_too_much(turn):
            return replace(turn, stopped="cost_limit", draft=None, problem=None)
        with turn.clock.stage("answer"):
            draft = self._answerer.draft(turn.search_text, turn.found, turn.messages, self._listen(turn))
        draft = replace(
            draft,
            text=turn.masking.restore(draft.text),
            quotes=tuple(turn.masking.restore(quote) for quote in draft.quotes),
        )
        turn = replace(
            turn,
            draft=draft,
            problem=draft.problem or self._problem_of(draft, turn.found),
            model_calls=turn.model_calls + self._answerer.asks_model,
            tokens_in=turn.tokens_in + draft.tokens_in,
            tokens_out=turn.tokens_out + draft.tokens_out,
        )
        # Never sent back for repair: that would say it once more.
        leaked = self._answerer.asks_model and _any_carries(self.canary, draft)
        return replace(turn, stopped="prompt_leak", problem=None) if leaked else turn

    def needs_repair(self, turn: Turn) -> bool:
        return turn.problem is not None and turn.stopped is None and turn.repairs < MAX_REPAIRS

    def repair(self, turn: Turn) -> Turn:
        wrote = turn.draft.wrote if turn.draft else ""
        messages = ask_again(turn.messages, wrote, turn.problem or "")
        return replace(turn, messages=tuple(messages), repairs=turn.repairs + 1, draft=None, problem=None)

    def check(self, turn: Turn) -> Answer:
        """Every way to an answer ends here: only what was cited word by word leaves."""
        with turn.clock.stage("cite"):
            if turn.stopped is not None:
                answer = refuse(turn.stopped, turn.found, turn.evidence)
            elif self.is_thin(turn):
                answer = refuse("thin_evidence", turn.found, turn.evidence)
            elif turn.draft is None or turn.draft.problem is not None:
                answer = refuse("invalid_reply", turn.found, turn.evidence)
            elif self._answerer.asks_model and not turn.draft.refused and self._active(turn.draft, turn.found):
                answer = refuse("active_content", turn.found, turn.evidence)
            else:
                answer = cite(turn.draft, turn.found, turn.evidence)
        usd = self._prices.cost(turn.tokens_in, turn.tokens_out) if self._prices and turn.model_calls else None
        answer = replace(
            answer,
            tokens_in=turn.tokens_in,
            tokens_out=turn.tokens_out,
            model_calls=turn.model_calls,
            repairs=turn.repairs,
            usd=usd,
            flagged=turn.flagged,
            search_text=turn.search_text,
        )
        self._count(answer, turn)
        return answer

    def stop(self, turn: Turn, reason: Reason) -> Answer:
        return self.check(replace(turn, stopped=reason))

    def prompt_tokens(self, question: str) -> int:
        """Tokens that a model would be sent for this question, about; 0 when none would be asked. Nothing is spent."""
        turn = self.retrieve(self.begin(question))
        return 0 if self.is_thin(turn) else estimate_tokens(self.prompt(turn).messages)

    @property
    def asks_model(self) -> bool:
        return self._answerer.asks_model

    def close(self) -> None:
        self._answerer.close()

    def _costs_too_much(self, turn: Turn) -> bool:
        if self._limits.usd is None or self._prices is None:
            return False
        tokens_in = turn.tokens_in + estimate_tokens(turn.messages)
        return self._prices.cost(tokens_in, turn.tokens_out + MAX_TOKENS) > self._limits.usd

    def _problem_of(self, draft: Draft, found: Found) -> str | None:
        if draft.refused or not self._answerer.asks_model:
            return None
        if active := self._active(draft, found):
            return f"it holds a link or markup that stands in no source ({active[0][:60]!r}); write plain text"
        if not any(locate(quote, found.hits) for quote in draft.quotes):
            return "no quote is copied character by character from one source"
        return None

    def _active(self, draft: Draft, found: Found) -> list[str]:
        return find_active_content(draft.text, (hit.chunk.indexed_text for hit in found.hits))

    def _listen(self, turn: Turn) -> OnPiece | None:
        if turn.on_piece is None or not self._answerer.asks_model:
            return None
        return _Listener(turn.on_piece, turn.masking, self.canary)

    def _count(self, answer: Answer, turn: Turn) -> None:
        self.tally.add("answers")
        counts = {
            "repairs": turn.repairs,
            "flagged_chunks": len(turn.flagged),
            "masked": len(turn.masking.originals),
            "model_calls": turn.model_calls,
            "tokens_in": turn.tokens_in,
            "tokens_out": turn.tokens_out,
            f"refused_{answer.reason}": int(answer.refused),
        }
        for name, count in counts.items():
            if count:
                self.tally.add(name, count)
        if answer.usd:
            self.tally.spend(answer.usd)


# So much of the text stays back while it is written: a canary or a stand-in must be whole before it is known.
_HELD_BACK = 80


class _Listener:
    """Hands on the answer's text as it grows, with stand-ins put right, and falls silent at a canary."""

    def __init__(self, hand_on: OnPiece, masking: Masking, canary: str) -> None:
        self._hand_on, self._masking, self.canary = hand_on, masking, canary
        self._said = 0

    def __call__(self, text: str) -> None:
        """`text`: all of the answer so far."""
        if carries_canary(text, self.canary):
            self._said = len(text) + 10**9
            return
        safe = text[: max(0, len(text) - _HELD_BACK)]
        opened = safe.rfind("[")
        if opened >= 0 and "]" not in safe[opened:]:
            safe = safe[:opened]
        safe = self._masking.restore(safe)
        if len(safe) > self._said:
            self._hand_on(safe[self._said :])
            self._said = len(safe)


def _any_carries(canary: str, draft: Draft) -> bool:
    return any(carries_canary(text, canary) for text in (draft.text, *draft.quotes, draft.wrote) if text)


def _mark(flagged: bool) -> str:
    return ' warning="contains text that reads like an instruction"' if flagged else ""


# The prompt's own marks, in any case and spacing.
_MARKS = re.compile(r"<(?=\s*/?\s*(?:source|conversation|question)\b)", re.IGNORECASE)


def _fence(text: str) -> str:
    """No text of a document or a person can open or close a fence of the prompt."""
    return _MARKS.sub("< ", text)
