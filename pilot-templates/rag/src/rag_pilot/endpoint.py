"""Any OpenAI-compatible chat endpoint as answerer. The key comes from the environment and is never written anywhere."""

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag_pilot.answers import Draft
from rag_pilot.config import Answering
from rag_pilot.errors import UNAVAILABLE, PilotError
from rag_pilot.retrieve import Found

RETRYABLE = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
MAX_ANSWER_BYTES = 4 * 1024 * 1024
MAX_RETRY_AFTER_SECONDS = 30.0
MAX_TOKENS = 500


class EndpointError(Exception):
    """`status` is what our own API answers: 502 when the endpoint said something unusable, 503 when it was away."""

    def __init__(self, status: int, cause: str, retries: int) -> None:
        super().__init__(f"the model endpoint {cause} ({retries} retries)")
        self.status, self.cause, self.retries = status, cause, retries


class Reply(BaseModel):
    """What the prompt asks the model to write."""

    model_config = ConfigDict(extra="ignore", strict=True)
    answer: str = Field(max_length=4_000)
    quotes: list[str] = Field(max_length=20)
    refused: bool


@dataclass(frozen=True)
class _Completion:
    text: str
    tokens_in: int
    tokens_out: int


class EndpointAnswerer:
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
            raise PilotError(
                UNAVAILABLE, f"the environment variable {settings.apiKeyVariable} with the key is not set."
            )
        self._settings, self._sleep = settings, sleep
        self._url = settings.baseUrl.rstrip("/") + "/chat/completions"
        self._headers = {"Authorization": f"Bearer {key}"}
        # No proxy or netrc of the environment, no redirect: the key goes to the configured host only.
        self._client = client or httpx.Client(timeout=settings.timeoutSeconds, trust_env=False, follow_redirects=False)

    def draft(self, question: str, found: Found, messages: list[dict[str, str]]) -> Draft:
        completion = self._complete(messages)
        try:
            reply = Reply.model_validate_json(_without_fence(completion.text))
        except ValidationError:
            # Not the agreed form: nothing in it can be checked, so nothing of it is shown.
            return Draft("", (), True, completion.tokens_in, completion.tokens_out)
        return Draft(reply.answer, tuple(reply.quotes), reply.refused, completion.tokens_in, completion.tokens_out)

    def close(self) -> None:
        self._client.close()

    def _complete(self, messages: list[dict[str, str]]) -> _Completion:
        body: dict[str, object] = {
            "model": self._settings.model,
            "messages": messages,
            "temperature": 0,
            "max_tokens": MAX_TOKENS,
        }
        for attempt in range(self._settings.maxRetries + 1):
            last = attempt == self._settings.maxRetries
            try:
                response = self._post(body)
            except httpx.TimeoutException as cause:
                if last:
                    raise EndpointError(503, "did not answer in time", attempt) from cause
                wait = _backoff(attempt)
            except httpx.HTTPError as cause:
                if last:
                    raise EndpointError(
                        503, f"could not be reached or cut the answer ({type(cause).__name__})", attempt
                    ) from cause
                wait = _backoff(attempt)
            else:
                if response.status_code == 200:
                    return _read_completion(response, attempt)
                if last or response.status_code not in RETRYABLE:
                    raise EndpointError(_our_status(response.status_code), _say(response.status_code), attempt)
                wait = _retry_after(response) or _backoff(attempt)
            self._sleep(wait)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _post(self, body: dict[str, object]) -> httpx.Response:
        # The httpx timeout is per read; the sum is bounded here, so that a trickling endpoint cannot hold a worker.
        limit = time.monotonic() + self._settings.timeoutSeconds
        with self._client.stream("POST", self._url, json=body, headers=self._headers) as response:
            content = bytearray()
            for piece in response.iter_bytes():
                content += piece
                if len(content) > MAX_ANSWER_BYTES:
                    raise httpx.DecodingError("the answer is too large")
                if time.monotonic() > limit:
                    raise httpx.ReadTimeout("the answer took too long")
            return httpx.Response(response.status_code, headers=_plain(response.headers), content=bytes(content))


def _plain(headers: httpx.Headers) -> dict[str, str]:
    # The body is already unpacked; its old length and encoding would contradict it.
    return {name: value for name, value in headers.items() if name in ("retry-after", "content-type")}


def _read_completion(response: httpx.Response, retries: int) -> _Completion:
    try:
        value = json.loads(response.content)
        choice = value["choices"][0]
        text, finish = choice["message"]["content"], choice.get("finish_reason")
        usage = value.get("usage") or {}
        tokens = int(usage.get("prompt_tokens", 0)), int(usage.get("completion_tokens", 0))
    except (ValueError, LookupError, TypeError, AttributeError) as cause:
        raise EndpointError(502, "answered something that is not a chat completion", retries) from cause
    if not isinstance(text, str):
        raise EndpointError(502, "answered without text", retries)
    if finish not in ("stop", None):
        raise EndpointError(502, f"stopped before the answer was complete ({finish})", retries)
    return _Completion(text, *tokens)


def _without_fence(text: str) -> str:
    text = text.strip()
    return (
        text.removeprefix("```json").removeprefix("```").removesuffix("```").strip() if text.startswith("```") else text
    )


def _backoff(attempt: int) -> float:
    return float(min(8.0, 0.5 * 2**attempt))


def _retry_after(response: httpx.Response) -> float | None:
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
