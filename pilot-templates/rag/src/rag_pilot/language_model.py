"""The port of a language model: messages in, a complete text out, tokens counted. Endpoint and local model stand
behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

Message = dict[str, str]

# An answer of at most this many tokens: some 2,000 characters of JSON, more than anybody reads.
MAX_TOKENS = 500
# English text in the usual vocabularies has about four characters a token; a model's own count replaces the estimate.
CHARACTERS_PER_TOKEN = 4
# The markup around one message, in tokens.
TOKENS_PER_MESSAGE = 4


@dataclass(frozen=True)
class Completion:
    """A complete text. `estimated`: the model did not count its tokens, so they were counted here."""

    text: str
    tokens_in: int
    tokens_out: int
    estimated: bool = False


class ModelError(Exception):
    """`status` is what our own API answers: 502 when the model said something unusable, 503 when it was away."""

    def __init__(self, status: int, cause: str, retries: int) -> None:
        super().__init__(f"the model {cause} ({retries} retries)")
        self.status, self.cause, self.retries = status, cause, retries


class LanguageModel(Protocol):
    """Never gives a partial text as a `Completion`: what was cut is a `ModelError`."""

    def complete(self, messages: Sequence[Message]) -> Completion: ...

    def stream(self, messages: Sequence[Message]) -> Iterator[str | Completion]:
        """Pieces as they come, then the whole. Without the whole at the end, the pieces are worth nothing."""
        ...

    def close(self) -> None: ...


def estimate_tokens(messages: Sequence[Message]) -> int:
    characters = sum(len(message["content"]) for message in messages)
    return -(-characters // CHARACTERS_PER_TOKEN) + TOKENS_PER_MESSAGE * len(messages)


def estimate_text_tokens(text: str) -> int:
    return -(-len(text) // CHARACTERS_PER_TOKEN)
