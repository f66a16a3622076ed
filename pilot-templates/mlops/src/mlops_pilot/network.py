"""The networks, and the only numbers of theirs that pilot.json does not hold."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import torch
from torch import Tensor, nn

# So many small networks are trained side by side and their logits averaged: rare positives make one alone a gamble.
MEMBERS = 4
DROPOUT = 0.3
# Standardised values beyond these are outliers; without a limit a single row can move every weight. The linear part
# needs more room: a risk that is zero almost everywhere is far out where it matters.
WIDE_CLIP, DEEP_CLIP = 100.0, 10.0
_WIDE_STEPS = 200


class Classifier(nn.Module):  # type: ignore[misc]
    """A linear model, and several deep ones that add to it. Takes raw features [rows, features], gives logits [rows].

    Scaling is part of the network, so that no caller can forget it. While training: logits [members, rows].
    """

    def __init__(self, features: int, hidden: Sequence[int], members: int = MEMBERS) -> None:
        super().__init__()
        self.members = members if hidden else 1
        self.register_buffer("centre", torch.zeros(features))
        self.register_buffer("spread", torch.ones(features))
        self.wide = nn.Linear(features, 1)
        nn.init.zeros_(self.wide.weight)
        nn.init.zeros_(self.wide.bias)
        self.weights, self.biases = nn.ParameterList(), nn.ParameterList()
        sizes = [features, *hidden, 1] if hidden else []
        for inner, outer in pairwise(sizes):
            # The last layer starts small: in the beginning the linear part speaks.
            scale = (2 / inner) ** 0.5 * (1.0 if outer > 1 else 0.1)
            self.weights.append(nn.Parameter(torch.randn(self.members, inner, outer) * scale))
            self.biases.append(nn.Parameter(torch.zeros(self.members, 1, outer)))

    def fit_scaling(self, matrix: Tensor) -> None:
        """From training rows only. A feature that never changes scales to nothing."""
        self.centre.copy_(matrix.mean(0))
        self.spread.copy_(matrix.std(0, correction=0).clamp(min=1e-6))

    def fit_wide(self, matrix: Tensor, labels: Tensor) -> None:
        """Logistic regression to its optimum, so that the deep part starts from there and has only to add to it."""
        share = labels.mean().clamp(1e-6, 1 - 1e-6)
        nn.init.constant_(self.wide.bias, float(torch.log(share / (1 - share))))
        scaled = ((matrix - self.centre) / self.spread).clamp(-WIDE_CLIP, WIDE_CLIP)
        optimizer = torch.optim.LBFGS(
            self.wide.parameters(), max_iter=_WIDE_STEPS, history_size=20, line_search_fn="strong_wolfe"
        )

        def closure() -> Tensor:
            optimizer.zero_grad()
            fit = nn.functional.binary_cross_entropy_with_logits(self.wide(scaled)[:, 0], labels)
            loss = fit + (self.wide.weight**2).sum() / (2 * len(labels))
            loss.backward()
            return loss

        optimizer.step(closure)

    def forward(self, rows: Tensor) -> Tensor:
        scaled = (rows - self.centre) / self.spread
        logits = self.wide(scaled.clamp(-WIDE_CLIP, WIDE_CLIP))[:, 0].expand(self.members, len(rows))
        if len(self.weights):
            inner = scaled.clamp(-DEEP_CLIP, DEEP_CLIP).expand(self.members, *scaled.shape)
            for at, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
                inner = torch.baddbmm(bias, inner, weight)
                if at < len(self.weights) - 1:
                    inner = nn.functional.dropout(torch.relu(inner), DROPOUT, self.training)
            logits = logits + inner[..., 0]
        return logits if self.training else logits.mean(0)


class Forecaster(nn.Module):  # type: ignore[misc]
    """The next `horizon` values of many series at once: a correction of the last season, learnt over all of them.

    Takes raw windows [rows, lookback], gives values [rows, horizon]. `positive`: works on logarithms, so that a season
    is a factor; else on differences from the level, in units of the last period's mean deviation.
    """

    def __init__(
        self, lookback: int, horizon: int, season: int, hidden: int, blocks: int, form: Literal["factor", "sum"]
    ) -> None:
        super().__init__()
        self.horizon, self.season, self.form = horizon, season, form
        self.first = nn.Linear(lookback, hidden)
        self.blocks = nn.ModuleList(
            nn.Sequential(nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout(0.1), nn.Linear(hidden, hidden))
            for _ in range(blocks)
        )
        self.last = nn.Linear(hidden, horizon)

    def forward(self, window: Tensor) -> Tensor:
        level = window.mean(1, keepdim=True)
        if self.form == "factor":
            return level * torch.exp(self._correct(torch.log(window / level)))
        unit = (window - level).abs().mean(1, keepdim=True)
        unit = torch.where(unit > 0, unit, torch.ones_like(unit))
        return level + unit * self._correct((window - level) / unit)

    def _correct(self, scaled: Tensor) -> Tensor:
        repeats = -(-self.horizon // self.season)
        base = scaled[:, -self.season :].repeat(1, repeats)[:, : self.horizon]
        inner = torch.relu(self.first(scaled))
        for block in self.blocks:
            inner = inner + block(inner)
        return base + self.last(inner)
