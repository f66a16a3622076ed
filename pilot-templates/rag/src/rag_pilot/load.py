"""Open-loop load over loopback HTTP: requests leave when the schedule says so, whether or not answers came back.

A client that waits for a free connection before it starts its clock hides the queue; so latency counts from the
scheduled arrival, and the delay of the send is recorded beside it.
"""

import asyncio
import gc
import json
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from rag_pilot.config import Workload
from rag_pilot.report import RequestRecord

# asyncio timers wake up to a millisecond late; the rest of the way is spun.
SPIN_SECONDS = 0.0008


@dataclass(frozen=True)
class RunResult:
    records: list[RequestRecord]
    seconds: float


def schedule_arrivals(workload: Workload, run: int) -> list[float]:
    """Seconds after the start of the run. Every run has its own seed; the same seed gives the same schedule."""
    draw = random.Random(f"arrivals:{workload.seed}:{run}")  # noqa: S311 - a schedule is no secret
    moment, moments = 0.0, []
    for _ in range(workload.requestsPerRun):
        gap = draw.expovariate(1.0) if workload.arrivals == "poisson" else 1.0
        moment += gap / workload.arrivalsPerSecond
        moments.append(moment)
    return moments


def pick_questions(identifiers: Sequence[str], workload: Workload, run: int) -> list[str]:
    """Every question once before any comes twice, shuffled anew for each run."""
    draw = random.Random(f"questions:{workload.seed}:{run}")  # noqa: S311
    picked: list[str] = []
    while len(picked) < workload.requestsPerRun:
        picked.extend(draw.sample(identifiers, len(identifiers)))
    return picked[: workload.requestsPerRun]


async def run_load(
    port: int, questions: dict[str, str], workload: Workload, say: Callable[[int], None] = lambda _: None
) -> list[RunResult]:
    """`workload.runs` runs, one after the other; each ends when its last answer is in."""
    bodies = {identifier: _request_bytes(text, port) for identifier, text in questions.items()}
    results = []
    for run in range(workload.runs):
        # Nothing may pause the schedule: collected before, switched off during the run.
        gc.collect()
        gc.disable()
        try:
            results.append(await _run_once(port, bodies, workload, run))
        finally:
            gc.enable()
        say(run + 1)
    return results


async def warm_up(port: int, questions: dict[str, str], workload: Workload) -> None:
    """One request after the other; nothing of it is recorded."""
    pool, identifiers = _Pool(port), list(questions)
    for number in range(workload.warmupRequests):
        body = _request_bytes(questions[identifiers[number % len(identifiers)]], port)
        async with asyncio.timeout(workload.timeoutSeconds):
            await pool.exchange(body, lambda: None)
    await pool.close()


async def _run_once(port: int, bodies: dict[str, bytes], workload: Workload, run: int) -> RunResult:
    pool = _Pool(port)
    await pool.open(4)
    arrivals = schedule_arrivals(workload, run)
    identifiers = pick_questions(list(bodies), workload, run)
    start = time.perf_counter()
    tasks = []
    for index, (moment, identifier) in enumerate(zip(arrivals, identifiers, strict=True)):
        await _sleep_until(start + moment)
        sent = time.perf_counter()
        body = bodies[identifier]
        job = _send(pool, body, start, moment, sent, workload.timeoutSeconds)
        tasks.append(asyncio.create_task(_record(job, run, index, identifier, moment, sent - start)))
    records = await asyncio.gather(*tasks)
    seconds = time.perf_counter() - start
    await pool.close()
    return RunResult(list(records), round(seconds, 6))


async def _sleep_until(moment: float) -> None:
    while (left := moment - time.perf_counter()) > SPIN_SECONDS:
        await asyncio.sleep(left - SPIN_SECONDS)
    while time.perf_counter() < moment:
        await asyncio.sleep(0)


@dataclass(frozen=True)
class _Sent:
    first_byte: float | None
    done: float | None
    status: str
    error: str | None


async def _send(pool: "_Pool", body: bytes, start: float, moment: float, sent: float, limit: float) -> _Sent:
    first: list[float] = []
    try:
        # The customer's patience starts when they came, not when this client got round to sending.
        async with asyncio.timeout(max(0.0, start + moment + limit - sent)):
            status = await pool.exchange(body, lambda: first.append(time.perf_counter() - start))
    except TimeoutError:
        return _Sent(first[0] if first else None, None, "timeout", f"no complete answer in {limit:g} s")
    except (OSError, EOFError, ValueError) as cause:
        return _Sent(first[0] if first else None, None, "error", f"{type(cause).__name__}: {cause}"[:300])
    done = time.perf_counter() - start
    if status != 200:
        return _Sent(first[0] if first else None, None, "error", f"HTTP {status}")
    return _Sent(first[0] if first else None, done, "ok", None)


async def _record(
    job: Awaitable[_Sent], run: int, index: int, identifier: str, moment: float, sent: float
) -> RequestRecord:
    result = await job
    return RequestRecord.model_validate(
        {
            "run": run,
            "index": index,
            "questionId": identifier,
            "scheduledMs": _ms(moment),
            "sentMs": max(_ms(moment), _ms(sent)),
            "firstByteMs": None if result.first_byte is None else _ms(result.first_byte),
            "doneMs": None if result.done is None else _ms(result.done),
            "status": result.status,
            "error": result.error,
        }
    )


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)


def _request_bytes(question: str, port: int) -> bytes:
    body = json.dumps({"question": question}).encode()
    head = (
        f"POST /ask HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class _Pool:
    """Keep-alive connections without an upper limit: a limit would make the client part of the queue."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def open(self, count: int) -> None:
        for _ in range(count):
            self._idle.append(await asyncio.open_connection("127.0.0.1", self._port))

    async def exchange(self, request: bytes, first_byte: Callable[[], None]) -> int:
        reader, writer = self._idle.pop() if self._idle else await asyncio.open_connection("127.0.0.1", self._port)
        try:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            first_byte()
            status, length = _read_head(head)
            await reader.readexactly(length)
        except BaseException:
            writer.close()
            raise
        self._idle.append((reader, writer))
        return status

    async def close(self) -> None:
        for _, writer in self._idle:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
        self._idle.clear()


def _read_head(head: bytes) -> tuple[int, int]:
    lines = head.decode("latin-1").split("\r\n")
    for line in lines[1:]:
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            return int(lines[0].split(" ")[1]), int(value)
    raise ValueError("the answer has no Content-Length")
