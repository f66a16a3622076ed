from pathlib import Path

import numpy as np
import pytest

from rag_pilot.config import PilotConfig
from rag_pilot.embed_lsa import LsaEmbedder
from rag_pilot.errors import PilotError
from rag_pilot.fuse import fuse_convex, fuse_rrf, rank
from rag_pilot.pilot import open_pilot
from tests.code.conftest import pilot_json


def test_rrf_adds_reciprocal_ranks_and_breaks_ties_by_id() -> None:
    ranked = rank(fuse_rrf([["a", "b", "c"], ["b", "c", "d"]]))
    assert [name for name, _ in ranked] == ["b", "c", "a", "d"]
    assert dict(ranked)["b"] == pytest.approx(0.03252247488101534, abs=1e-12)
    assert [name for name, _ in rank({"z": 1.0, "a": 1.0})] == ["a", "z"]


def test_the_convex_combination_weighs_scaled_scores() -> None:
    assert fuse_convex({"a": 10.0, "b": 5.0}, {"b": 0.5}, 0.25) == pytest.approx({"a": 0.75, "b": 0.625})
    assert fuse_convex({}, {"b": -0.5}, 0.25) == {"b": 0.0}


@pytest.mark.parametrize("mode", ["bm25", "dense", "hybrid"])
@pytest.mark.parametrize("fusion", ["convex", "rrf"])
def test_every_way_to_search_finds_the_ferry(root: Path, mode: str, fusion: str) -> None:
    value = pilot_json()
    value["retrieval"] |= {"mode": mode, "fusion": fusion}
    found = open_pilot(PilotConfig.model_validate(value), root).library.retriever.retrieve(
        "When does the last ferry leave?"
    )
    assert found.document_ids[0] == "ferry-times"
    assert len(set(found.document_ids)) == len(found.document_ids) <= 3


def test_vectors_are_the_same_every_time_and_of_length_one() -> None:
    texts = ["the cat sat", "the dog ran", "a cat and a dog", "birds fly south"]
    (first, one), (_, two) = (LsaEmbedder.fit(texts, 3) for _ in range(2))
    assert np.array_equal(one, two)
    assert np.linalg.norm(one, axis=1) == pytest.approx(1, abs=1e-5)
    assert not first.embed("zzz qqq").any()


def test_k_above_the_number_of_documents_is_refused(root: Path) -> None:
    value = pilot_json()
    value["retrieval"]["k"] = 6
    with pytest.raises(PilotError, match="more than the 5 documents") as caught:
        open_pilot(PilotConfig.model_validate(value), root)
    assert caught.value.exit_code == 78
