"""The index on disk: built once, checked by hash before anything reads it, built again when its inputs changed.

Its folder is named by a hash of everything that it depends on, so a changed page, another model or other chunks give
another folder. A server that runs on the old one keeps it in memory and answers on.
"""

import json
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rag_pilot.canonical import canonical_sha256
from rag_pilot.config import PilotConfig
from rag_pilot.documents import Failure, data_sha256, read_corpus
from rag_pilot.embed import LSA, Embedder, Vectors, fit_embedder, load_embedder
from rag_pilot.embed_lsa import LsaEmbedder
from rag_pilot.errors import DATA, PilotError
from rag_pilot.ingest import Chunk, chunk_documents
from rag_pilot.lexical import LexicalIndex
from rag_pilot.publish import discard, file_sha256, publish, read_record
from rag_pilot.retrieve import Retriever
from rag_pilot.stores.attach import attach_store, drop_stores, wanted_store
from rag_pilot.stores.port import Rows, VectorStore

# Raise when the same passage and weights would give another vector, or the files are laid out differently.
FORMAT = 4
# The code that turns files into chunks, words and vectors: whoever changes it gets a new index, not an old one.
CODE = ("decode_text.py", "documents.py", "embed*.py", "ingest.py", "lexical.py", "read_*.py", "words.py")
MANIFEST, CHUNKS, VECTORS = "manifest.json", "chunks.jsonl", "vectors.npy"
# The one in use and the one before it, on which a server may still run.
KEPT_INDEXES = 2
SETTLE_PAUSES = (0.05, 0.2)
Say = Callable[[str], None]


@dataclass(frozen=True)
class Index:
    """What lies in one folder, read and checked. `rows.vectors` is mapped from the file, not held in memory."""

    folder: Path
    manifest: dict[str, Any]
    chunks: tuple[Chunk, ...]
    rows: Rows
    lexical: LexicalIndex
    # What the extractive answerer compares sentences with; the embedder of questions is the same when that is lsa.
    lsa: LsaEmbedder
    embedder: Embedder


@dataclass(frozen=True)
class Library:
    """Everything a question needs, and what ingest had to say."""

    retriever: Retriever
    lsa: LsaEmbedder
    store: VectorStore | None
    documents: int
    chunks: int
    failures: tuple[Failure, ...]
    invisible_removed: int
    data_sha256: str

    def close(self) -> None:
        if self.store is not None:
            self.store.close()


def open_library(
    config: PilotConfig, data: Path, folder: Path, say: Say = lambda _: None, repair: bool = False
) -> Library:
    """The index of this data and these settings under `folder`, built when there is none.

    Damage is an error (65); with `repair` (`pilot setup`) it is built again, and indexes nobody needs are removed.
    """
    # The vectors are of no use without the words, and a bm25 pilot asks no store.
    wanted = None if config.retrieval.mode == "bm25" else wanted_store(config)
    index = open_index(config, data, folder, say, repair)
    store = None if wanted is None else attach_store(wanted, index.rows, index.folder, say, repair)
    if repair:
        _remove_old(config, folder, index.folder, say)
    try:
        retriever = Retriever(index.chunks, config.retrieval, index.embedder, index.lexical, store)
    except BaseException:
        if store is not None:
            store.close()
        raise
    return Library(
        retriever=retriever,
        lsa=index.lsa,
        store=store,
        documents=index.manifest["documents"],
        chunks=len(index.chunks),
        failures=tuple(Failure(**failure) for failure in index.manifest["failures"]),
        invisible_removed=index.manifest["invisibleRemoved"],
        data_sha256=index.manifest["key"]["dataSha256"],
    )


def open_index(config: PilotConfig, data: Path, folder: Path, say: Say = lambda _: None, repair: bool = False) -> Index:
    key = _key(config, data)
    home = folder / canonical_sha256(key)[:16]
    damaged = False
    if home.is_dir():
        try:
            index = _load_settled(config, home, key)
        except PilotError as damage:
            if damage.exit_code != DATA or not repair:
                raise
            say(f"{damage} It is built again.")
            damaged = True
        else:
            say("index on disk fits")
            return index
    _build(config, data, home, key, say, replace=damaged)
    say("index built")
    return _load_settled(config, home, key)


def _load_settled(config: PilotConfig, home: Path, key: dict[str, object]) -> Index:
    """Another process may be replacing it just now; what is truly damaged stays so."""
    for pause in SETTLE_PAUSES:
        try:
            return _load(config, home, key)
        except (PilotError, FileNotFoundError) as damage:
            if isinstance(damage, PilotError) and damage.exit_code != DATA:
                raise
            time.sleep(pause)
    return _load(config, home, key)


def _key(config: PilotConfig, data: Path) -> dict[str, object]:
    """Everything that chunks and vectors depend on, but not the store: each store takes the same vectors."""
    key: dict[str, object] = {
        "format": FORMAT,
        "codeSha256": _code_sha256(),
        "dataSha256": data_sha256(data),
        "ingest": config.ingest.model_dump(),
        "embedder": config.retrieval.embedder,
        "dimensions": config.retrieval.dimensions,
    }
    return key if config.retrieval.embedder == LSA else key | {"precision": config.precision}


def _code_sha256() -> str:
    here = Path(__file__).parent
    paths = sorted(path for pattern in CODE for path in here.glob(pattern))
    return canonical_sha256([[path.name, file_sha256(path)] for path in paths])


