"""Interleaved rounds: in every round each variant runs once, in an order drawn anew.

Measured one after the other, a variant would own whatever the machine did meanwhile; interleaved, all share it.
"""

import gc
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from clinic_pilot.digest_result import digest_result
from clinic_pilot.errors import DATA, PilotError
from clinic_pilot.process_clock import Clock, check_times


@dataclass(frozen=True)
class Variant:
    """One way to do the same work. `call` gives back its result."""

    name: str
    call: Callable[[], object]
    workers: int | None = None

    @property
    def label(self) -> str:
        return self.name if self.workers is None else f"{self.name} {self.workers}"


@dataclass
class Timings:
    """What the rounds of one variant gave. `first_ms` is the warm-up, which is in no figure."""

    variant: Variant
    first_ms: float
    check: str
    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)


def measure_rounds(
    variants: Sequence[Variant], rounds: int, seed: str, clock: Clock, say: Callable[[int], None]
) -> list[Timings]:
    """One warm-up of each, then `rounds` rounds; `say` hears how many are through.

    @raises PilotError 65 when two variants, or two rounds of one, give different results
    """
    timings = []
    for variant in variants:
        result, wall_ms, cpu_ms = clock.time_call(variant.call)
        check_times(variant.label, wall_ms, cpu_ms)
        timings.append(Timings(variant, wall_ms, digest_result(result)))
        _refuse_difference(timings[0], timings[-1])
    order = random.Random(seed)  # noqa: S311 - an order, not a secret
    # What exists by now is never looked through again on a variant's time.
    gc.collect()
    gc.freeze()
    try:
        for done in range(1, rounds + 1):
            for timing in order.sample(timings, len(timings)):
                _run_round(timing, done, clock)
            say(done)
    finally:
        gc.unfreeze()
    return timings


def _run_round(timing: Timings, done: int, clock: Clock) -> None:
    label = timing.variant.label
    result, wall_ms, cpu_ms = clock.time_call(timing.variant.call)
    check_times(label, wall_ms, cpu_ms)
    if digest_result(result) != timing.check:
        said = "A result must depend on nothing but the input"
        raise PilotError(DATA, f"{label} gave another result in round {done}. {said}.")
    timing.wall_ms.append(wall_ms)
    timing.cpu_ms.append(cpu_ms)


def _refuse_difference(first: Timings, other: Timings) -> None:
    if other.check != first.check:
        names = f"{other.variant.label} and {first.variant.label}"
        raise PilotError(DATA, f"{names} give different results. Variants that do different work cannot be compared.")
