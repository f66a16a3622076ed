"""Which version is the champion: a local file, so that serving depends on nothing that can be down.

MLflow's aliases mirror it (`track.py`). Every decision is a line of the history.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mlops_pilot.errors import DATA, NO_INPUT, PilotError
from mlops_pilot.model import read_card
from mlops_pilot.workdir import Workdir, write_text

MODEL_NAME = "pilot-model"


@dataclass(frozen=True)
class Champion:
    """`previous`: the version that a rollback goes back to."""

    version: str
    at: str
    sha256: str
    previous: str | None


def now_text() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def model_folder(work: Workdir, version: str) -> Path:
    """66 when there is no such version. A version is a name, never a path."""
    folder = work.models / version
    if "/" in version or version in ("", ".", "..") or not folder.is_dir():
        raise PilotError(NO_INPUT, f"there is no model {version} in {work.models}.")
    return folder


def read_champion(work: Workdir) -> Champion | None:
    value = _read(work.models / "champion.json")
    return None if value is None else Champion(value["version"], value["at"], value["sha256"], value["previous"])


def champion_folder(work: Workdir) -> Path:
    """66 before the first promotion."""
    champion = read_champion(work)
    if champion is None:
        raise PilotError(NO_INPUT, "no model has been promoted yet; run: pilot train, then pilot promote.")
    return model_folder(work, champion.version)


def name_champion(work: Workdir, version: str, at: str, previous: str | None) -> None:
    value = {"version": version, "at": at, "sha256": weights_sha256(work, version), "previous": previous}
    _write(work.models / "champion.json", value)


def weights_sha256(work: Workdir, version: str) -> str:
    return str(read_card(model_folder(work, version))["weightsSha256"])


def history(work: Workdir) -> list[dict[str, Any]]:
    """[{version, at, outcome, reason, ...}], oldest first."""
    value = _read(work.models / "history.json")
    return [] if value is None else list(value["decisions"])


def add_to_history(work: Workdir, entry: Mapping[str, object]) -> None:
    """An entry that says the same as the last one is not repeated: a day that runs twice changes nothing."""
    known = history(work)
    if known and {**known[-1], "at": None} == {**entry, "at": None}:
        return
    _write(work.models / "history.json", {"decisions": [*known, dict(entry)]})


def emit_release(work: Workdir, kind: str, version: str, previous: str | None, at: str, metric: object) -> Path:
    """`.pilot/events/<at>-<kind>-<version>.json`: the body of a GitHub repository_dispatch, to be posted as it is.

    `kind`: model-promoted or model-rolled-back. GitHub takes at most ten keys in the payload.
    """
    card = read_card(model_folder(work, version))
    payload = {
        "version": version,
        "previous": previous,
        "weightsSha256": card["weightsSha256"],
        "rowsSha256": card["rowsSha256"],
        "configSha256": card["configSha256"],
        "codeSha256": card["codeSha256"],
        "metric": metric,
        "at": at,
    }
    path = work.events / f"{at.replace(':', '')}-{kind}-{version}.json"
    _write(path, {"event_type": kind, "client_payload": payload})
    return path


def _read(path: Path) -> dict[str, Any] | None:
    try:
        value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as cause:
        raise PilotError(DATA, f"{path}: cannot be read ({type(cause).__name__}).") from cause
    return value


def _write(path: Path, value: object) -> None:
    write_text(path, json.dumps(value, indent=2, ensure_ascii=False) + "\n")
