"""The index on disk: built once, checked by hash before anything reads it, rebuilt when its inputs changed."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rag_pilot.canonical import canonical_sha256
from rag_pilot.config import PilotConfig
from rag_pilot.documents import Failure, data_sha256, read_corpus
from rag_pilot.embed import LSA, fit_embedder, load_embedder
from rag_pilot.embed_lsa import LsaEmbedder
from rag_pilot.errors import DATA, PilotError
from rag_pilot.ingest import Chunk, chunk_documents
from rag_pilot.retrieve import Retriever
from rag_pilot.vectors import VectorIndex

# Raise when chunks or vectors of the same input would come out differently.
FORMAT = 2


@dataclass(frozen=True)
class Library:
    """Everything a question needs, and what ingest had to say."""

    retriever: Retriever
    # What the extractive answerer compares sentences with; the same as the retriever's when that is lsa.
    lsa: LsaEmbedder
    documents: int
    chunks: int
    failures: tuple[Failure, ...]
    invisible_removed: int
    data_sha256: str


def open_library(config: PilotConfig, data: Path, folder: Path, say: Callable[[str], None] = lambda _: None) -> Library:
    """The index of this data and these settings under `folder`, built when there is none. Damage is an error."""
    wanted = {
        "format": FORMAT,
        "dataSha256": data_sha256(data),
        "ingest": config.ingest.model_dump(),
        "embedder": config.retrieval.embedder,
        "dimensions": config.retrieval.dimensions,
    }
    folder = folder / canonical_sha256(wanted)[:16]
    if folder.is_dir():
        say("index on disk fits")
    else:
        _build(config, data, folder, wanted)
        say("index built")
    return _load(config, folder)


def _build(config: PilotConfig, data: Path, folder: Path, key: dict[str, object]) -> None:
    corpus = read_corpus(data)
    chunks = chunk_documents(corpus.documents, config.ingest.chunkCharacters, config.ingest.overlapCharacters)
    texts = [chunk.indexed_text for chunk in chunks]
    lsa, lsa_vectors = LsaEmbedder.fit(texts, config.retrieval.dimensions)
    embedder, vectors = (lsa, lsa_vectors) if config.retrieval.embedder == LSA else fit_embedder(config, texts)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Built beside, then moved: a stopped build leaves no half index.
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix="index-"))
    try:
        lines = (json.dumps(asdict(chunk) | {"sha256": chunk.sha256}, ensure_ascii=False) for chunk in chunks)
        (fresh / "chunks.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        files = {"chunks.jsonl", "vectors.faiss", lsa.save(fresh), embedder.save(fresh)}
        VectorIndex.build(vectors).save(fresh / "vectors.faiss")
        manifest = {
            "key": key,
            "keySha256": canonical_sha256(key),
            "documents": len(corpus.documents),
            "chunks": len(chunks),
            "failures": [asdict(failure) for failure in corpus.failures],
            "invisibleRemoved": corpus.invisible_removed,
            "effectiveDimensions": embedder.dimensions,
            "documentSha256": {document.id: document.sha256 for document in corpus.documents},
            "files": {name: _sha256(fresh / name) for name in sorted(files)},
        }
        (fresh / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _load(config: PilotConfig, folder: Path) -> Library:
    manifest = _manifest(folder / "manifest.json")
    for name, digest in manifest["files"].items():
        path = folder / name
        if not path.is_file() or _sha256(path) != digest:
            raise PilotError(DATA, f"{path}: not the file that was written here; delete {folder} and run pilot setup.")
    with (folder / "chunks.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    chunks = [Chunk(**{name: row[name] for name in Chunk.__dataclass_fields__}) for row in rows]
    lsa, vectors = LsaEmbedder.load(folder), VectorIndex.load(folder / "vectors.faiss")
    embedder = lsa if config.retrieval.embedder == LSA else load_embedder(config, folder)
    return Library(
        retriever=Retriever(chunks, config.retrieval, embedder, vectors),
        lsa=lsa,
        documents=manifest["documents"],
        chunks=len(chunks),
        failures=tuple(Failure(**failure) for failure in manifest["failures"]),
        invisible_removed=manifest["invisibleRemoved"],
        data_sha256=manifest["key"]["dataSha256"],
    )


def _manifest(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as cause:
        raise PilotError(DATA, f"{path}: damaged; delete {path.parent} and run pilot setup.") from cause
    if not isinstance(value, dict):
        raise PilotError(DATA, f"{path}: damaged; delete {path.parent} and run pilot setup.")
    return value


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
