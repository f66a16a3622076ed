"""Counters of energy that only grow, where the machine has them. A mean power is never added up into energy here.

Sources: Linux' RAPL counters of the processor packages (`powercap`, microjoules, they wrap around) and NVML's total
energy of the GPU (millijoules since the driver was loaded).
"""

import ctypes
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rag_pilot.report import Energy

RAPL = Path("/sys/class/powercap")


@dataclass(frozen=True)
class Reading:
    """Microjoules by RAPL package (with the value at which it wraps), and millijoules of the GPU."""

    packages: dict[str, tuple[int, int]]
    gpu_millijoules: int | None


def read_energy(device: Literal["cpu", "cuda"], rapl: Path = RAPL) -> Reading:
    """What can be read now. Nothing is an answer too: containers and virtual machines usually show no counter."""
    packages = {}
    for folder in sorted(rapl.glob("intel-rapl:*")):
        if ":" in folder.name.partition(":")[2]:
            continue  # a part of a package that is counted already
        with suppress(OSError, ValueError):
            now, wraps = (int((folder / name).read_text()) for name in ("energy_uj", "max_energy_range_uj"))
            packages[folder.name] = (now, wraps)
    return Reading(packages, _read_gpu() if device == "cuda" else None)


def energy_between(before: Reading, after: Reading, answers: int) -> Energy | None:
    """None without a counter that was there both times. `answers` were given in between."""
    both = before.packages.keys() & after.packages.keys()
    cpu = sum((after.packages[name][0] - before.packages[name][0]) % after.packages[name][1] for name in both) / 1e6
    gpu = None
    if before.gpu_millijoules is not None and after.gpu_millijoules is not None:
        gpu = (after.gpu_millijoules - before.gpu_millijoules) / 1000
    if not both and gpu is None:
        return None
    return Energy(
        cpuJoules=round(cpu, 3) if both else None,
        gpuJoules=round(gpu, 3) if gpu is not None and gpu >= 0 else None,
        answers=answers,
    )


def _read_gpu() -> int | None:
    """The first GPU's counter, from the driver's own library: no package is needed for one number."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL("libnvidia-ml.so.1")
        handle, energy = ctypes.c_void_p(), ctypes.c_ulonglong()
        if library.nvmlInit_v2() != 0:
            return None
        try:
            if library.nvmlDeviceGetHandleByIndex_v2(0, ctypes.byref(handle)) != 0:
                return None
            if library.nvmlDeviceGetTotalEnergyConsumption(handle, ctypes.byref(energy)) != 0:
                return None
            return int(energy.value)
        finally:
            library.nvmlShutdown()
    return None
