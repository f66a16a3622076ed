"""Answers that were given before. A reader never gets an answer that was made for readers with other rights."""

import hashlib
import json
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag_pilot.answers import Answer
from rag_pilot.history import Exchange

# An answer that failed for a passing reason may succeed the next time.
PASSING_REASONS = frozenset({"invalid_reply", "prompt_leak", "cost_limit", "step_limit", "active_content"})


class AnswerCache:
    """The newest `entries` answers, least recently used out first. Safe to use from many threads.

    `configuration` is a hash of everything an answer depends on but the documents and the question.
    """

    def __init__(self, entries: int, index: str, configuration: str) -> None:
        if entries < 1:
            raise ValueError("a cache holds at least one answer")
        self._entries, self._index, self._configuration = entries, index, configuration
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, question: str, audiences: Iterable[str] | None, history: Sequence[Exchange] = ()) -> Answer | None:
        """The answer with `from_cache` set and nothing spent, or None."""
        with self._lock:
            key = self._key(question, audiences, history)
            answer = self._answers.get(key)
            if answer is None:
                return None
            self._answers.move_to_end(key)
        return replace(answer, from_cache=True, tokens_in=0, tokens_out=0, model_calls=0, repairs=0, usd=None)

    def put(
        self,
        question: str,
        audiences: Iterable[str] | None,
        answer: Answer,
        index: str,
        history: Sequence[Exchange] = (),
    ) -> None:
        """Keep an answer made from the documents of `index`; one of an index that was replaced meanwhile is not."""
        if answer.reason in PASSING_REASONS:
            return
        with self._lock:
            if index != self._index:
                return
            key = self._key(question, audiences, history)
            self._answers[key] = answer
            self._answers.move_to_end(key)
            while len(self._answers) > self._entries:
                self._answers.popitem(last=False)

    def use_index(self, index: str) -> None:
        """Say which documents are served from now on; other documents, other answers."""
        with self._lock:
            if index != self._index:
                self._index = index
                self._answers.clear()

    @property
    def index(self) -> str:
        return self._index

    def __len__(self) -> int:
        return len(self._answers)

    def _key(self, question: str, audiences: Iterable[str] | None, history: Sequence[Exchange]) -> str:
        said = " ".join(unicodedata.normalize("NFC", question).split())
        # Nobody in particular (null) is another reader than one of no audience ([]).
        readers = None if audiences is None else sorted(set(audiences))
        # JSON keeps the parts apart: no audience can be spelled so that it reads as another one's question.
        parts = [self._index, self._configuration, readers, said, [[item.question, item.answer] for item in history]]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
