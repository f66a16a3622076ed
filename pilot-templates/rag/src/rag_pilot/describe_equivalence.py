"""The comparison of stores as a table for people."""

from rag_pilot.equivalence import COUNT, LEAST_RECALL, Equivalence, Measured

MIB = 2**20


def describe_equivalence(result: Equivalence) -> str:
    hnsw = result.hnsw
    lines = [
        f"{result.rows} passages of {result.dimensions} dimensions ({result.embedder}); "
        f"{result.questionsOfTheSet} questions of the set and {result.questionsOfPassages} openings of passages, "
        "one at a time.",
        f"HNSW: m {hnsw['m']}, efConstruction {hnsw['efConstruction']}, efSearch {hnsw['efSearch']}. "
        "The reference is a search in double precision, ties by id.",
        "",
        f"| store | search | recall@{COUNT} | same {COUNT} | p50 ms | p95 ms | filled in s | memory MiB | served by |",
        "|---|---|---:|---:|---:|---:|---:|---:|---|",
        *(_row(each) for each in result.measured),
        "",
    ]
    lines += [f"Not run: {each.store}: {each.reason}." for each in result.notRun]
    asked = f"exact stores agree on every {COUNT}, graphs reach a recall of {LEAST_RECALL}"
    lines.append(f"{'Holds' if result.holds else 'Does not hold'}: {asked}.")
    return "\n".join(lines) + "\n"


def _row(each: Measured) -> str:
    memory = "unknown" if each.memoryBytes is None else f"{each.memoryBytes / MIB:.1f} ({each.memoryOf})"
    return (
        f"| {each.store} | {'exact' if each.exact else 'HNSW'} | {each.recall:.4f} | {each.same:.4f} "
        f"| {each.p50Ms:.2f} | {each.p95Ms:.2f} | {each.fillSeconds:.2f} | {memory} | {each.servedBy} |"
    )
