"""Exact search as a matrix product, on a GPU or on the processor.

Two-stage selection: a million scores a question are cut into blocks, the maxima of the blocks choose the blocks that
can hold a winner, and only those are sorted. With bfloat16 the first pass reads half the bytes and proposes more rows
than were asked for; their scores are computed again in float32, so that the order is the one of float32.
"""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from rag_pilot.errors import UNAVAILABLE, PilotError
from rag_pilot.extras import import_extra
from rag_pilot.stores.port import Readers, Rows, Scored, Vectors
from rag_pilot.stores.visibility import Visibility

BLOCK = 256
# Scores held at once, 1 GiB in float32: few questions see the whole corpus in one step, many see it slice by slice.
SLICE_SCORES = 1 << 28
SLICE_QUESTIONS = 1_024
# Proposed by bfloat16 for each row asked for, and at least so many more.
CANDIDATE_FACTOR, CANDIDATE_EXTRA = 4, 64


class TorchStore:
    def __init__(self, rows: Rows, device: Literal["cpu", "cuda"], precision: Literal["float32", "bfloat16"]) -> None:
        torch = import_extra("torch", "neural", "retrieval.store torch")
        if device == "cuda" and not torch.cuda.is_available():
            raise PilotError(UNAVAILABLE, "device cuda: torch sees no CUDA device here; nothing falls back unasked.")
        self._torch, self.device, self.precision = torch, torch.device(device), precision
        self._ids, self.size = rows.ids, len(rows.ids)
        self._visibility = Visibility(rows.audiences)
        # Whole blocks: the rows after the last one score minus infinity.
        padded = -(-self.size // BLOCK) * BLOCK
        whole = np.zeros((padded, rows.vectors.shape[1]), dtype=np.float32)
        whole[: self.size] = rows.vectors
        self._full = torch.from_numpy(whole).to(self.device)
        self._fast = self._full if precision == "float32" else self._full.to(torch.bfloat16)
        order = sorted(range(self.size), key=lambda row: rows.ids[row])
        rank = np.empty(self.size, dtype=np.int64)
        rank[order] = np.arange(self.size)
        self._rank = torch.from_numpy(rank).to(self.device)

    def nearest(self, vector: Vectors, count: int, readers: Readers) -> list[Scored]:
        threads = self._torch.get_num_threads()
        # One question is too little work to share: measured on a busy machine, waiting for threads took 30 ms.
        self._torch.set_num_threads(1)
        try:
            numbers, scores = self.nearest_rows(vector, count, readers)
        finally:
            self._torch.set_num_threads(threads)
        return [
            (self._ids[number], float(score))
            for number, score in zip(numbers[0], scores[0], strict=True)
            if np.isfinite(score)
        ]

    def nearest_rows(
        self, vectors: Vectors, count: int, readers: Readers = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Rows and scores, (questions, count) each, best first, equal scores by id; a score of -inf is no result."""
        torch = self._torch
        count = min(count, self.size)
        mask = self._visibility.mask(readers)
        hidden = None
        if mask is not None:
            hidden = torch.from_numpy(~mask).to(self.device)
        found = []
        with torch.inference_mode():
            for start in range(0, len(vectors), SLICE_QUESTIONS):
                queries = torch.from_numpy(np.ascontiguousarray(vectors[start : start + SLICE_QUESTIONS]))
                found.append(self._best(queries.to(self.device), count, hidden))
            numbers, scores = (torch.cat(parts).cpu().numpy() for parts in zip(*found, strict=True))
        return numbers, scores

    def memory_bytes(self) -> int | None:
        tensors = [self._full, self._rank] if self._fast is self._full else [self._full, self._fast, self._rank]
        return sum(int(tensor.nbytes) for tensor in tensors)

    def close(self) -> None:
        del self._full, self._fast

    def _best(self, queries: Any, count: int, hidden: Any) -> tuple[Any, Any]:
        torch = self._torch
        wanted = count
        if self.precision == "bfloat16":
            wanted = min(self.size, max(CANDIDATE_FACTOR * count, count + CANDIDATE_EXTRA))
        scores, numbers = [], []
        slice_rows = max(1, SLICE_SCORES // len(queries) // BLOCK) * BLOCK
        for start in range(0, len(self._fast), slice_rows):
            part = self._compare(queries, self._fast[start : start + slice_rows])
            if start + part.shape[1] > self.size:
                part[:, self.size - start :] = -torch.inf
            if hidden is not None:
                seen = hidden[start : start + part.shape[1]]
                part[:, : len(seen)].masked_fill_(seen, -torch.inf)
            best, rows = self._select(part, wanted)
            scores.append(best)
            numbers.append(rows + start)
        merged, rows = torch.cat(scores, dim=1), torch.cat(numbers, dim=1)
        if merged.shape[1] > wanted:
            merged, at = torch.topk(merged, wanted, dim=1)
            rows = rows.gather(1, at)
        if self.precision == "bfloat16":
            exact = torch.bmm(self._full[rows], queries.unsqueeze(2)).squeeze(2)
            merged = exact.masked_fill_(merged == -torch.inf, -torch.inf)
        rows, merged = self._in_order(rows, merged)
        return rows[:, :count], merged[:, :count]

    def _compare(self, queries: Any, block: Any) -> Any:
        """Inner products, accumulated and kept in float32 whatever the vectors are stored as."""
        torch = self._torch
        if self.precision == "float32":
            return queries @ block.T
        narrow = queries.to(torch.bfloat16)
        if self.device.type == "cuda":
            return torch.mm(narrow, block.T, out_dtype=torch.float32)
        return narrow.float() @ block.float().T

    def _select(self, scores: Any, wanted: int) -> tuple[Any, Any]:
        """The best `wanted` of each row. A block with one of them is among the `wanted` blocks of highest maximum."""
        torch = self._torch
        questions, width = scores.shape
        blocks = width // BLOCK
        if blocks <= 2 * wanted:
            best, at = torch.topk(scores, min(wanted, width), dim=1)
            return best, at
        cut = scores.view(questions, blocks, BLOCK)
        _, chosen = torch.topk(cut.amax(dim=2), wanted, dim=1, sorted=False)
        inside = cut.gather(1, chosen.unsqueeze(2).expand(-1, -1, BLOCK)).flatten(1)
        best, at = torch.topk(inside, wanted, dim=1)
        return best, chosen.gather(1, at // BLOCK) * BLOCK + at % BLOCK

    def _in_order(self, rows: Any, scores: Any) -> tuple[Any, Any]:
        torch = self._torch
        by_id = torch.argsort(self._rank[rows.clamp(max=self.size - 1)], dim=1, stable=True)
        rows, scores = rows.gather(1, by_id), scores.gather(1, by_id)
        by_score = torch.argsort(scores, dim=1, descending=True, stable=True)
        return rows.gather(1, by_score), scores.gather(1, by_score)
