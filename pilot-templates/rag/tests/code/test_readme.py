"""What the README names exists."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_make_target_in_the_readme_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)", README)) - {"turns"} <= targets


def test_every_section_of_pilot_json_is_explained() -> None:
    explained = set(re.findall(r"^\| `(\w+)[`.]", README, re.MULTILINE))
    sections = {
        key for key, value in json.loads((ROOT / "pilot.json").read_text()).items() if isinstance(value, dict | list)
    }
    assert sections | {"device"} <= explained


def test_every_file_the_readme_names_is_there() -> None:
    for name in re.findall(r"`((?:contract|src)/[\w./-]+)`", README):
        assert (ROOT / name).is_file(), name
