"""Is one system better than another on the same questions? The paired randomisation test (Fisher 1935).

If the two did not differ, each question's difference could as well have had the other sign. How often chance alone
would show at least the mean that was seen is p. Smucker, Allan and Carterette 2007 recommend it for rankings.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# Up to here every combination of signs is tried: 2^20 is about a million.
EXACT_UP_TO = 20
ROUNDS = 10_000
# Sums of the same numbers in another order differ in the last bits; without this, ties would count by luck.
SLACK = 1e-12


def randomisation_p(differences: Sequence[Sequence[float]], rounds: int = ROUNDS, seed: int = 0) -> float:
    """Two-sided p of the mean of the sets' mean differences; one set is a list of one. 1.0 when nothing differs.

    `differences`: for each set, one number a question, first system minus second.
    """
    # A difference of 0 has no sign; it only counts in the divisor of its set.
    parts = [(np.array([value for value in part if value != 0.0]) / len(part)) for part in differences]
    weighted = np.concatenate(parts) / len(differences)
    seen = abs(float(weighted.sum()))
    if len(weighted) <= EXACT_UP_TO:
        sums = _every_sign(weighted)
        return float(np.mean(np.abs(sums) >= seen - SLACK))
    draw = np.random.default_rng(seed)
    hits = 0
    for _ in range(rounds):
        signs = draw.integers(0, 2, len(weighted)) * 2 - 1
        hits += abs(float(signs @ weighted)) >= seen - SLACK
    # The order that was seen is one of the possible ones (Phipson and Smyth 2010): p is never 0.
    return (1 + hits) / (1 + rounds)


def _every_sign(values: NDArray[np.float64]) -> NDArray[np.float64]:
    sums = np.zeros(1)
    for value in values:
        sums = np.concatenate([sums + value, sums - value])
    return sums
