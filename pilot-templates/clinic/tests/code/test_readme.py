"""What the README names exists, and what exists is named."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from clinic_pilot.cli import main
from clinic_pilot.config import ClinicConfig

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
# Written by tools; nobody sets them.
NOT_SET_BY_HAND = {"schemaVersion", "template", "templateVersion", "projectId"}


def test_every_make_target_is_named() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"make ([a-z-]+)", README)) - {"turns"} == targets


def test_every_flag_of_the_bench_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["bench", "--help"])
    flags = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help", "--dir", "--debug", "--config", "--out"}
    assert flags == {flag for flag in flags if f"`{flag}" in README}


def keys(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield name
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from keys(field.annotation)


def test_every_key_of_pilot_json_is_explained() -> None:
    table = README[README.index("## Configuration") :]
    explained = set(re.findall(r"\w+", " ".join(re.findall(r"`([\w.]+)`", table))))
    assert set(keys(ClinicConfig)) - NOT_SET_BY_HAND <= explained


def test_every_file_the_readme_names_is_there() -> None:
    named = re.findall(r"`((?:contract|src|native|handover|\.github)/[\w./-]+)`", README)
    assert named
    for name in named:
        assert (ROOT / name).exists(), name


def test_every_link_of_the_handover_leads_somewhere() -> None:
    for path in (ROOT / "handover").glob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).is_file(), target
