"""Which rows a reader may see, for the searches that run in this process."""

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag_pilot.stores.port import Readers

# One bit mask a combination of audiences; 256 of them over a million rows are 256 MB.
KEPT_MASKS = 256


class Visibility:
    def __init__(self, audiences: Sequence[tuple[str, ...] | None]) -> None:
        self._everyone = np.array([row is None for row in audiences], dtype=np.bool_)
        rows_of: dict[str, list[int]] = {}
        for row, names in enumerate(audiences):
            for name in names or ():
                rows_of.setdefault(name, []).append(row)
        self._rows_of = {name: np.array(rows, dtype=np.int64) for name, rows in rows_of.items()}
        self._masks: OrderedDict[frozenset[str], NDArray[np.bool_]] = OrderedDict()

    def mask(self, readers: Readers) -> NDArray[np.bool_] | None:
        """True where a row may be seen; None when all may. The array is shared: never write into it."""
        if readers is None or self._everyone.all():
            return None
        known = frozenset(reader for reader in readers if reader in self._rows_of)
        mask = self._masks.get(known)
        if mask is None:
            mask = self._everyone.copy()
            for reader in known:
                mask[self._rows_of[reader]] = True
            mask.setflags(write=False)
            self._masks[known] = mask
            # Two threads may both get here; the second one only repeats the work of the first.
            while len(self._masks) > KEPT_MASKS:
                self._masks.popitem(last=False)
        return mask
