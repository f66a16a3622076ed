"""Why one row got its score: what each feature adds when it is put in place of the usual, averaged over orders.

Shapley values of the logit by sampled orders (Strumbelj and Kononenko, 2014), against a background of training rows;
they add up to the logit of the row minus the mean logit of the background.
"""

from dataclasses import dataclass

import numpy as np
import torch

from mlops_pilot.model import Scorer

ORDERS = 64


@dataclass(frozen=True)
class Reason:
    """`adds`: in logits, above zero towards the positive label. `usual`: the background's middle."""

    feature: str
    value: float
    usual: float
    adds: float


@dataclass(frozen=True)
class Explanation:
    """`base` and `logit` differ by the sum of what all features add."""

    score: float
    logit: float
    base: float
    reasons: list[Reason]


def explain(scorer: Scorer, row: np.ndarray, background: np.ndarray, *, seed: int = 0) -> Explanation:
    """`row`: float32 [features]; `background`: float32 [rows, features]. Reasons by size, the largest first."""
    rng, features = np.random.default_rng(seed), len(row)
    picked = background[rng.integers(0, len(background), ORDERS)]
    steps = np.empty((ORDERS, features + 1, features), np.float32)
    orders = np.stack([rng.permutation(features) for _ in range(ORDERS)])
    for at, order in enumerate(orders):
        steps[at, 0] = picked[at]
        for done, feature in enumerate(order):
            steps[at, done + 1] = steps[at, done]
            steps[at, done + 1, feature] = row[feature]
    logits = _logits(scorer, steps.reshape(-1, features)).reshape(ORDERS, features + 1)
    adds = np.zeros(features)
    for order, moved in zip(orders, np.diff(logits, axis=1), strict=True):
        adds[order] += moved / ORDERS
    usual = np.median(background, axis=0)
    found = [Reason(name, float(row[at]), float(usual[at]), float(adds[at])) for at, name in enumerate(scorer.features)]
    found.sort(key=lambda reason: (-abs(reason.adds), reason.feature))
    logit, base = float(logits[0, -1]), float(logits[:, 0].mean())
    return Explanation(float(1 / (1 + np.exp(-logit))), logit, base, found)


def _logits(scorer: Scorer, matrix: np.ndarray) -> np.ndarray:
    with torch.inference_mode():
        return np.asarray(scorer.network(torch.from_numpy(matrix).to(scorer.device)).cpu().numpy(), dtype=np.float64)
