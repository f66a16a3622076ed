"""Lesson 3, one hot function: most of the time goes into a few lines, here over all pairs of points.

What bounds it    the interpreter: it handles each number as an object. One core, `cpuMs / wallMs` near 1.
What fits         climb only as far as needed: NumPy (whole rows at once), then Numba (the same loops, compiled), then
                  Rust through PyO3 (its own types, tests and threads; its own build and its own skill).
What does not     more hardware first: a loop that is 50 times too slow stays so on every machine.
Anti-pattern      two of them. Numba's compile time inside the measurement: the first call compiles and takes longer
                  than a thousand later ones, so it is the warm-up here and in no figure. And rewriting in Rust before
                  profiling: the whole gains at most 1 / (1 - share) when a function of that share becomes free
                  (Amdahl). `pilot lesson` computes that for a small program.

Coordinates are whole numbers, so every variant gives the same count to the last digit.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clinic_pilot.rounds import Variant

ID = "hot_function"
FIELD = 100_000
REACH = 10_000
Coordinates = NDArray[np.int64]


def draw_points(size: int, seed: int) -> tuple[Coordinates, Coordinates]:
    """`size` points on a square of 100,000 by 100,000, the same ones for the same seed."""
    random = np.random.default_rng(seed)
    return random.integers(0, FIELD, size, dtype=np.int64), random.integers(0, FIELD, size, dtype=np.int64)


def count_near(x: Sequence[int], y: Sequence[int], reach: int) -> int:
    """How many pairs of points are nearer to each other than `reach`. Plain loops: the form everybody writes first."""
    limit = reach * reach
    near = 0
    for i in range(len(x)):
        for j in range(i):
            dx = x[i] - x[j]
            dy = y[i] - y[j]
            if dx * dx + dy * dy < limit:
                near += 1
    return near


def count_near_numpy(x: Coordinates, y: Coordinates, reach: int) -> int:
    """Row by row: the inner loop runs inside NumPy. All pairs at once would need memory that grows with the square."""
    limit = reach * reach
    near = 0
    for i in range(1, len(x)):
        dx = x[:i] - x[i]
        dy = y[:i] - y[i]
        near += int(np.count_nonzero(dx * dx + dy * dy < limit))
    return near


def compile_numba() -> Callable[[Any, Any, int], int] | None:
    """The plain loops above, compiled at their first call; None where Numba is not installed. It lets the lock go."""
    try:
        import numba
    except ImportError:
        return None
    compiled: Callable[[Any, Any, int], int] = numba.njit(nogil=True)(count_near)
    return compiled


def list_hot_variants(size: int, seed: int, native: Any) -> list[Variant]:
    """`native` is the module built from `native/`, or None."""
    x, y = draw_points(size, seed)
    variants = [
        Variant("python", partial(count_near, x.tolist(), y.tolist(), REACH)),
        Variant("numpy", partial(count_near_numpy, x, y, REACH)),
    ]
    if (compiled := compile_numba()) is not None:
        variants.append(Variant("numba", lambda: int(compiled(x, y, REACH))))
    if native is not None:
        variants.append(Variant("rust", partial(native.count_near, x, y, REACH)))
    return variants
