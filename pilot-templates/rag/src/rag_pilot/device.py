"""The device that pilot.json asks for: there, and which one it is; or an error. Never another one in its place."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rag_pilot.errors import UNAVAILABLE, PilotError
from rag_pilot.extras import import_extra

DRIVER_FILE = Path("/proc/driver/nvidia/version")


@dataclass(frozen=True)
class DeviceFacts:
    """Unknown is None, never invented."""

    name: str | None
    driver: str | None


def read_device(device: Literal["cpu", "cuda"]) -> DeviceFacts:
    """69 when it was asked for and is not there."""
    if device == "cpu":
        return DeviceFacts(None, None)
    torch = import_extra("torch", "neural", "device cuda")
    if not torch.cuda.is_available():
        raise PilotError(UNAVAILABLE, "device is cuda, but torch finds no GPU here; nothing falls back to the CPU.")
    facts = torch.cuda.get_device_properties(0)
    gibibytes = facts.total_memory / 2**30
    name = f"{facts.name}, {gibibytes:.1f} GiB, compute capability {facts.major}.{facts.minor}"
    return DeviceFacts(name[:200], _read_driver())


def _read_driver() -> str | None:
    tool = shutil.which("nvidia-smi")
    if tool:
        command = [tool, "--query-gpu=driver_version", "--format=csv,noheader", "--id=0"]
        try:
            done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=10)  # noqa: S603
        except (OSError, subprocess.SubprocessError):
            pass
        else:
            return done.stdout.strip()[:100] or None
    try:
        words = DRIVER_FILE.read_text(encoding="utf-8").split()
    except OSError:
        return None
    return next((word for word in words if word[:1].isdigit() and "." in word), None)
