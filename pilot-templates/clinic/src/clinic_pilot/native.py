"""The crate under `native/`: built by `pilot setup` when Rust is there, loaded by `pilot bench` when it was built.

The module lies in `var/native`, in a folder named after the crate's source, and not in the environment: uv and pip need
not know of it, and a changed source is never measured with an old build.
"""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from types import ModuleType

NAME = "clinic_native"
# A first build fetches and compiles about 15 crates.
BUILD_SECONDS = 900


def build_native(root: Path) -> str | None:
    """None when it is built; else why not, in a sentence. The clinic goes on without it."""
    if _module_file(root).is_file():
        return None
    missing = find_missing_tool()
    if missing:
        return missing
    wheels = root / "var" / "native" / "wheels"
    command = [
        *(sys.executable, "-m", "maturin", "build", "--release", "--locked", "--quiet"),
        *("--manifest-path", str(root / "native" / "Cargo.toml"), "--interpreter", sys.executable),
        *("--target-dir", str(root / "var" / "native" / "target"), "--out", str(wheels)),
    ]
    shutil.rmtree(wheels, ignore_errors=True)
    try:
        done = subprocess.run(  # noqa: S603
            command, check=False, capture_output=True, text=True, cwd=root / "native", timeout=BUILD_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as cause:
        return f"maturin did not build the crate ({type(cause).__name__})."
    wheel = next(iter(wheels.glob("*.whl")), None)
    if done.returncode != 0 or wheel is None:
        return f"maturin did not build the crate: {_last_error(done.stderr)}."
    folder = _module_file(root).parent
    with zipfile.ZipFile(wheel) as archive:
        members = [name for name in archive.namelist() if Path(name).name == _module_file(root).name]
        if len(members) != 1:
            return f"the wheel {wheel.name} does not hold one {_module_file(root).name}."
        folder.mkdir(parents=True, exist_ok=True)
        _module_file(root).write_bytes(archive.read(members[0]))
    return None


def load_native(root: Path) -> ModuleType | str:
    """The module, or why it is not there."""
    path = _module_file(root)
    if not path.is_file():
        return find_missing_tool() or "the crate in native/ is not built; pilot setup builds it."
    spec = importlib.util.spec_from_file_location(NAME, path)
    if spec is None or spec.loader is None:
        return f"{path.name} is not a module of this Python."
    try:
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    except ImportError as cause:
        return f"{path.name} cannot be loaded ({' '.join(str(cause).split())[:200]})."
    return module


def find_missing_tool() -> str | None:
    """What a build needs and this machine has not."""
    if shutil.which("cargo") is None:
        return "cargo was not found; install Rust (rustup.rs) and run pilot setup."
    if importlib.util.find_spec("maturin") is None:
        return "maturin is not installed; run make setup."
    return None


def _module_file(root: Path) -> Path:
    digest = hashlib.sha256()
    crate = root / "native"
    for path in [
        crate / ".cargo" / "config.toml",
        crate / "Cargo.toml",
        crate / "Cargo.lock",
        *sorted((crate / "src").rglob("*.rs")),
    ]:
        digest.update(path.relative_to(crate).as_posix().encode() + b"\0" + path.read_bytes())
    suffix = sysconfig.get_config_var("EXT_SUFFIX") or ".so"
    return root / "var" / "native" / digest.hexdigest()[:16] / f"{NAME}{suffix}"


def _last_error(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = next((line for line in lines if line.lower().startswith("error")), lines[-1] if lines else "it said nothing")
    return said[:200].rstrip(".")
