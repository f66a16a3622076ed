"""A feature that tells the label all by itself has most likely been made from it."""

import numpy as np
import polars as pl

from mlops_pilot.errors import DATA, PilotError

# One honest column never ranks rare positives this well; a copy of the label does so exactly.
SUSPICIOUS_AVERAGE_PRECISION = 0.98
# Of fewer positives anything can be said by chance.
FEWEST_POSITIVES = 10


def find_telltales(features: pl.DataFrame) -> dict[str, float]:
    """Features and the average precision that each reaches alone, in whichever direction is better."""
    labelled = features.filter(pl.col("label").is_not_null())
    label = labelled["label"].to_numpy().astype(bool)
    if label.sum() < FEWEST_POSITIVES or label.all():
        return {}
    found = {}
    for name in labelled.columns[4:]:
        values = labelled[name].to_numpy()
        alone = max(_average_precision(label, values), _average_precision(label, -values))
        if alone >= SUSPICIOUS_AVERAGE_PRECISION:
            found[name] = alone
    return found


def require_no_telltale(features: pl.DataFrame, day: str) -> None:
    """Exit 65 naming the feature."""
    for name, alone in find_telltales(features).items():
        raise PilotError(
            DATA,
            f"{day}: {name} tells the label by itself (average precision {alone:.3f}): it knows what it must not; "
            "take it out of data.numbers or data.categories.",
        )


def _average_precision(label: np.ndarray, score: np.ndarray) -> float:
    """Step-wise; rows of the same score count together, so that their order says nothing."""
    order = np.argsort(-score, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(score[order])), score.size - 1)
    hits = np.cumsum(label[order])[ends]
    gained = np.diff(hits, prepend=0)
    return float(np.sum(gained * hits / (ends + 1)) / label.sum())
