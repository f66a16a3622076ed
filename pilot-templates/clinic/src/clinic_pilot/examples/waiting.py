"""Lesson 1, waiting: the program asks another service and does nothing until the answer comes.

What bounds it    the delay of the other side. The processor is idle: `cpuMs / wallMs` is near 0.
What fits         ask everything at once and wait once: `asyncio.gather`. 20 calls take as long as one.
What does not     a faster language, more cores, more processes. None of them shortens somebody else's delay.
Anti-pattern      a blocking call inside async code (`wait_blocking`). It looks concurrent and is not: the event loop
                  stands still until the call is back, so the calls run one after the other again.
"""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from clinic_pilot.config import Waiting
from clinic_pilot.examples.delay_server import DelayServer, start_delay_server
from clinic_pilot.rounds import Variant

ID = "waiting"


async def ask(port: int, number: int) -> int:
    """One call on a connection of its own, without blocking anybody."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(b"%d\n" % number)
        return int(await reader.readline())
    finally:
        writer.close()
        await writer.wait_closed()


async def wait_sequentially(port: int, calls: int) -> list[int]:
    """One after the other: the delays add up."""
    return [await ask(port, number) for number in range(calls)]


async def wait_together(port: int, calls: int) -> list[int]:
    """All at once: the delays pass at the same time. Answers come back in the order of the calls."""
    return await asyncio.gather(*(ask(port, number) for number in range(calls)))


def ask_blocking(port: int, number: int) -> int:
    with socket.create_connection(("127.0.0.1", port)) as connection, connection.makefile("rb") as answer:
        connection.sendall(b"%d\n" % number)
        return int(answer.readline())


async def wait_blocking(port: int, calls: int) -> list[int]:
    """The anti-pattern: `gather` around a call that blocks. Nothing waits together.

    The way out when a library knows no async: `await asyncio.to_thread(ask_blocking, port, number)`.
    """

    async def pretend(number: int) -> int:
        return ask_blocking(port, number)

    return await asyncio.gather(*(pretend(number) for number in range(calls)))


def list_variants(server: DelayServer, calls: int) -> list[Variant]:
    return [
        Variant("sequential", lambda: asyncio.run(wait_sequentially(server.port, calls))),
        Variant("gather", lambda: asyncio.run(wait_together(server.port, calls))),
    ]


@contextmanager
def open_waiting(choices: Waiting) -> Iterator[tuple[list[Variant], frozenset[int]]]:
    """The variants, and the process that is not measured: the server's."""
    with start_delay_server(choices.delayMs) as server:
        yield list_variants(server, choices.calls), frozenset({server.pid})
