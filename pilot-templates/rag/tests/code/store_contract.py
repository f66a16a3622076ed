"""What every vector store must do, written once. A store's test hands in how rows get into it."""

from collections.abc import Callable

import numpy as np

from rag_pilot.stores.port import Readers, Rows, Vectors, VectorStore, search_store

OpenRows = Callable[[Rows], VectorStore]
COUNT, DIMENSIONS = 600, 32


def make_rows(count: int = COUNT, seed: int = 7) -> Rows:
    """Unit vectors; every fifth page twice (a tie), one page as the zero vector; a third for staff, some for nobody."""
    random = np.random.default_rng(seed)
    vectors = random.standard_normal((count, DIMENSIONS)).astype(np.float32)
    vectors[5::5] = vectors[4:-1:5]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors[2] = 0
    # Row order is not id order, and ids carry what ids may carry.
    ids = [f"page {count - row:04d}/ü#{row % 3}" for row in range(count)]
    kinds: list[tuple[str, ...] | None] = [None, ("staff",), ("staff", "Board"), ("board",), ()]
    audiences = [kinds[(row * 7) % 5] for row in range(count)]
    return Rows(ids, audiences, vectors)


def questions(count: int = 40, seed: int = 11) -> Vectors:
    vectors = np.random.default_rng(seed).standard_normal((count, DIMENSIONS)).astype(np.float32)
    result: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return result


def by_float64(rows: Rows, question: Vectors, count: int, readers: Readers = None) -> list[str]:
    """The reference: plain double precision, filtered first, ties by id."""
    scores = rows.vectors.astype(np.float64) @ question[0].astype(np.float64)
    seen = [
        row
        for row, audiences in enumerate(rows.audiences)
        if readers is None or audiences is None or readers & set(audiences)
    ]
    return [rows.ids[row] for row in sorted(seen, key=lambda row: (-round(scores[row], 6), rows.ids[row]))[:count]]


def ids_of(store: VectorStore, question: Vectors, count: int, readers: Readers = None) -> list[str]:
    return [identifier for identifier, _ in search_store(store, question, count, readers)]


def check_contract(open_rows: OpenRows, exact: bool) -> None:
    rows = make_rows()
    store = open_rows(rows)
    try:
        _check_order(store, rows, exact)
        _check_readers(store, rows)
        _check_edges(store, rows)
    finally:
        store.close()


def _check_order(store: VectorStore, rows: Rows, exact: bool) -> None:
    found = agreed = 0
    for question in questions():
        reference = by_float64(rows, question[None], 10)
        returned = ids_of(store, question[None], 10)
        found += len(set(reference) & set(returned))
        agreed += reference == returned
    if exact:
        assert agreed == 40, f"{agreed} of 40 questions have the reference's ten in the reference's order"
    assert found / 400 >= 0.98, f"recall@10 is {found / 400}"
    scores = search_store(store, questions()[:1], 5)
    reference_score = float(rows.vectors[rows.ids.index(scores[0][0])] @ questions()[0])
    assert abs(scores[0][1] - reference_score) < 1e-5, "a score is the inner product"


def _check_readers(store: VectorStore, rows: Rows) -> None:
    """Also where a reader sees few rows, and where the best ones are not theirs, ten come back."""
    for readers in (frozenset[str](), frozenset({"staff"}), frozenset({"Board"}), frozenset({"staff", "unheard of"})):
        for question in questions(10, seed=13):
            reference = by_float64(rows, question[None], 10, readers)
            returned = ids_of(store, question[None], 10, readers)
            assert len(returned) == 10
            assert set(returned) == set(reference)
    seen = {name: set(ids_of(store, questions()[:1], COUNT, frozenset({name}))) for name in ("Board", "board", "BOARD")}
    assert seen["Board"] != seen["board"], "an audience is matched letter by letter"
    everyone = {identifier for identifier, names in zip(rows.ids, rows.audiences, strict=True) if names is None}
    assert seen["BOARD"] <= everyone


def _check_edges(store: VectorStore, rows: Rows) -> None:
    assert store.size == len(rows.ids)
    question = questions()[:1]
    every = ids_of(store, question, COUNT * 3)
    assert len(every) == len(set(every)) >= 0.98 * COUNT, "asking for more than there is gives what there is"
    assert ids_of(store, np.zeros((1, DIMENSIONS), dtype=np.float32), 10) == []
    assert ids_of(store, question, 0) == []
