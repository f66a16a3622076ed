"""How fast exact search is on this device, from one question at a time to thousands, beside what the device can do.

Vectors are drawn from a seed: they show speed and that nothing is lost, not how well anything is found. The limits are
measured on the same device: copying memory, and multiplying large matrices in the same precision.
"""

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from rag_pilot.extras import import_extra
from rag_pilot.stores.port import Rows, Vectors
from rag_pilot.stores.torch_store import TorchStore

COUNT = 10
WARM_UP = 3
# Recall is checked for so many questions a batch; each costs a scan in double precision.
CHECKED = 32
COPY_BYTES = {"cpu": 1 << 28, "cuda": 1 << 32}
SQUARE = {"cpu": 2048, "cuda": 8192}
Precision = Literal["float32", "bfloat16"]
Device = Literal["cpu", "cuda"]


@dataclass(frozen=True)
class Limits:
    """`copyBytesPerSecond` counts what is read and what is written."""

    copyBytesPerSecond: float
    matrixFlops: float


@dataclass(frozen=True)
class Batch:
    batch: int
    repeats: int
    p50Ms: float
    questionsPerSecond: float
    recall: float
    # Reading every vector once for the batch, against copying; and two operations a number, against the matrix product.
    shareOfCopy: float
    shareOfMatrix: float


@dataclass(frozen=True)
class Sweep:
    device: str
    deviceName: str
    torch: str
    precision: str
    rows: int
    dimensions: int
    seed: int
    limits: Limits
    batches: tuple[Batch, ...]


def sweep_search(
    device: Device, precision: Precision, rows: int, dimensions: int, batches: Sequence[int], seconds: float, seed: int
) -> Sweep:
    """Each batch size is repeated for about `seconds`; top 10, sorting and the copy of the result included."""
    torch = import_extra("torch", "neural", "the sweep")
    random = np.random.default_rng(seed)
    vectors = draw_unit(random, rows, dimensions)
    store = TorchStore(Rows([f"{row:09d}" for row in range(rows)], [None] * rows, vectors), device, precision)
    limits = measure_limits(torch, device, precision)
    measured = []
    for batch in batches:
        questions = draw_unit(random, batch, dimensions)
        taken = _repeat(lambda asked=questions: store.nearest_rows(asked, COUNT), seconds)  # type: ignore[misc]
        each = statistics.median(taken)
        stored = 4 if precision == "float32" else 2
        measured.append(
            Batch(
                batch=batch,
                repeats=len(taken),
                p50Ms=each * 1e3,
                questionsPerSecond=batch / each,
                recall=_recall(store, vectors, questions[:CHECKED]),
                shareOfCopy=rows * dimensions * stored / each / limits.copyBytesPerSecond,
                shareOfMatrix=2 * batch * rows * dimensions / each / limits.matrixFlops,
            )
        )
    name = torch.cuda.get_device_name() if device == "cuda" else f"{torch.get_num_threads()} threads"
    return Sweep(device, name, torch.__version__, precision, rows, dimensions, seed, limits, tuple(measured))


def draw_unit(random: np.random.Generator, rows: int, dimensions: int) -> Vectors:
    vectors = random.standard_normal((rows, dimensions), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def measure_limits(torch: Any, device: Device, precision: Precision) -> Limits:
    kind = getattr(torch, precision)
    source = torch.ones(COPY_BYTES[device] // 4, dtype=torch.float32, device=device)
    target = torch.empty_like(source)
    copied = min(_repeat(lambda: _finish(torch, target.copy_(source)), 1.0))
    side = SQUARE[device]
    left, right = (torch.ones((side, side), dtype=kind, device=device) for _ in range(2))
    multiplied = min(_repeat(lambda: _finish(torch, left @ right), 1.0))
    return Limits(2 * source.nbytes / copied, 2 * side**3 / multiplied)


def describe_sweep(sweep: Sweep) -> str:
    limits = sweep.limits
    lines = [
        f"{sweep.rows} vectors of {sweep.dimensions} dimensions, {sweep.precision}, on {sweep.deviceName} "
        f"({sweep.device}), torch {sweep.torch}, seed {sweep.seed}.",
        f"This device copies {limits.copyBytesPerSecond / 1e9:.0f} GB/s and multiplies "
        f"{limits.matrixFlops / 1e12:.2f} TFLOP/s in that precision.",
        "",
        f"| batch | p50 ms | questions/s | recall@{COUNT} | of copy bandwidth | of matrix rate |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {each.batch} | {each.p50Ms:.3f} | {each.questionsPerSecond:.0f} | {each.recall:.4f} "
        f"| {each.shareOfCopy:.1%} | {each.shareOfMatrix:.1%} |"
        for each in sweep.batches
    ]
    return "\n".join(lines) + "\n"


def _recall(store: TorchStore, vectors: Vectors, questions: Vectors) -> float:
    numbers, _ = store.nearest_rows(questions, COUNT)
    found = 0
    for question, returned in zip(questions, numbers, strict=True):
        # Double precision where it can matter: among the best of single precision.
        single = vectors @ question
        near = np.argpartition(single, -10 * COUNT)[-10 * COUNT :]
        exact = vectors[near].astype(np.float64) @ question.astype(np.float64)
        best = near[np.lexsort((near, -np.round(exact, 6)))[:COUNT]]
        found += len({*best.tolist()} & {*returned.tolist()})
    return found / (COUNT * len(questions))


def _repeat(work: Callable[[], object], seconds: float) -> list[float]:
    for _ in range(WARM_UP):
        work()
    taken: list[float] = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until or len(taken) < WARM_UP:
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return taken


def _finish(torch: Any, result: Any) -> object:
    """A GPU answers before it is done."""
    if result.is_cuda:
        torch.cuda.synchronize()
    return result


def batch_sizes(most: int) -> list[int]:
    """1, 2, 4 and so on, up to `most`."""
    return [1 << power for power in range(math.floor(math.log2(most)) + 1)]
