"""One HTTP connection of the load generator: plain bytes on asyncio protocols, as every layer costs precision."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass

HEAD_END = b"\r\n\r\n"
MAX_HEAD_BYTES = 32 * 1024
# Opened before they are needed: a handshake at the moment of a send would be a late send.
SPARE = 4


@dataclass
class Exchange:
    """A request on its way. Times are `clock()` seconds; `status` is the HTTP status of a complete answer."""

    on_end: Callable[["Exchange"], None]
    sent: float | None = None
    first_byte: float | None = None
    done: float | None = None
    status: int | None = None
    error: str | None = None
    ended: bool = False

    def end(self) -> None:
        if not self.ended:
            self.ended = True
            self.on_end(self)


def request_bytes(path: str, content: bytes, port: int, key: str | None) -> bytes:
    head = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/json",
        f"Content-Length: {len(content)}",
    ]
    if key is not None:
        head.append(f"Authorization: Bearer {key}")
    return "\r\n".join(head).encode() + HEAD_END + content


class Pool:
    """Keep-alive connections without an upper limit: a limit would make the client part of the queue."""

    def __init__(self, port: int, clock: Callable[[], float]) -> None:
        self._port, self._clock = port, clock
        self._idle: deque[_Connection] = deque()
        self._all: set[_Connection] = set()
        self._opening: set[asyncio.Task[None]] = set()

    async def open(self, count: int) -> None:
        for _ in range(count):
            self._idle.append(await self._connect())

    def start(self, exchange: Exchange, request: bytes) -> None:
        """Send now when a connection is free, which is the rule; otherwise as soon as a new one stands."""
        if self._idle:
            self._idle.pop().start(exchange, request)
        else:
            self._later(self._open_and_start(exchange, request))
        if len(self._idle) < SPARE and not self._opening:
            self._later(self._refill())

    async def close(self) -> None:
        for task in self._opening:
            task.cancel()
        await asyncio.gather(*self._opening, return_exceptions=True)
        for connection in list(self._all):
            connection.close()
        # One turn of the loop, so that the sockets are really closed when this returns.
        await asyncio.sleep(0)

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _refill(self) -> None:
        with suppress(OSError):
            self._idle.append(await self._connect())

    async def _open_and_start(self, exchange: Exchange, request: bytes) -> None:
        try:
            connection = await self._connect()
        except OSError as cause:
            exchange.error = f"{type(cause).__name__}: {cause}"[:300]
            exchange.end()
            return
        connection.start(exchange, request)

    async def _connect(self) -> "_Connection":
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(
            lambda: _Connection(self._clock, self._free, self._lost), "127.0.0.1", self._port
        )
        self._all.add(connection)
        return connection

    def _free(self, connection: "_Connection") -> None:
        self._idle.append(connection)

    def _lost(self, connection: "_Connection") -> None:
        self._all.discard(connection)
        with suppress(ValueError):
            self._idle.remove(connection)


class _Connection(asyncio.Protocol):
    def __init__(
        self,
        clock: Callable[[], float],
        free: Callable[["_Connection"], None],
        lost: Callable[["_Connection"], None],
    ) -> None:
        self._clock, self._free, self._lost = clock, free, lost
        self._transport: asyncio.Transport | None = None
        self._exchange: Exchange | None = None
        self._buffer = bytearray()
        self._awaited: int | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - narrows the type
        self._transport = transport

    def start(self, exchange: Exchange, request: bytes) -> None:
        self._exchange = exchange
        if exchange.ended or self._transport is None or self._transport.is_closing():
            self._fail("the connection was closed")
            return
        self._transport.write(request)
        exchange.sent = self._clock()

    def data_received(self, data: bytes) -> None:
        exchange = self._exchange
        if exchange is None:
            self.close()
            return
        if exchange.first_byte is None:
            exchange.first_byte = self._clock()
        self._buffer += data
        if self._awaited is None:
            self._read_head(exchange)
        if self._awaited is not None and len(self._buffer) >= self._awaited:
            exchange.done = self._clock()
            self._exchange, self._awaited = None, None
            self._buffer.clear()
            if exchange.ended:
                self.close()
            else:
                exchange.end()
                self._free(self)

    def connection_lost(self, cause: Exception | None) -> None:
        self._lost(self)
        self._fail(f"the answer was cut off ({type(cause).__name__})" if cause else "the answer was cut off")

    def close(self) -> None:
        if self._transport:
            self._transport.close()

    def _read_head(self, exchange: Exchange) -> None:
        at = self._buffer.find(HEAD_END)
        if at < 0:
            if len(self._buffer) > MAX_HEAD_BYTES:
                self._fail("the head of the answer does not end")
            return
        try:
            exchange.status, length = _parse_head(bytes(self._buffer[:at]))
        except ValueError as cause:
            self._fail(str(cause))
            return
        self._awaited = at + len(HEAD_END) + length

    def _fail(self, why: str) -> None:
        exchange, self._exchange = self._exchange, None
        if exchange:
            exchange.error = exchange.error or why[:300]
            exchange.end()
        self.close()


def _parse_head(head: bytes) -> tuple[int, int]:
    lines = head.decode("latin-1").split("\r\n")
    for line in lines[1:]:
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            return int(lines[0].split(" ")[1]), int(value)
    raise ValueError("the answer has no Content-Length")
