"""What the hand-over documents name exists."""

import re
from pathlib import Path

import pytest

from rag_pilot.meters import Meters
from rag_pilot.tally import Tally

ROOT = Path(__file__).parents[2]
HANDOVER = ROOT / "handover"
# The app writes these at the hand-out; a bare template has none of them.
WRITTEN = {"charter.md", "owners.md", "decision.json", "plan.json", "targets.json", "manifest.json"}
OURS = sorted(path for path in HANDOVER.rglob("*.md") if path.name not in WRITTEN)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        assert target in WRITTEN or (path.parent / target).is_file(), target


def test_every_document_is_on_the_list_of_days() -> None:
    listed = set(re.findall(r"\]\(([^)]+)\)", (HANDOVER / "README.md").read_text(encoding="utf-8")))
    assert {path.relative_to(HANDOVER).as_posix() for path in OURS} - {"README.md"} == listed


def test_every_module_in_the_list_of_skills_is_there() -> None:
    names = re.findall(r"`([\w/]+\.py|[\w]+/)`", (HANDOVER / "owners-by-skill.md").read_text(encoding="utf-8"))
    assert names
    for name in names:
        assert any((folder / name).exists() for folder in (ROOT, ROOT / "src" / "rag_pilot")), name


def test_every_figure_of_the_runbook_is_one_that_the_server_gives() -> None:
    tally = Tally()
    tally.add("refused_thin_evidence")
    given = Meters(1, 1, tally).expose().decode()
    named = set(re.findall(r"pilot_\w+", (HANDOVER / "runbook.md").read_text(encoding="utf-8")))
    assert named
    assert [
        name for name in named if f"# TYPE {name.removesuffix('_total')}" not in given and f"# TYPE {name}" not in given
    ] == []
