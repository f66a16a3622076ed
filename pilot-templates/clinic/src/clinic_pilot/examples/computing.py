"""Lesson 2, computing: the program itself is busy, in code written in Python.

What bounds it    one core. `cpuMs / wallMs` of `serial` is near 1.
What fits         several processes: each has an interpreter and a lock of its own. Without the lock perhaps threads.
What does not     `asyncio`: there is nothing to wait for. Threads under the lock: they take turns on one core.
Anti-pattern      processes for tiny tasks (`compute_tiny`). Sending a task to another process costs about 0.1 ms; a
                  task that takes less is slower there. Send fewer, larger pieces (`chunksize`).

The curve over worker counts bends where the cores end. The pool is started before it is measured: a service keeps its
pool, and a pool started for each request would be a second anti-pattern.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from clinic_pilot.config import Computing
from clinic_pilot.examples.end_with_parent import end_with_parent
from clinic_pilot.rounds import Variant

ID = "computing"
START_SECONDS = 120


def compute(seed: int, steps: int) -> int:
    """A checksum, step by step: like a parser or a rule engine, each step needs the one before."""
    # Names of this call: threads without the lock would contend for numbers that all of them share.
    factor, summand, mask = 1_103_515_245, 12_345, 0x7FFF_FFFF
    state = seed
    for _ in range(steps):
        state = (state * factor + summand) & mask
    return state


def compute_serially(tasks: int, steps: int) -> list[int]:
    return [compute(seed, steps) for seed in range(tasks)]


def compute_in(pool: Executor, tasks: int, steps: int, chunksize: int = 1) -> list[int]:
    """Threads or processes: the same call. Results come back in the order of the tasks."""
    return list(pool.map(partial(compute, steps=steps), range(tasks), chunksize=chunksize))


def compute_tiny(pool: Executor, tasks: int) -> list[int]:
    """The anti-pattern: each task is far shorter than the way to another process and back."""
    return compute_in(pool, tasks, steps=10)


@contextmanager
def open_process_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """All workers are up before the first real task.

    `spawn` everywhere: it is the same on every system, and a copy made by `fork` of a process with threads may hang.
    """
    context = multiprocessing.get_context("spawn")
    # Each worker waits until all are there; else the first one up would do everything of the first rounds.
    barrier = context.Barrier(workers)
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_meet, initargs=(barrier,)) as pool:
        list(pool.map(_nothing, range(workers)))
        yield pool


def _meet(barrier: Any) -> None:
    end_with_parent()
    barrier.wait(START_SECONDS)


def _nothing(_: int) -> None:
    pass


@contextmanager
def open_computing(choices: Computing, workers: Sequence[int]) -> Iterator[tuple[list[Variant], frozenset[int]]]:
    tasks, steps = choices.tasks, choices.workPerTask
    variants = [Variant("serial", lambda: compute_serially(tasks, steps))]
    with ExitStack() as stack:
        for count in workers:
            variants.append(Variant("threads", _call(stack.enter_context(ThreadPoolExecutor(count)), choices), count))
        for count in workers:
            variants.append(Variant("processes", _call(stack.enter_context(open_process_pool(count)), choices), count))
        yield variants, frozenset()


def _call(pool: Executor, choices: Computing) -> Callable[[], object]:
    return lambda: compute_in(pool, choices.tasks, choices.workPerTask)
