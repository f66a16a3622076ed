"""Any OpenAI-compatible chat endpoint. The key comes from the environment and is never written anywhere."""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx

from rag_pilot.config import Answering
from rag_pilot.errors import UNAVAILABLE, PilotError
from rag_pilot.language_model import (
    MAX_TOKENS,
    Completion,
    Message,
    ModelError,
    estimate_text_tokens,
    estimate_tokens,
)

RETRYABLE = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
MAX_ANSWER_BYTES = 4 * 1024 * 1024
MAX_RETRY_AFTER_SECONDS = 30.0
# A count of tokens beyond this is a mistake of the endpoint, not a bill.
MAX_TOKEN_COUNT = 10_000_000


class EndpointError(ModelError):
    """`status` is what our own API answers: 502 when the endpoint said something unusable, 503 when it was away."""

    def __init__(self, status: int, cause: str, retries: int) -> None:
        super().__init__(status, cause, retries)
        self.args = (f"the model endpoint {cause} ({retries} retries)",)


class EndpointModel:
    """At most `maxConcurrency` requests at once; a further one waits its turn for as long as one may take."""

    def __init__(
        self,
        settings: Answering,
        client: httpx.Client | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if settings.baseUrl is None or settings.model is None:
            raise PilotError(UNAVAILABLE, "answer.baseUrl and answer.model must be set for an endpoint.")
        key = os.environ.get(settings.apiKeyVariable)
        if not key:
            message = f"the environment variable {settings.apiKeyVariable} with the key is not set."
            raise PilotError(UNAVAILABLE, message)
        self._settings, self._sleep = settings, sleep
        self._url = settings.baseUrl.rstrip("/") + "/chat/completions"
        self._headers = {"Authorization": f"Bearer {key}"}
        self._places = threading.BoundedSemaphore(settings.maxConcurrency)
        limits = httpx.Limits(
            max_connections=settings.maxConcurrency, max_keepalive_connections=settings.maxConcurrency
        )
        # No proxy or netrc of the environment, no redirect: the key goes to the configured host only.
        self._client = client or httpx.Client(
            timeout=settings.timeoutSeconds, limits=limits, trust_env=False, follow_redirects=False
        )

    def complete(self, messages: Sequence[Message]) -> Completion:
        return self._try(lambda attempt: self._whole(messages, attempt))

    def stream(self, messages: Sequence[Message]) -> Iterator[str | Completion]:
        """As `complete`, with pieces before the whole. Tried again only while no piece was handed on."""
        for attempt in range(self._settings.maxRetries + 1):
            handed_on = False
            try:
                with self._place():
                    for piece in self._pieces(messages, attempt):
                        handed_on = True
                        yield piece
                return
            except _Trouble as trouble:
                self._wait_or_raise(trouble, attempt, final=handed_on)

    def close(self) -> None:
        self._client.close()

    def _try(self, ask: Callable[[int], Completion]) -> Completion:
        for attempt in range(self._settings.maxRetries + 1):
            try:
                with self._place():
                    return ask(attempt)
            except _Trouble as trouble:
                self._wait_or_raise(trouble, attempt)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _wait_or_raise(self, trouble: "_Trouble", attempt: int, final: bool = False) -> None:
        if final or not trouble.passing or attempt == self._settings.maxRetries:
            raise EndpointError(trouble.status, trouble.said, attempt) from trouble.__cause__
        # Nobody sleeps in a place that another question could use.
        self._sleep(trouble.wait if trouble.wait is not None else min(8.0, 0.5 * 2**attempt))

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=self._settings.timeoutSeconds):
            raise EndpointError(503, f"has {self._settings.maxConcurrency} questions to answer already", 0)
        try:
            yield
        finally:
            self._places.release()

    def _whole(self, messages: Sequence[Message], attempt: int) -> Completion:
        with self._post(messages, stream=False) as response:
            content = b"".join(self._read(response))
        try:
            value = json.loads(content)
            choice = value["choices"][0]
            text, finish, usage = choice["message"]["content"], choice.get("finish_reason"), value.get("usage")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as cause:
            raise EndpointError(502, "answered something that is not a chat completion", attempt) from cause
        return _completion(text, finish, usage, messages, attempt)

    def _pieces(self, messages: Sequence[Message], attempt: int) -> Iterator[str | Completion]:
        """Server-sent events: `data:` lines up to `[DONE]`. One that ends before that was cut."""
        text, finish, usage, done = "", None, None, False
        with self._post(messages, stream=True) as response:
            if "text/event-stream" not in response.headers.get("content-type", ""):
                raise EndpointError(502, "answered something that is not a stream of a chat completion", attempt)
            for line in _lines(self._read(response)):
                if not line.startswith("data:"):
                    continue
                data = line.removeprefix("data:").strip()
                if data == "[DONE]":
                    done = True
                    break
                piece, ended, counted = _read_event(data, attempt)
                finish, usage = ended or finish, counted or usage
                if piece:
                    text += piece
                    yield piece
        # Some servers leave out [DONE]; a finish reason says as much. Neither: it was cut.
        if not done and finish is None:
            raise _Trouble(503, "could not be reached or cut the answer (no end of the stream)")
        yield _completion(text, finish, usage, messages, attempt)

    @contextmanager
    def _post(self, messages: Sequence[Message], stream: bool) -> Iterator[httpx.Response]:
        body: dict[str, Any] = {
            "model": self._settings.model,
            "messages": list(messages),
            "temperature": 0,
            "max_tokens": MAX_TOKENS,
        }
        if stream:
            body |= {"stream": True, "stream_options": {"include_usage": True}}
        try:
            with self._client.stream("POST", self._url, json=body, headers=self._headers) as response:
                if response.status_code != 200:
                    status = response.status_code
                    passing = status in RETRYABLE
                    raise _Trouble(_our_status(status), _say(status), passing, _retry_after(response))
                yield response
        except httpx.TimeoutException as cause:
            raise _Trouble(503, "did not answer in time") from cause
        except httpx.HTTPError as cause:
            raise _Trouble(503, f"could not be reached or cut the answer ({type(cause).__name__})") from cause

    def _read(self, response: httpx.Response) -> Iterator[bytes]:
        # The httpx timeout is per read; the sum is bounded here, so that a trickling endpoint cannot hold a worker.
        limit, size = time.monotonic() + self._settings.timeoutSeconds, 0
        for piece in response.iter_bytes():
            size += len(piece)
            if size > MAX_ANSWER_BYTES:
                raise _Trouble(502, f"answered with more than {MAX_ANSWER_BYTES // 2**20} MiB", passing=False)
            if time.monotonic() > limit:
                raise _Trouble(503, "did not answer in time")
            yield piece


