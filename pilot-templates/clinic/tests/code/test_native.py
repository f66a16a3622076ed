"""The crate is used when it was built, and missed politely when it was not."""

from pathlib import Path

import pytest

from clinic_pilot import native
from clinic_pilot.cli import main
from tests.code.conftest import ROOT


def test_without_cargo_the_clinic_says_so_and_goes_on(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(root))
    assert main(["setup", "--dir", str(root)]) == 0
    assert "cargo was not found; install Rust (rustup.rs) and run pilot setup." in capsys.readouterr().out
    assert native.load_native(root) == "cargo was not found; install Rust (rustup.rs) and run pilot setup."


def test_a_build_that_fails_is_one_sentence(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cargo that only complains, as one without a tool chain does."""
    cargo = root / "bin" / "cargo"
    cargo.parent.mkdir()
    cargo.write_text("#!/bin/sh\necho 'error: no tool chain is installed' >&2\nexit 1\n")
    cargo.chmod(0o755)
    monkeypatch.setenv("PATH", f"{cargo.parent}:/usr/bin:/bin")
    said = native.build_native(root)
    assert said is not None
    assert said.startswith("maturin did not build the crate: ")
    assert "\n" not in said


def test_a_changed_source_is_not_measured_with_an_old_build(root: Path) -> None:
    before = native._module_file(root)
    (root / "native" / "src" / "lib.rs").write_text("// changed")
    assert native._module_file(root) != before


def test_a_file_that_is_no_module_is_said(root: Path) -> None:
    path = native._module_file(root)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a library")
    said = native.load_native(root)
    assert isinstance(said, str)
    assert "cannot be loaded" in said


def test_the_built_crate_counts_like_python_and_checks_its_input() -> None:
    import sys

    import numpy as np

    from clinic_pilot.examples.hot_function import REACH, count_near, draw_points

    module = native.load_native(ROOT)
    if isinstance(module, str):
        pytest.skip(module)
    x, y = draw_points(200, 3)
    assert module.count_near(x, y, REACH) == count_near(x.tolist(), y.tolist(), REACH)
    with pytest.raises(ValueError, match="differ in length"):
        module.count_near(x, y[:-1], REACH)
    with pytest.raises(BufferError):
        module.count_near(x.astype(np.float64), y, REACH)
    ask = getattr(sys, "_is_gil_enabled", None)
    free_threaded = "free-threading" in sys.version
    assert ask is None or ask() is not free_threaded
