"""Two rankings into one. Ties are broken by id, so that a ranking never depends on the order of a file."""

from collections.abc import Mapping, Sequence

# Cormack, Clarke, Büttcher 2009.
RRF_K = 60


def rank(scores: Mapping[str, float]) -> list[tuple[str, float]]:
    """Best first; equal scores by id ascending."""
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def fuse_convex(lexical: Mapping[str, float], dense: Mapping[str, float], dense_weight: float) -> dict[str, float]:
    """Each list is divided by its best score (its lowest possible one is 0), then mixed; a result is in 0 to 1."""
    best_lexical = max(lexical.values(), default=0.0)
    best_dense = max(dense.values(), default=0.0)
    fused = {}
    for identifier in {*lexical, *dense}:
        left = lexical.get(identifier, 0.0) / best_lexical if best_lexical > 0 else 0.0
        right = max(0.0, dense.get(identifier, 0.0)) / best_dense if best_dense > 0 else 0.0
        fused[identifier] = (1 - dense_weight) * left + dense_weight * right
    return fused


def fuse_rrf(rankings: Sequence[Sequence[str]], k: int = RRF_K) -> dict[str, float]:
    """Reciprocal rank fusion: the sum of 1 / (k + rank), ranks from 1."""
    fused: dict[str, float] = {}
    for ranking in rankings:
        for position, identifier in enumerate(ranking, 1):
            fused[identifier] = fused.get(identifier, 0.0) + 1 / (k + position)
    return fused