class _Trouble(Exception):
    """One attempt that failed. `passing`: the next may succeed, after `wait` seconds when the endpoint said so."""

    def __init__(self, status: int, said: str, passing: bool = True, wait: float | None = None) -> None:
        super().__init__(said)
        self.status, self.said, self.passing, self.wait = status, said, passing, wait


def _completion(text: object, finish: object, usage: object, messages: Sequence[Message], attempt: int) -> Completion:
    if not isinstance(text, str):
        raise EndpointError(502, "answered without text", attempt)
    if finish not in ("stop", None):
        raise EndpointError(502, f"stopped before the answer was complete ({str(finish)[:40]})", attempt)
    counted = usage if isinstance(usage, dict) else {}
    tokens_in, tokens_out = _count(counted.get("prompt_tokens")), _count(counted.get("completion_tokens"))
    if tokens_in and tokens_out is not None:
        return Completion(text, tokens_in, tokens_out)
    # An endpoint that does not count, or counts nothing for a prompt it read, does not make the answer free.
    return Completion(text, tokens_in or estimate_tokens(messages), tokens_out or estimate_text_tokens(text), True)


def _count(value: object) -> int | None:
    whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_TOKEN_COUNT
    return value if whole and isinstance(value, int) else None


def _read_event(data: str, attempt: int) -> tuple[str, object, object]:
    """(piece of text, finish reason, usage) of one event; the last event may carry the usage and no choice."""
    try:
        value = json.loads(data)
        if value.get("error"):
            raise EndpointError(502, "failed in the middle of the answer", attempt)
        choices = value.get("choices") or []
        choice = choices[0] if choices else {}
        piece = (choice.get("delta") or {}).get("content") or ""
        if not isinstance(piece, str):
            raise TypeError("content is not text")
        return piece, choice.get("finish_reason"), value.get("usage")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as cause:
        raise EndpointError(502, "answered something that is not a stream of a chat completion", attempt) from cause


def _lines(pieces: Iterator[bytes]) -> Iterator[str]:
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield line.decode("utf-8", "replace").strip("\r")
    if rest:
        yield rest.decode("utf-8", "replace").strip("\r")


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds, as the endpoint asks; a date or nonsense counts as not said."""
    try:
        seconds = float(response.headers.get("retry-after", ""))
    except ValueError:
        return None
    return min(seconds, MAX_RETRY_AFTER_SECONDS) if seconds >= 0 else None


def _our_status(status: int) -> int:
    return 503 if status in (408, 429, 503, 504) else 502


def _say(status: int) -> str:
    known = {
        401: "refused the key",
        403: "refused the key",
        404: "does not know the address or the model",
        429: "is busy",
    }
    return f"{known.get(status, 'failed')} (HTTP {status})"
