"""Open-loop load over loopback HTTP: requests leave when the schedule says so, whether or not answers came back.

A client that waits for a free connection before it starts its clock hides the queue; so latency counts from the
scheduled arrival, and the delay of the send is recorded beside it.
"""

import asyncio
import gc
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from mlops_pilot.config import Workload
from mlops_pilot.errors import UNAVAILABLE, PilotError
from mlops_pilot.exchange import Exchange, Pool, request_bytes
from mlops_pilot.report import RequestRecord

# asyncio's timers count in whole milliseconds and wake up late by as much; the rest of the way is spun.
SPIN_SECONDS = 0.0015
OPEN_BEFORE = 16


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


def pick_rows(identifiers: Sequence[str], workload: Workload, run: int) -> list[str]:
    """Every row once before any comes twice, shuffled anew for each run."""
    draw = random.Random(f"rows:{workload.seed}:{run}")  # noqa: S311
    picked: list[str] = []
    while len(picked) < workload.requestsPerRun:
        picked.extend(draw.sample(identifiers, len(identifiers)))
    return picked[: workload.requestsPerRun]


async def run_load(
    port: int,
    asked: Mapping[str, bytes],
    workload: Workload,
    say: Callable[[int], None] = lambda _: None,
    path: str = "/predict",
    key: str | None = None,
) -> list[RunResult]:
    """`workload.runs` runs, one after the other; each ends when its last answer is in. `asked`: JSON by row."""
    bodies = {row: request_bytes(path, content, port, key) for row, content in asked.items()}
    results = []
    for run in range(workload.runs):
        with _undisturbed():
            results.append(await _run_once(port, bodies, workload, run))
        say(run + 1)
    return results


async def ask_alone(
    port: int,
    asked: Mapping[str, bytes],
    count: int,
    timeout_seconds: float,
    path: str = "/predict",
    key: str | None = None,
) -> list[float]:
    """`count` requests, one after the other: milliseconds from each send to the last byte. 69 without an answer."""
    pool, rows, took = Pool(port, time.perf_counter), list(asked), []
    try:
        for number in range(count):
            ended = asyncio.Event()
            exchange = Exchange(lambda _, ended=ended: ended.set())  # type: ignore[misc]
            pool.start(exchange, request_bytes(path, asked[rows[number % len(rows)]], port, key))
            async with asyncio.timeout(timeout_seconds):
                await ended.wait()
            if exchange.status != 200 or exchange.sent is None or exchange.done is None:
                said = exchange.error or f"HTTP {exchange.status}"
                raise PilotError(UNAVAILABLE, f"the server to be measured does not answer: {said}.")
            took.append((exchange.done - exchange.sent) * 1000)
    finally:
        await pool.close()
    return took


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Nothing of our own may pause the schedule: garbage is collected before, not during; and a send that is due comes
    before other work of the machine, where the system allows that. This thread sleeps nearly all the time."""
    gc.collect()
    gc.disable()
    raised = False
    with suppress(OSError, AttributeError):
        os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(1))
        raised = True
    try:
        yield
    finally:
        gc.enable()
        if raised:
            os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


async def _run_once(port: int, bodies: dict[str, bytes], workload: Workload, run: int) -> RunResult:
    pool, loop = Pool(port, time.perf_counter), asyncio.get_running_loop()
    await pool.open(OPEN_BEFORE)
    arrivals = schedule_arrivals(workload, run)
    identifiers = pick_rows(list(bodies), workload, run)
    all_in: asyncio.Future[None] = loop.create_future()
    open_now = len(arrivals)
    timers: dict[int, asyncio.TimerHandle] = {}

    def on_end(exchange: Exchange) -> None:
        nonlocal open_now
        open_now -= 1
        timers.pop(id(exchange)).cancel()
        if open_now == 0:
            all_in.set_result(None)

    def give_up(exchange: Exchange) -> None:
        exchange.error = f"no complete answer in {workload.timeoutSeconds:g} s"
        exchange.end()

    start, offset = time.perf_counter(), loop.time() - time.perf_counter()
    exchanges = []
    for moment, identifier in zip(arrivals, identifiers, strict=True):
        exchange = Exchange(on_end)
        exchanges.append(exchange)
        await _sleep_until(start + moment)
        # The customer's patience starts when they came, not when this client got round to sending.
        limit = start + moment + workload.timeoutSeconds + offset
        timers[id(exchange)] = loop.call_at(limit, give_up, exchange)
        pool.start(exchange, bodies[identifier])
    await all_in
    seconds = time.perf_counter() - start
    await pool.close()
    plan = zip(exchanges, arrivals, identifiers, strict=True)
    records = [_record(run, index, *one, start, workload.timeoutSeconds) for index, one in enumerate(plan)]
    return RunResult(records, round(seconds, 6))


async def _sleep_until(moment: float) -> None:
    while (left := moment - time.perf_counter()) > SPIN_SECONDS:
        await asyncio.sleep(left - SPIN_SECONDS)
    while time.perf_counter() < moment:
        await asyncio.sleep(0)


def _record(
    run: int, index: int, exchange: Exchange, moment: float, identifier: str, start: float, limit: float
) -> RequestRecord:
    """Made after the run: checking a record costs more than sending a request."""
    at = [None if time is None else _ms(time - start) for time in (exchange.sent, exchange.first_byte, exchange.done)]
    sent, first, done = at
    scheduled = _ms(moment)
    complete = exchange.error is None and exchange.status is not None
    in_time = done is not None and done - scheduled <= limit * 1000
    status = "ok" if complete and exchange.status == 200 else "error"
    error = None if status == "ok" else exchange.error or f"HTTP {exchange.status}"
    if (error is not None and error.startswith("no complete answer")) or (status == "ok" and not in_time):
        status, error = "timeout", f"no complete answer in {limit:g} s"
    return RequestRecord.model_validate(
        {
            "run": run,
            "index": index,
            "questionId": identifier,
            "scheduledMs": scheduled,
            # Never sent because no connection stood in time: late by the whole of its patience.
            "sentMs": scheduled + limit * 1000 if sent is None else max(scheduled, sent),
            "firstByteMs": first,
            "doneMs": done if status == "ok" else None,
            "status": status,
            "error": error,
        }
    )


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)
