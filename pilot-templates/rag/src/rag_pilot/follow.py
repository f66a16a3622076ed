"""A call that reports on the way, turned into an iterator: its pieces as they come, then its result."""

import queue
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

Result = TypeVar("Result")


class Abandoned(Exception):
    pass


def follow(call: Callable[[Callable[[str], None]], Result]) -> Iterator[str | Result]:
    """`call` gets a function to report pieces to. An iterator that is closed early stops it at its next piece."""
    said: queue.SimpleQueue[tuple[str, object]] = queue.SimpleQueue()
    abandoned = threading.Event()

    def report(piece: str) -> None:
        if abandoned.is_set():
            raise Abandoned
        said.put(("piece", piece))

    def work() -> None:
        try:
            said.put(("result", call(report)))
        except BaseException as cause:
            said.put(("error", cause))

    threading.Thread(target=work, daemon=True).start()
    try:
        while True:
            kind, value = said.get()
            if kind == "error":
                assert isinstance(value, BaseException)  # noqa: S101
                raise value
            yield value  # type: ignore[misc]
            if kind == "result":
                return
    finally:
        abandoned.set()
