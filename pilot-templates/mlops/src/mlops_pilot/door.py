"""What every request passes before it is looked at: host, origin, key, rate, size. Plain ASGI, so that it costs little.

Errors are one JSON object: code, message, requestId. Nothing in it comes from the request.
"""

import asyncio
import json
import math
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from mlops_pilot.admit import Key, RateLimit
from mlops_pilot.meters import Meters

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost"})
# Open to whoever reaches the port: the page holds no data, the probes say yes or no.
WITHOUT_KEY = frozenset({"/", "/health", "/ready"})
# A body that trickles in must not hold a place for ever.
BODY_SECONDS = 10.0
HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
]


@dataclass(frozen=True)
class Rules:
    """`names`: what the Host header may say. `rate` None: no limit. `key` None: no key is needed."""

    names: frozenset[str]
    key: Key | None
    rate: RateLimit | None
    most_body_bytes: int
    paths: frozenset[str]


class Refusal(Exception):
    def __init__(self, status: int, code: str, message: str, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.headers = status, code, message, list(headers)


class Door:
    def __init__(self, app: App, rules: Rules, meters: Meters, clock: Callable[[], float] = time.perf_counter) -> None:
        self._app, self._rules, self._meters, self._clock = app, rules, meters, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request_id = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        status, begun = 500, self._clock()
        # Only known paths become labels: a scanner would otherwise fill the registry.
        path = scope["path"] if scope["path"] in self._rules.paths else "other"

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = {name for name, _ in message.get("headers", ())}
                message["headers"] = [
                    *message.get("headers", ()),
                    *(header for header in HEADERS if header[0] not in own),
                    (b"x-request-id", request_id.encode()),
                ]
            await send(message)

        self._meters.begin()
        try:
            body = await self._admit(scope, receive)
            begun = self._clock()
            await self._app(scope, _replay(body, receive), send_with_headers)
        except Refusal as refusal:
            await _answer(refusal, request_id, send_with_headers)
        finally:
            self._meters.end(path, status, self._clock() - begun)

    async def _admit(self, scope: Scope, receive: Receive) -> bytes:
        headers = {name: value.decode("latin-1") for name, value in reversed(scope["headers"])}
        rules = self._rules
        host = headers.get(b"host", "")
        # A page of a stranger must not reach this server through the visitor's browser.
        if _name(host) not in rules.names:
            raise Refusal(421, "HOST_UNKNOWN", "This server does not answer under that name.")
        origin = headers.get(b"origin")
        if origin is not None and urlsplit(origin).netloc != host:
            raise Refusal(403, "ORIGIN_REJECTED", "Pages of another address may not call this server.")
        if rules.key and scope["path"] not in WITHOUT_KEY and not rules.key.opens(headers.get(b"authorization")):
            refused = [(b"www-authenticate", b"Bearer")]
            raise Refusal(401, "KEY_REFUSED", "A valid key is needed: Authorization: Bearer <key>.", refused)
        if scope["method"] != "POST":
            return b""
        if rules.rate and (wait := rules.rate.wait_seconds(_caller(scope))) > 0:
            seconds = str(math.ceil(wait)).encode()
            message = f"Too many requests; the next one is welcome in {math.ceil(wait)} s."
            raise Refusal(429, "RATE_LIMITED", message, [(b"retry-after", seconds)])
        if headers.get(b"content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Refusal(415, "TYPE_NOT_JSON", "The request must be application/json.")
        length = headers.get(b"content-length", "0")
        if not length.isdecimal():
            raise Refusal(400, "LENGTH_INVALID", "Content-Length is not a number.")
        if int(length[:20]) > rules.most_body_bytes:
            raise _too_large(rules.most_body_bytes)
        return await _read(receive, rules.most_body_bytes)


async def _read(receive: Receive, most: int) -> bytes:
    """The whole body, also one that comes in pieces without saying how long it is."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                body += message.get("body", b"")
                if len(body) > most:
                    raise _too_large(most)
                if not message.get("more_body") or message["type"] == "http.disconnect":
                    return bytes(body)
    except TimeoutError:
        raise Refusal(408, "BODY_TOO_SLOW", f"The request took more than {BODY_SECONDS:g} s to arrive.") from None


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _answer(refusal: Refusal, request_id: str, send: Send) -> None:
    content = json.dumps({"code": refusal.code, "message": refusal.message, "requestId": request_id}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(content)).encode()),
        # What was not read would be taken for the next request.
        (b"connection", b"close"),
        *refusal.headers,
    ]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def _name(host: str) -> str:
    """Without the port; an IPv6 address keeps its brackets."""
    return host.rsplit(":", 1)[0].lower() if not host.endswith("]") and ":" in host else host.lower()


def _caller(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else "local"


def _too_large(most: int) -> Refusal:
    return Refusal(413, "BODY_TOO_LARGE", f"The request is larger than {most} bytes.")
