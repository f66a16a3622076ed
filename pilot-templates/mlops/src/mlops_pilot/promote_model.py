"""The promotion step: challenger against champion on the newest held-out rows, the policy, the release; and back."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

import polars as pl

from mlops_pilot.data_steps import read_split
from mlops_pilot.errors import DATA, NO_INPUT, NO_PERMISSION, PilotError
from mlops_pilot.model import load
from mlops_pilot.project import Project
from mlops_pilot.promote import Approval, Decision, HeldOut, apply_policy, decide, summarize
from mlops_pilot.registry import (
    Champion,
    add_to_history,
    emit_release,
    history,
    model_folder,
    name_champion,
    now_text,
    read_champion,
    weights_sha256,
)
from mlops_pilot.track import name_tracked_champion
from mlops_pilot.train_model import fresh_rows, trained_version
from mlops_pilot.workdir import write_text


def promote_day(day: date, project: Project) -> tuple[str, str]:
    """The version that serves afterwards, and one line."""
    said = promote_version(trained_version(day, project), fresh_rows(read_split(day, project), project), project)
    champion = read_champion(project.work)
    return champion.version if champion else "", said


def promote_version(version: str, held_out: pl.DataFrame, project: Project, *, as_first: bool = False) -> str:
    """Judge, write the history, and when it won: alias, champion file, release event, in this order. One line.

    Every part of it can be done again: a promotion that was cut off is finished by the next one. Exit 69 when
    tracking is down; the champion stays.
    """
    work, champion = project.work, read_champion(project.work)
    if champion is not None and champion.version == version:
        _finish_release(champion, project)
        return f"{version} is the champion already"
    decision = _decide(version, None if as_first else champion, held_out, project)
    at = now_text()
    if decision.outcome == "promote":
        name_tracked_champion(project.config, work, version)
        name_champion(work, version, at, champion.version if champion else None)
    previous = champion.version if champion else None
    add_to_history(work, {"version": version, "at": at, "previous": previous, **summarize(decision)})
    if decision.outcome == "promote":
        emit_release(work, "model-promoted", version, previous, at, summarize(decision))
    return f"{version}: {decision.outcome}: {decision.reason}"


def approve(version: str, by: str, reason: str, project: Project) -> None:
    """A yes to these weights, by the person that pilot.json names; 77 for anybody else, 78 when nobody is named."""
    approver, work = project.config.policy.approver, project.work
    if approver is None:
        raise PilotError(DATA, "pilot.json names no policy.approver; there is nothing to approve.")
    if by != approver:
        raise PilotError(NO_PERMISSION, f"{by} may not approve; policy.approver is {approver}.")
    value = {"by": by, "at": now_text(), "reason": reason, "weightsSha256": weights_sha256(work, version)}
    write_text(work.state / "approvals" / f"{version}.json", json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def read_approval(version: str, project: Project) -> dict[str, Any] | None:
    try:
        text = (project.work.state / "approvals" / f"{version}.json").read_text(encoding="utf-8")
        value: dict[str, Any] = json.loads(text)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as cause:
        raise PilotError(DATA, f"the approval of {version} cannot be read ({type(cause).__name__}).") from cause
    return value


def roll_back(project: Project, by: str, reason: str, to: str | None = None) -> list[str]:
    """Serve `to`, or the version before, at once. First here, then in MLflow: its being down must not keep a bad one.

    Lines for a person. Exit 66 when there is no version to go back to.
    """
    work, champion = project.work, read_champion(project.work)
    if champion is None:
        raise PilotError(NO_INPUT, "no model has been promoted yet; there is nothing to roll back.")
    target = to or champion.previous
    if target is None:
        raise PilotError(NO_INPUT, f"{champion.version} was the first champion; there is none before it.")
    if target == champion.version:
        raise PilotError(NO_INPUT, f"{target} is the champion already.")
    load(model_folder(work, target))
    at = now_text()
    name_champion(work, target, at, _before(target, work))
    entry = {"version": target, "at": at, "previous": champion.version, "outcome": "rollback", "reason": reason}
    add_to_history(work, {**entry, "by": by})
    path = emit_release(work, "model-rolled-back", target, champion.version, at, {"by": by, "reason": reason})
    lines = [f"{target} serves again instead of {champion.version}; {path}"]
    try:
        name_tracked_champion(project.config, work, target)
    except PilotError as error:
        lines.append(f"the alias in MLflow was not moved: {error} Later: pilot champion --sync")
    return lines


def rolled_back(work: Any) -> set[str]:
    """Versions that people took out of service: they come back by a rollback to them, not by winning once more."""
    out: set[str] = set()
    for entry in history(work):
        if entry["outcome"] == "rollback":
            out.add(entry["previous"])
            out.discard(entry["version"])
    return out


def _decide(version: str, champion: Champion | None, held_out: pl.DataFrame, project: Project) -> Decision:
    challenger = load(model_folder(project.work, version))
    actual, clusters = held_out["label"].to_numpy(), held_out["entity"].to_numpy()
    scores = challenger.score(held_out.select(challenger.features).to_numpy())
    if champion is None:
        other = None
    else:
        reigning = load(model_folder(project.work, champion.version))
        missing = [name for name in reigning.features if name not in held_out.columns]
        if missing:
            raise PilotError(
                DATA,
                f"the champion {champion.version} needs {missing[0]}, which these features lack, so the two cannot be "
                "compared; pilot promote VERSION --as-first judges the challenger by the targets alone.",
            )
        other = reigning.score(held_out.select(reigning.features).to_numpy())
    decision = decide(scores, other, HeldOut(actual, clusters), project.config, seed=project.config.model.seed)
    if decision.outcome == "promote" and version in rolled_back(project.work):
        return Decision("refuse", f"it was rolled back before; pilot rollback --to {version}", decision.interval)
    found = read_approval(version, project)
    approval = None if found is None else Approval(found["by"], found["weightsSha256"])
    return apply_policy(decision, project.config, approval, challenger.card["weightsSha256"])


def _finish_release(champion: Champion, project: Project) -> None:
    """A promotion that was killed between the champion's file and the event: nothing is lost, nothing is sent twice."""
    work = project.work
    if not any(entry["version"] == champion.version for entry in history(work)):
        entry = {"version": champion.version, "at": champion.at, "previous": champion.previous, "outcome": "promote"}
        add_to_history(work, {**entry, "reason": "finished after it was cut off"})
    if not list(work.events.glob(f"*-{champion.version}.json")):
        emit_release(work, "model-promoted", champion.version, champion.previous, champion.at, asdict(champion))


def _before(version: str, work: Any) -> str | None:
    """What `version` replaced when it was promoted."""
    found = [entry for entry in history(work) if entry["version"] == version and entry["outcome"] == "promote"]
    return found[-1]["previous"] if found else None