def _build(config: PilotConfig, data: Path, home: Path, key: dict[str, object], say: Say, replace: bool) -> None:
    corpus = read_corpus(data)
    chunks = chunk_documents(corpus.documents, config.ingest.chunkCharacters, config.ingest.overlapCharacters)
    texts = [chunk.indexed_text for chunk in chunks]
    lsa, vectors = LsaEmbedder.fit(texts, config.retrieval.dimensions)
    home.parent.mkdir(parents=True, exist_ok=True)
    # Built beside, then moved: a stopped build leaves no half index.
    fresh = Path(tempfile.mkdtemp(dir=home.parent, prefix="building-"))
    try:
        embedder: Embedder = lsa
        files = {CHUNKS, VECTORS, lsa.save(fresh), LexicalIndex.of_chunks(chunks).save(fresh)}
        if config.retrieval.embedder != LSA:
            embedder, _ = fit_embedder(config, [])
            record = embedder.save(fresh)
            files.add(record)
            vectors = embed_new(embedder, texts, _earlier_vectors(home.parent, key, fresh / record), say)
        lines = (json.dumps(asdict(chunk) | {"sha256": chunk.sha256}, ensure_ascii=False) for chunk in chunks)
        (fresh / CHUNKS).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        np.save(fresh / VECTORS, np.ascontiguousarray(vectors, dtype=np.float32), allow_pickle=False)
        manifest: dict[str, Any] = {
            "key": key,
            "documents": len(corpus.documents),
            "chunks": len(chunks),
            "failures": [asdict(failure) for failure in corpus.failures],
            "invisibleRemoved": corpus.invisible_removed,
            "effectiveDimensions": embedder.dimensions,
            "documentSha256": {document.id: document.sha256 for document in corpus.documents},
            "files": {name: file_sha256(fresh / name) for name in sorted(files)},
        }
        manifest["sha256"] = canonical_sha256(manifest)
        (fresh / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False), encoding="utf-8")
        publish(fresh, home, replace)
    except BaseException:
        discard(fresh)
        raise


def embed_new(embedder: Embedder, texts: Sequence[str], earlier: dict[str, Vectors], say: Say) -> Vectors:
    """A passage that an earlier index has embedded with the same weights is not embedded again."""
    missing = sorted({text for text in texts if text not in earlier})
    taken = sum(text in earlier for text in texts)
    known = earlier | dict(zip(missing, embedder.embed_all(missing), strict=True))
    say(f"{len(missing)} passages embedded, {taken} taken from an earlier index")
    return np.stack([known[text] for text in texts]).astype(np.float32)


def _earlier_vectors(folder: Path, key: dict[str, object], record: Path) -> dict[str, Vectors]:
    """Text to vector, from every undamaged index here that the same model made; `record` is what it says it is."""
    same = ("format", "embedder", "precision")
    found: dict[str, Vectors] = {}
    for path in sorted(folder.glob(f"*/{MANIFEST}")):
        try:
            manifest = read_record(path)
            if any(manifest["key"].get(name) != key[name] for name in same):
                continue
            if file_sha256(path.parent / record.name) != file_sha256(record):
                continue
            _check_files(path.parent, manifest)
        except PilotError:
            continue
        vectors = np.load(path.parent / VECTORS, allow_pickle=False)
        for chunk, vector in zip(_read_chunks(path.parent), vectors, strict=True):
            found[chunk.indexed_text] = vector
    return found


def _load(config: PilotConfig, home: Path, key: dict[str, object]) -> Index:
    manifest = read_record(home / MANIFEST)
    sealed = {name: value for name, value in manifest.items() if name != "sha256"}
    if manifest.get("sha256") != canonical_sha256(sealed):
        raise PilotError(DATA, f"index {home.name}/{MANIFEST}: damaged; run pilot setup.")
    _check_built_with(manifest, key, home)
    _check_files(home, manifest)
    chunks = _read_chunks(home)
    vectors = np.load(home / VECTORS, mmap_mode="r", allow_pickle=False)
    lsa = LsaEmbedder.load(home)
    embedder = lsa if config.retrieval.embedder == LSA else load_embedder(config, home)
    rows = Rows([chunk.id for chunk in chunks], [chunk.audiences for chunk in chunks], vectors)
    return Index(home, manifest, chunks, rows, LexicalIndex.load(home), lsa, embedder)


def _check_built_with(manifest: dict[str, Any], key: dict[str, object], home: Path) -> None:
    built = manifest["key"]
    if built == key:
        return
    was, says = (f"{each['embedder']} ({each['dimensions']})" for each in (built, key))
    if was == says:
        was, says = "other documents, settings or code", "these"
    raise PilotError(DATA, f"index {home.name} was built with {was}, pilot.json says {says}; run pilot setup.")


def _check_files(home: Path, manifest: dict[str, Any]) -> None:
    for name, digest in manifest["files"].items():
        if file_sha256(home / name) != digest:
            raise PilotError(DATA, f"index {home.name}/{name}: not the file that was written; run pilot setup.")


def _read_chunks(home: Path) -> tuple[Chunk, ...]:
    found = []
    with (home / CHUNKS).open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            del row["sha256"]
            row["audiences"] = None if row["audiences"] is None else tuple(row["audiences"])
            found.append(Chunk(**row))
    return tuple(found)


def _remove_old(config: PilotConfig, folder: Path, current: Path, say: Say) -> None:
    """What is older than the index before this one goes, on the server too: a removed page must not stay for ever."""
    (current / MANIFEST).touch()
    indexes = sorted(folder.glob(f"*/{MANIFEST}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in indexes[KEPT_INDEXES:]:
        if config.retrieval.mode != "bm25":
            left = drop_stores(path.parent, wanted_store(config))
            if left:
                say(f"{left} collections of {path.parent.name} lie on a server that is not configured now; they stay")
        discard(path.parent)
        say(f"old index {path.parent.name} removed")
