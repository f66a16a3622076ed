"""What every model is put beside: logistic regression and gradient boosting on the same rows. The home of scikit-learn.

They are measured, never shipped: no file of theirs is written.
"""

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

# Enough for the rows of a pilot; more leaves only fit rare positives by heart.
_ROUNDS, _LEAVES, _LEAST_ROWS = 150, 15, 40


def score_logistic(train: np.ndarray, labels: np.ndarray, test: np.ndarray, seed: int) -> np.ndarray:
    """Probabilities float64 [test rows] of a regularised linear model on standardised features."""
    centre, spread = train.mean(axis=0), np.maximum(train.std(axis=0), 1e-6)
    model = LogisticRegression(max_iter=1000, random_state=seed)
    model.fit((train - centre) / spread, labels)
    return np.asarray(model.predict_proba((test - centre) / spread)[:, 1])


def score_boosting(train: np.ndarray, labels: np.ndarray, test: np.ndarray, seed: int) -> np.ndarray:
    """Probabilities float64 [test rows] of boosted trees with histograms."""
    model = HistGradientBoostingClassifier(
        max_iter=_ROUNDS,
        learning_rate=0.06,
        max_leaf_nodes=_LEAVES,
        min_samples_leaf=_LEAST_ROWS,
        l2_regularization=1.0,
        random_state=seed,
    )
    model.fit(train, labels)
    return np.asarray(model.predict_proba(test)[:, 1])
