"""What `pilot equivalence` says, with the stores that need nothing."""

import json
from pathlib import Path

import numpy as np
import pytest

from rag_pilot.cli import main
from rag_pilot.config import PilotConfig
from rag_pilot.describe_equivalence import describe_equivalence
from rag_pilot.equivalence import compare_stores, exact_best
from rag_pilot.stores.port import Rows
from tests.code.conftest import pilot_json
from tests.code.store_contract import by_float64, make_rows, questions


def test_the_reference_is_double_precision_with_ties_by_id() -> None:
    rows = make_rows()
    asked = [question[None] for question in questions()]
    assert exact_best(rows, asked) == [by_float64(rows, question, 10) for question in asked]
    few = Rows(["b", "a"], [None, None], np.full((2, 4), 0.5, dtype=np.float32))
    assert exact_best(few, [few.vectors[:1]]) == [["a", "b"]]


def test_stores_are_measured_side_by_side_and_a_missing_one_is_named(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QDRANT_URL", "PINECONE_URL", "WEAVIATE_URL", "STORE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(root))
    monkeypatch.delenv("WEAVIATE_SERVER", raising=False)
    config = PilotConfig.model_validate(pilot_json())
    names = ["faiss_exact", "faiss_hnsw", "qdrant", "pinecone"]
    result = compare_stores(config, root / "data", root, names)
    assert [(each.store, each.exact, each.recall, each.same) for each in result.measured] == [
        ("faiss_exact", True, 1.0, 1.0),
        ("faiss_hnsw", False, 1.0, 1.0),
    ]
    assert [each.store for each in result.notRun] == ["qdrant", "pinecone"]
    assert all("not exercised here" in each.reason for each in result.notRun)
    assert result.holds
    said = describe_equivalence(result)
    assert "| faiss_hnsw | HNSW | 1.0000 |" in said
    assert "Not run: pinecone: not exercised here" in said
    assert said.rstrip().split("\n")[-1].startswith("Holds:")
    assert [path.name for path in (root / "var" / "index").glob("*/stores/*")] == [], "nothing stays behind"


def test_the_verb_writes_what_it_says(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = root / "var" / "equivalence.json"
    assert main(["--dir", str(root), "equivalence", "--stores", "faiss_exact", "--out", str(out)]) == 0
    assert "| faiss_exact | exact | 1.0000 | 1.0000 |" in capsys.readouterr().out
    written = json.loads(out.read_text())
    assert written["holds"] is True
