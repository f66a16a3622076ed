"""The device that pilot.json asks for, or an error: never another one in its place unless it was allowed to."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import torch

from mlops_pilot.config import Device
from mlops_pilot.errors import UNAVAILABLE, PilotError


def choose_device(wanted: Device) -> torch.device:
    """69 when it was asked for and is not there; with `fallback` the CPU, which the caller says and records."""
    if wanted.want == "cuda" and not torch.cuda.is_available():
        if wanted.fallback:
            return torch.device("cpu")
        raise PilotError(
            UNAVAILABLE, "device.want is cuda, but torch finds no GPU here; device.fallback true would allow the CPU."
        )
    return torch.device(wanted.want)


def mixed_precision(device: torch.device, precision: str) -> AbstractContextManager[object]:
    """bfloat16 where it is safe, by torch's own list; it needs no scaling of the loss. float32 changes nothing."""
    context: AbstractContextManager[object] = torch.autocast(
        device.type, dtype=torch.bfloat16, enabled=precision == "bfloat16"
    )
    return context


@contextmanager
def said_memory(batch_size: int) -> Iterator[None]:
    """A GPU that is too small is an error with a way out."""
    try:
        yield
    except torch.OutOfMemoryError as cause:
        free, total = (size / 2**30 for size in torch.cuda.mem_get_info())
        raise PilotError(
            UNAVAILABLE,
            f"the GPU ran out of memory ({free:.1f} of {total:.1f} GiB are free); "
            f"try model.batchSize {max(1, batch_size // 2)}.",
        ) from cause
