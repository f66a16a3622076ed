"""The audit pack: one zip from which an outsider rebuilds the story of one version. The same bytes every time."""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mlops_pilot.model import CARD, WEIGHTS, read_card
from mlops_pilot.model_card import write_model_card
from mlops_pilot.project import Project
from mlops_pilot.promote_model import read_approval
from mlops_pilot.registry import history, model_folder
from mlops_pilot.train_model import EVALUATION
from mlops_pilot.workdir import write_whole

# The same on every machine and in every time zone.
_MOMENT = (2020, 1, 1, 0, 0, 0)


def write_audit_pack(version: str, project: Project, path: Path, tracked: Mapping[str, Any] | None) -> Path:
    """`tracked`: what MLflow knows of it (`track.tracked_facts`), None when it was not asked or knows nothing."""
    files = collect_files(version, project, tracked)
    index = {
        "version": version,
        "story": tell_story(version, project, files),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    files["index.json"] = _json(index)
    with write_whole(path) as draft, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            pack.writestr(entry, content)
    return path


def collect_files(version: str, project: Project, tracked: Mapping[str, Any] | None) -> dict[str, bytes]:
    work, folder = project.work, model_folder(project.work, version)
    card, approval = read_card(folder), read_approval(version, project)
    decisions = _decisions(version, project)
    evaluation = _read(folder / EVALUATION)
    files = {
        "model-card.md": write_model_card(card, evaluation, decisions, project.config).encode(),
        "decisions.json": _json(decisions),
        "pilot.json": _json(project.config.model_dump(mode="json")),
        "tracking.json": _json(tracked),
    }
    if approval is not None:
        files["approval.json"] = _json(approval)
    for name in (CARD, WEIGHTS, EVALUATION):
        if (folder / name).is_file():
            files[f"model/{name}"] = (folder / name).read_bytes()
    # The rows themselves stay where they are: the pack holds their hashes, and no customer's data leaves with it.
    for day in card["snapshots"]:
        if work.snapshot_record(day).is_file():
            files[f"snapshots/{day}.json"] = work.snapshot_record(day).read_bytes()
    for path in sorted(work.events.glob(f"*-{version}.json")):
        files[f"events/{path.name}"] = path.read_bytes()
    lock = project.root / "uv.lock"
    if lock.is_file():
        files["uv.lock"] = lock.read_bytes()
    return files


def tell_story(version: str, project: Project, files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """From the data to the release, each step with the files that show it and the hashes that tie it to the next."""
    card = read_card(model_folder(project.work, version))
    story: list[dict[str, Any]] = [
        {"step": "data", "snapshots": card["snapshots"], "rowsSha256": card["rowsSha256"], "rows": card["rows"]},
        {"step": "code", "codeSha256": card["codeSha256"], "configSha256": card["configSha256"], "seed": card["seed"]},
        {"step": "training", "file": f"model/{CARD}", "weightsSha256": card["weightsSha256"], "torch": card["torch"]},
    ]
    if f"model/{EVALUATION}" in files:
        story.append({"step": "evaluation", "file": f"model/{EVALUATION}"})
    if "approval.json" in files:
        story.append({"step": "approval", "file": "approval.json"})
    story += [
        {"step": "decision", "at": entry["at"], "outcome": entry["outcome"], "reason": entry["reason"]}
        for entry in _decisions(version, project)
    ]
    story += [{"step": "release", "file": name} for name in sorted(files) if name.startswith("events/")]
    return story


def _decisions(version: str, project: Project) -> list[dict[str, Any]]:
    """Those about it, and the one that took it out of service."""
    return [entry for entry in history(project.work) if version in (entry["version"], entry.get("previous"))]


def _read(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return value


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()
