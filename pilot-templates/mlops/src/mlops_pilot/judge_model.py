"""A model and its two baselines on the same held-out rows, every figure with its interval."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

from mlops_pilot.baselines import score_boosting, score_logistic
from mlops_pilot.bootstrap import Interval, bootstrap
from mlops_pilot.config import MlopsConfig
from mlops_pilot.drop_known import feature_columns
from mlops_pilot.evaluate import (
    average_precision,
    best_f1,
    compare_average_precision,
    entity_precision,
    recall_at_budget,
    weighted_average_precision,
)
from mlops_pilot.model import Scorer

REPEATS = 1000
# Cards that a team can look at on a day, as the published figures count them.
ENTITIES = 100


@dataclass(frozen=True)
class Judgement:
    """`scores`, `logistic`, `boosting`: of the held-out rows, in their order."""

    rows: int
    positives: int
    metrics: dict[str, float]
    average_precision: Interval
    over_logistic: Interval
    over_boosting: Interval
    scores: np.ndarray
    logistic: np.ndarray
    boosting: np.ndarray

    def facts(self) -> dict[str, Any]:
        """For files: everything but the scores."""
        return {
            "rows": self.rows,
            "positives": self.positives,
            "metrics": self.metrics,
            "averagePrecision": asdict(self.average_precision),
            "overLogistic": asdict(self.over_logistic),
            "overBoosting": asdict(self.over_boosting),
        }


def judge_model(scorer: Scorer, train: pl.DataFrame, held_out: pl.DataFrame, config: MlopsConfig) -> Judgement:
    """Clusters are entities: rows of one card are right or wrong together."""
    names = feature_columns(train)
    learnt, labels = train.select(names).to_numpy(), train["label"].to_numpy()
    rows, actual = held_out.select(names).to_numpy(), held_out["label"].to_numpy()
    clusters = held_out["entity"].to_numpy()
    days = held_out["eventTime"].dt.date().cast(pl.Int32).to_numpy()
    seed, budget = config.model.seed, config.alerts.budgetPerDay
    scores = scorer.score(held_out.select(scorer.features).to_numpy())
    logistic = score_logistic(learnt, labels, rows, seed)
    boosting = score_boosting(learnt, labels, rows, seed)
    metrics = {
        "recallAtBudget": recall_at_budget(actual, scores, days, budget),
        f"cardPrecisionAt{ENTITIES}": entity_precision(actual, scores, days, clusters, ENTITIES),
        "bestF1": best_f1(actual, scores),
        "shareOfPositives": float(actual.mean()),
        "logisticAveragePrecision": average_precision(actual, logistic),
        "boostingAveragePrecision": average_precision(actual, boosting),
        f"logisticCardPrecisionAt{ENTITIES}": entity_precision(actual, logistic, days, clusters, ENTITIES),
        f"boostingCardPrecisionAt{ENTITIES}": entity_precision(actual, boosting, days, clusters, ENTITIES),
    }
    own = bootstrap(weighted_average_precision(actual, scores), clusters, repeats=REPEATS, seed=seed)
    metrics = {"averagePrecision": own.value, **metrics}
    return Judgement(
        rows=held_out.height,
        positives=int(actual.sum()),
        metrics=metrics,
        average_precision=own,
        over_logistic=compare_average_precision(actual, scores, logistic, clusters, repeats=REPEATS, seed=seed),
        over_boosting=compare_average_precision(actual, scores, boosting, clusters, repeats=REPEATS, seed=seed),
        scores=scores,
        logistic=logistic,
        boosting=boosting,
    )
