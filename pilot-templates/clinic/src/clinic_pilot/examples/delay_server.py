"""A server that answers `n` with `n * n` after a fixed delay: a database, a model or a neighbour, seen from here."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

from clinic_pilot.errors import UNAVAILABLE, PilotError
from clinic_pilot.examples.end_with_parent import end_with_parent

# As many as can wait to be let in at once; the most calls an example may have stay under it.
BACKLOG = 512
START_SECONDS = 30


@dataclass(frozen=True)
class DelayServer:
    port: int
    pid: int


@contextmanager
def start_delay_server(delay_ms: float) -> Iterator[DelayServer]:
    """In a process of its own, so that its work is not the client's. On 127.0.0.1, on a port the system picks."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(there, delay_ms), daemon=True)
    process.start()
    there.close()
    try:
        yield DelayServer(_hear_port(here), process.pid or 0)
    finally:
        here.close()
        process.terminate()
        process.join()
        process.close()


def _hear_port(here: Connection) -> int:
    said = "The local server of the waiting example did not start. May this user open a port on 127.0.0.1?"
    try:
        if here.poll(START_SECONDS):
            return int(here.recv())
    except EOFError as cause:
        raise PilotError(UNAVAILABLE, said) from cause
    raise PilotError(UNAVAILABLE, said)


def _serve(there: Connection, delay_ms: float) -> None:
    end_with_parent()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = int(await reader.readline())
        await asyncio.sleep(delay_ms / 1000)
        writer.write(b"%d\n" % (number * number))
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async def serve() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=BACKLOG)
        there.send(server.sockets[0].getsockname()[1])
        async with server:
            await server.serve_forever()

    asyncio.run(serve())
