"""The champion and what it needs to serve, out of the pipeline's state into release/, for the image.

With --event the champion must be the one that a release event names, weights and all: exit 65 otherwise.
"""

import argparse
import json
import shutil
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from mlops_pilot.config import load_config
from mlops_pilot.errors import DATA, NO_INPUT, PilotError
from mlops_pilot.ingest import accepted_days
from mlops_pilot.model import load
from mlops_pilot.registry import champion_folder
from mlops_pilot.workdir import Workdir

KINDS = ("model-promoted", "model-rolled-back")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dir", type=Path, default=Path())
    parser.add_argument("--state", type=Path, help="instead of .pilot")
    parser.add_argument("--event", type=Path, help="a repository_dispatch event, as .pilot/events or GitHub keeps it")
    parser.add_argument("--out", type=Path, help="instead of release")
    options = parser.parse_args()
    try:
        version = pack(options.dir, Workdir(options.state or options.dir / ".pilot"), options.event, options.out)
    except PilotError as error:
        print(f"pack_release: {error}", file=sys.stderr)
        return error.exit_code
    print(f"{version} is in {options.out or options.dir / 'release'}")
    return 0


def pack(root: Path, work: Workdir, event: Path | None, out: Path | None) -> str:
    config, folder = load_config(root / "pilot.json"), champion_folder(work)
    scorer, target = load(folder), out or root / "release"
    if event is not None:
        check_event(event, folder.name, str(scorer.card["weightsSha256"]))
    days = accepted_days(work, date(1, 1, 1), date(9999, 12, 31))
    if not days:
        raise PilotError(NO_INPUT, "no day has passed its check yet; run: pilot setup.")
    reach = max(config.features.windowsDays, default=0) + config.data.delayDays + 1
    first = (date.fromisoformat(days[-1].day) - timedelta(days=reach)).isoformat()
    with tempfile.TemporaryDirectory(dir=root) as draft:
        made = Workdir(Path(draft, "release"))
        shutil.copytree(folder, made.models / folder.name)
        for name in ("champion.json", "history.json"):
            shutil.copy2(work.models / name, made.models / name)
        for path in (work.features(str(scorer.card.get("day"))),):
            if path.is_file():
                made.features("x").parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, made.features(path.stem))
        made.snapshot("x").parent.mkdir(parents=True, exist_ok=True)
        for each in days:
            if each.day >= first:
                shutil.copy2(work.snapshot(each.day), made.snapshot(each.day))
                shutil.copy2(work.snapshot_record(each.day), made.snapshot_record(each.day))
        if target.exists():
            shutil.rmtree(target)
        made.state.rename(target)
    return folder.name


def check_event(path: Path, version: str, weights_sha256: str) -> None:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        # GitHub calls the kind `action` where it was sent as `event_type`.
        kind, payload = value.get("event_type", value.get("action")), value["client_payload"]
        named, weights = payload["version"], payload["weightsSha256"]
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as cause:
        raise PilotError(DATA, f"{path}: is no release event ({type(cause).__name__}).") from cause
    if kind not in KINDS:
        raise PilotError(DATA, f"{path}: {kind} is no release event.")
    if named != version:
        raise PilotError(DATA, f"the event is of {named}, but {version} is the champion here.")
    if weights != weights_sha256:
        raise PilotError(DATA, f"{version} here has not the weights that the event names.")


if __name__ == "__main__":
    sys.exit(main())
