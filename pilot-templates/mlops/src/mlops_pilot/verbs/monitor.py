"""`pilot monitor`"""

import argparse
from datetime import UTC, date, datetime

ALERT = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="default: the newest good day")
    parser.add_argument("--today", type=date.fromisoformat, metavar="YYYY-MM-DD", help="for freshness; default: today")


def run(options: argparse.Namespace) -> int:
    """Exit 1 when one of them calls somebody."""
    from mlops_pilot.errors import NO_INPUT, PilotError
    from mlops_pilot.ingest import accepted_days
    from mlops_pilot.monitors import raise_alert, watch_drift, watch_freshness, watch_volume
    from mlops_pilot.project import open_project

    project = open_project(options)
    days = accepted_days(project.work, date(1, 1, 1), date(9999, 12, 31))
    if not days:
        raise PilotError(NO_INPUT, "no day has passed its check yet; run: pilot setup.")
    day = options.day or date.fromisoformat(days[-1].day)
    today = options.today or datetime.now(UTC).date()
    findings = [watch_drift(day, project), watch_freshness(today, project), watch_volume(day, project)]
    for finding in findings:
        path = raise_alert(day, finding, project)
        where = f" [{path}]" if finding.alarms else ""
        print(f"{finding.monitor:10} {'ALERT' if finding.alarms else 'ok':6} {finding.said}{where}", flush=True)  # noqa: T201
    return ALERT if any(finding.alarms for finding in findings) else 0
