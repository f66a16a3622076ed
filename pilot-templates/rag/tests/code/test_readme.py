"""What the README names exists, and what exists is named."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from rag_pilot.cli import main
from rag_pilot.config import PilotConfig

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
# Written by tools; nobody sets them.
NOT_SET_BY_HAND = {"schemaVersion", "template", "templateVersion", "projectId"}


def test_every_make_target_in_the_readme_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`?make ([a-z-]+)`?", README)) - {"turns"}
    assert named <= targets
    assert targets - named == {"extras"}


def test_every_verb_of_the_command_is_in_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    verbs = set(re.findall(r"^    ([a-z-]+) ", capsys.readouterr().out, re.MULTILINE))
    assert len(verbs) > 5
    assert [verb for verb in sorted(verbs) if f"pilot {verb}" not in README and f"make {verb}" not in README] == []


@pytest.mark.parametrize("flag", sorted(set(re.findall(r"`(?:[a-z. ]+)?(--[a-z][a-z-]+)", README))))
def test_every_flag_in_the_readme_is_one(flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = ""
    for verb in ("run", "bench"):
        with pytest.raises(SystemExit):
            main([verb, "--help"])
        shown += capsys.readouterr().out
    # Of mlflow, not of the pilot.
    assert flag in shown or flag == "--backend-store-uri"


def keys(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield name
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from keys(field.annotation)


def test_every_key_of_pilot_json_is_explained() -> None:
    table = README[README.index("## Configuration") : README.index("## The interface")]
    explained = set(re.findall(r"[\w]+", " ".join(re.findall(r"`([\w.]+)`", table)).replace(".", " ")))
    assert set(keys(PilotConfig)) - NOT_SET_BY_HAND <= explained


def test_every_choice_of_pilot_json_is_named() -> None:
    table = README[README.index("## Configuration") : README.index("## The interface")]
    schema = json.loads((ROOT / "contract" / "pilot.schema.json").read_text())["properties"]
    choices = {
        choice
        for section in ("retrieval", "answer", "guard")
        for value in schema[section]["properties"].values()
        for choice in value.get("enum", [])
    }
    assert len(choices) > 15
    assert [choice for choice in sorted(choices) if f"`{choice}`" not in table] == []


def test_every_path_of_the_interface_is_in_the_table() -> None:
    source = (ROOT / "src" / "rag_pilot" / "serve.py").read_text(encoding="utf-8")
    served = {f"{verb.upper()} {path}" for verb, path in re.findall(r'@app\.(get|post)\("(/[\w/]*)"\)', source)}
    assert served - {"GET /"} == set(re.findall(r"^\| `((?:GET|POST) /[\w/]+)` \|", README, re.MULTILINE))


def test_every_file_the_readme_names_is_there() -> None:
    for name in re.findall(r"`((?:contract|src|deploy|handover|\.github)/[\w./-]+)`", README):
        assert (ROOT / name).exists(), name
