"""Embedders: the one that is fitted on the corpus, and models that are read from this machine."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag_pilot import embed_lsa
from rag_pilot.config import PilotConfig
from rag_pilot.documents import read_corpus, read_questions
from rag_pilot.embed import Vectors, fit_embedder, load_embedder
from rag_pilot.embed_lsa import LsaEmbedder
from rag_pilot.embed_neural import NeuralEmbedder
from rag_pilot.errors import PilotError
from rag_pilot.ingest import chunk_documents
from rag_pilot.make_corpus import make_corpus
from tests.code.conftest import pilot_json

TEXTS = ["the cat sat on the mat", "a dog ran after the cat", "ships sail to the harbour", "the harbour has ships"]
WORDS = sorted({word for text in TEXTS for word in text.split()})


def config(**retrieval: object) -> PilotConfig:
    value = pilot_json()
    value["retrieval"] |= retrieval
    return PilotConfig.model_validate(value)


def test_the_same_words_in_another_order_are_the_same_vector() -> None:
    embedder, vectors = LsaEmbedder.fit(TEXTS, 3)
    assert embedder.embed("mat the on sat cat the") == pytest.approx(embedder.embed(TEXTS[0]), abs=1e-6)
    assert embedder.embed_all(TEXTS) == pytest.approx(vectors, abs=1e-5)
    assert embedder.embed_all([]).shape == (0, embedder.dimensions)


@pytest.mark.parametrize("texts", [["one text only"], ["", "second"], ["", ""], ["same words", "same words"]])
def test_a_corpus_too_small_for_the_dimensions_has_fewer(texts: list[str]) -> None:
    embedder, vectors = LsaEmbedder.fit(texts, 128)
    assert vectors.shape == (len(texts), embedder.dimensions)
    assert np.isfinite(vectors).all()


def test_a_large_corpus_starts_from_a_part_and_still_knows_every_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_corpus(tmp_path, 200, 100, 3)
    chunks = chunk_documents(read_corpus(tmp_path).documents, 800, 100)
    texts = [chunk.indexed_text for chunk in chunks]

    def found(embedder: LsaEmbedder, vectors: Vectors) -> int:
        """Questions whose page is among the first ten passages."""
        hits = 0
        for question in read_questions(tmp_path):
            best = np.argsort(-(vectors @ embedder.embed(question.text)[0]))[:10]
            hits += bool({chunks[row].document_id for row in best} & set(question.relevant))
        return hits

    whole = found(*LsaEmbedder.fit(texts, 64))
    monkeypatch.setattr(embed_lsa, "FIT_AT_MOST", len(texts) // 2)
    embedder, vectors = LsaEmbedder.fit(texts, 64)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert all(embedder.embed(text).any() for text in texts)
    assert 50 < whole <= found(embedder, vectors) + 10


def test_a_stored_embedder_gives_the_same_vectors(tmp_path: Path) -> None:
    embedder, _ = fit_embedder(config(dimensions=3), TEXTS)
    assert embedder.save(tmp_path) == "lsa.npz"
    again = load_embedder(config(dimensions=3), tmp_path)
    assert np.array_equal(embedder.embed("the cat"), again.embed("the cat"))


def test_a_model_without_its_packages_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sentence_transformers", None)
    with pytest.raises(PilotError, match=r'retrieval\.embedder some/model needs .* EXTRAS="neural"') as caught:
        fit_embedder(config(embedder="some/model"), TEXTS)
    assert caught.value.exit_code == 69


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence encoder made on the spot: random weights, so it can be tested and says nothing."""
    reason = "NOT RUN: sentence-transformers models need the extra neural"
    library = pytest.importorskip("sentence_transformers", reason=reason)
    modules = pytest.importorskip("sentence_transformers.models", reason=reason)
    import torch
    import transformers

    folder = tmp_path_factory.mktemp("model")
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]))
    torch.manual_seed(1)
    shape = transformers.BertConfig(
        vocab_size=5 + len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    transformers.BertModel(shape).save_pretrained(folder / "bert")
    transformers.BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    word_model = modules.Transformer(str(folder / "bert"), max_seq_length=32)
    pooling = modules.Pooling(16)
    library.SentenceTransformer(modules=[word_model, pooling], device="cpu").save(str(folder / "whole"))
    return folder / "whole"


@pytest.mark.filterwarnings("ignore")
def test_a_model_in_a_folder_embeds_to_vectors_of_length_one(model_folder: Path) -> None:
    embedder, vectors = fit_embedder(config(embedder=str(model_folder)), TEXTS)
    assert vectors.shape == (4, 16)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert embedder.embed(TEXTS[0]) == pytest.approx(vectors[:1], abs=1e-5)
    assert np.isfinite(embedder.embed("word " * 20_000)).all()


@pytest.mark.filterwarnings("ignore")
def test_half_the_precision_gives_nearly_the_same_vectors_of_length_one(model_folder: Path) -> None:
    full, half = (NeuralEmbedder.open(str(model_folder), "cpu", kind) for kind in ("float32", "bfloat16"))
    one, two = full.embed_all(TEXTS), half.embed_all(TEXTS)
    assert np.linalg.norm(two, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.sum(one * two, axis=1) == pytest.approx(1, abs=0.01)


@pytest.mark.filterwarnings("ignore")
def test_an_index_of_another_model_is_refused(model_folder: Path, tmp_path: Path) -> None:
    embedder = NeuralEmbedder.open(str(model_folder), "cpu", "float32")
    record = tmp_path / embedder.save(tmp_path)
    assert load_embedder(config(embedder=str(model_folder)), tmp_path).dimensions == 16
    kept: dict[str, Any] = json.loads(record.read_text())
    for change, said in (
        ({"weightsSha256": "0" * 64}, "built with other weights"),
        ({"name": "other/model", "dimensions": 768}, r"built with other/model \(768\), config says .* \(16\): rebuild"),
    ):
        record.write_text(json.dumps(kept | change))
        with pytest.raises(PilotError, match=said) as caught:
            load_embedder(config(embedder=str(model_folder)), tmp_path)
        assert caught.value.exit_code == 65


@pytest.mark.filterwarnings("ignore")
def test_what_is_not_there_is_an_error_and_never_a_download(model_folder: Path, tmp_path: Path) -> None:
    import torch

    cases = [
        ("nobody/no-such-model", "cpu", "never downloaded unasked; run: uv run --extra neural hf download nobody/"),
        ("/no/such/folder", "cpu", "no such folder"),
        (str(tmp_path), "cpu", "the model in that folder does not load"),
    ]
    if not torch.cuda.is_available():
        cases.append((str(model_folder), "cuda", "device is cuda, but torch finds no GPU"))
    for name, device, said in cases:
        with pytest.raises(PilotError, match=said) as caught:
            NeuralEmbedder.open(name, device, "float32")  # type: ignore[arg-type]
        assert caught.value.exit_code == 69


@pytest.mark.filterwarnings("ignore")
def test_weights_that_could_run_code_are_not_read(model_folder: Path, tmp_path: Path) -> None:
    import shutil

    import torch

    load_file = pytest.importorskip("safetensors.torch").load_file
    unsafe = tmp_path / "unsafe"
    shutil.copytree(model_folder, unsafe)
    for path in list(unsafe.rglob("*.safetensors")):
        torch.save(load_file(path), path.with_name("pytorch_model.bin"))
        path.unlink()
    with pytest.raises(PilotError, match="does not load"):
        NeuralEmbedder.open(str(unsafe), "cpu", "float32")
