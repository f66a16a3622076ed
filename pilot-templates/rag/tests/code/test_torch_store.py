"""The code that runs on a GPU, run on the processor against a float64 reference."""

import json
from pathlib import Path

import numpy as np
import pytest

from rag_pilot.cli import main
from rag_pilot.errors import PilotError
from rag_pilot.stores.port import Rows, Vectors
from tests.code.store_contract import DIMENSIONS, by_float64, check_contract, make_rows, questions

torch = pytest.importorskip("torch", reason="torch not run: uv sync --extra neural")

from rag_pilot.stores import torch_store  # noqa: E402
from rag_pilot.stores.torch_store import TorchStore  # noqa: E402


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_torch_keeps_the_contract(precision: str) -> None:
    # bfloat16 proposes, float32 decides: on a small corpus nothing is lost.
    check_contract(lambda rows: TorchStore(rows, "cpu", precision), exact=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(("precision", "least"), [("float32", 1.0), ("bfloat16", 0.999)])
@pytest.mark.parametrize("batch", [1, 7, 64])
def test_the_selection_in_two_stages_finds_what_float64_finds(
    precision: str, least: float, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slices and blocks smaller than the corpus, so that every seam is crossed; 20,003 rows fill no block."""
    monkeypatch.setattr(torch_store, "SLICE_SCORES", 16 * 8 * torch_store.BLOCK)
    monkeypatch.setattr(torch_store, "SLICE_QUESTIONS", 16)
    random = np.random.default_rng(5)
    # Close together, as embeddings are: bfloat16 alone would confuse the best of them.
    vectors = (random.standard_normal((20_003, DIMENSIONS)) + 2).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = Rows([f"{row:06d}" for row in range(20_003)], [None] * 20_003, vectors)
    asked: Vectors = (questions(batch) + 0.3).astype(np.float32)
    numbers, scores = TorchStore(rows, "cpu", precision).nearest_rows(asked, 10)  # type: ignore[arg-type]
    exact = vectors.astype(np.float64) @ asked.astype(np.float64).T
    found = 0
    for at in range(batch):
        reference = np.lexsort((np.arange(20_003), -exact[:, at]))[:10]
        found += len(set(reference) & set(numbers[at]))
        assert scores[at] == pytest.approx(exact[numbers[at], at], abs=1e-5)
        assert list(scores[at]) == sorted(scores[at], reverse=True)
    assert found / (10 * batch) >= least


def test_a_batch_gives_what_single_questions_give() -> None:
    rows = make_rows()
    store = TorchStore(rows, "cpu", "float32")
    numbers, _ = store.nearest_rows(questions(5), 10, frozenset({"staff"}))
    for at, question in enumerate(questions(5)):
        assert [rows.ids[row] for row in numbers[at]] == by_float64(rows, question[None], 10, frozenset({"staff"}))


def test_equal_scores_come_in_the_order_of_their_ids() -> None:
    vectors = np.full((3_000, 8), 0.5, dtype=np.float32)
    rows = Rows([f"{2_999 - row:05d}" for row in range(3_000)], [None] * 3_000, vectors)
    numbers, _ = TorchStore(rows, "cpu", "float32").nearest_rows(vectors[:1], 3_000)
    assert [rows.ids[row] for row in numbers[0]] == sorted(rows.ids)


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU here")
def test_a_gpu_that_is_not_there_is_an_error_and_never_a_slower_answer() -> None:
    with pytest.raises(PilotError, match="torch sees no CUDA device") as caught:
        TorchStore(make_rows(), "cuda", "float32")
    assert caught.value.exit_code == 69


@pytest.mark.skipif(not torch.cuda.is_available(), reason="torch on a GPU not run: no CUDA device here")
@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_torch_keeps_the_contract_on_a_gpu(precision: str) -> None:
    check_contract(lambda rows: TorchStore(rows, "cuda", precision), exact=True)  # type: ignore[arg-type]


def test_the_sweep_says_how_fast_a_batch_is_beside_what_the_device_can_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sweep.json"
    arguments = ["--rows", "3000", "--dimensions", "16", "--most", "8", "--seconds", "0.01", "--out", str(out)]
    assert main(["sweep-search", *arguments]) == 0
    said, sweep = capsys.readouterr().out, json.loads(out.read_text())
    assert [each["batch"] for each in sweep["batches"]] == [1, 2, 4, 8]
    assert {each["recall"] for each in sweep["batches"]} == {1.0}
    assert sweep["limits"]["copyBytesPerSecond"] > 1e6
    assert "3000 vectors of 16 dimensions, float32" in said
