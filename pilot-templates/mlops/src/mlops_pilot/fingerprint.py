"""What ran where. Unknown is null, never invented."""

import hashlib
import os
import platform
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import torch

from mlops_pilot.report import Fingerprint

PACKAGES = (
    "fastapi", "great-expectations", "mlflow-skinny", "mlops-pilot", "numpy", "pandas", "polars", "psycopg", "pyarrow",
    "pydantic", "ray", "safetensors", "scikit-learn", "scipy", "sqlalchemy", "torch", "uvicorn",
)  # fmt: skip


def take_fingerprint(root: Path, data_sha256: str, device: torch.device) -> Fingerprint:
    """`device`: the one that really runs, which a fallback may have changed."""
    lock = root / "uv.lock"
    on_gpu = device.type == "cuda"
    return Fingerprint(
        cpu=_cpu(),
        cores=_cores(),
        memoryBytes=_memory_bytes(),
        os=platform.platform()[:200] or None,
        device="cuda" if on_gpu else "cpu",
        gpu=torch.cuda.get_device_name(device)[:200] if on_gpu else None,
        driver=_driver() if on_gpu else None,
        python=f"{platform.python_implementation()} {platform.python_version()}",
        gilEnabled=_gil_enabled(),
        packages=_packages(),
        lockSha256=hashlib.sha256(lock.read_bytes()).hexdigest() if lock.is_file() else None,
        dataSha256=data_sha256,
        commit=_commit(root),
    )


def _cpu() -> str | None:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()[:200] or None
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return (names[0] if names else platform.processor())[:200] or None


def _cores() -> int | None:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def _memory_bytes() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None


def _driver() -> str | None:
    try:
        text = Path("/proc/driver/nvidia/version").read_text(encoding="utf-8")
    except OSError:
        return None
    return next((word for word in text.split() if word[:1].isdigit() and word.count(".") >= 1), None)


def _gil_enabled() -> bool:
    # Before 3.13 there was no other way; after, a native dependency may have switched it back on.
    ask = getattr(sys, "_is_gil_enabled", None)
    return bool(ask()) if ask else True


def _packages() -> dict[str, str]:
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return versions


def _commit(root: Path) -> str | None:
    """The commit, only when this very folder is under version control."""
    try:
        _git(root, "ls-files", "--error-unmatch", "pilot.json")
        commit = _git(root, "rev-parse", "HEAD")
        changed = _git(root, "status", "--porcelain", "--", ".")
    except (OSError, subprocess.SubprocessError):
        return None
    return f"{commit}{'-modified' if changed else ''}"


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=5)  # noqa: S603
    return done.stdout.strip()
