"""`report.md`: the report for people."""

from collections.abc import Mapping
from statistics import median

from clinic_pilot.advise import advise, measure_busy_share
from clinic_pilot.gate import judge_report, overall
from clinic_pilot.report import ExampleRecord, Report
from clinic_pilot.speed_ups import list_ratios

TITLES = {
    "waiting": "Waiting: calls to a slow service",
    "computing": "Computing: tasks in plain Python",
    "hot_function": "One hot function",
    "workload": "Your workload",
}


def describe_report(report: Report, first_ms: Mapping[str, float]) -> str:
    """`first_ms`: first calls by variant, which are in no figure."""
    verdicts = judge_report(report)
    machine = report.fingerprint
    lock = {True: "on", False: "off", None: "unknown"}[machine.gilEnabled]
    lines = [
        f"# Clinic {report.runId}",
        "",
        f"{report.startedAt} to {report.finishedAt}. {machine.cpu or 'Unknown processor'}, "
        f"{machine.cores or '?'} cores, {machine.python}, interpreter lock {lock} after all imports. "
        f"{report.config.rounds} rounds, in each of which every variant ran once in a drawn order.",
    ]
    if report.outcome.status == "failed":
        lines += ["", f"**Stopped in {report.outcome.stage}**: {inline(report.outcome.reason)}"]
    lines += ["", f"## Gate: {overall(verdicts)}", "", "| target | median | verdict | because |", "|---|---|---|---|"]
    for item in verdicts:
        sign = ">" if item.target.comparison == "gt" else "<"
        value = "none" if item.value is None else f"{item.value:.3g} x"
        goal = f"{item.target.metric} {sign} {item.target.value:g}"
        lines.append(f"| {goal} | {value} | {item.verdict} | {inline(item.reason)} |")
    lines += ["", "## What it means", ""]
    lines += [f"- {paragraph}" for paragraph in advise(report)] or ["Nothing was measured."]
    for example in report.examples:
        lines += ["", f"## {TITLES[example.id]}", "", *_tabulate(example)]
    if slow := _list_slow_first_calls(report, first_ms):
        lines += ["", "## First calls, in no figure", "", *slow]
    lines += ["", "## Not run", "", *(f"- {item.what}: {inline(item.why)}" for item in report.notRun), ""]
    return "\n".join(lines)


def inline(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("`", "'").replace("<", "&lt;")


def _tabulate(example: ExampleRecord) -> list[str]:
    base = example.variants[0]
    lines = [f"| variant | workers | wall ms | fastest to slowest | cores busy | times {base.name} |"]
    lines.append("|---|---|---|---|---|---|")
    for item in example.variants:
        spread = f"{min(item.wallMs):.3g} to {max(item.wallMs):.3g}"
        ratio = median(list_ratios(base.wallMs, item.wallMs))
        workers = "" if item.workers is None else item.workers
        busy = measure_busy_share(item)
        lines.append(f"| {item.name} | {workers} | {median(item.wallMs):.4g} | {spread} | {busy:.2f} | {ratio:.3g} |")
    return lines


def _list_slow_first_calls(report: Report, first_ms: Mapping[str, float]) -> list[str]:
    """Those that took at least twice as long as the slowest later call: compiling, starting, filling caches."""
    lines = []
    for example in report.examples:
        for item in example.variants:
            label = item.name if item.workers is None else f"{item.name} {item.workers}"
            first = first_ms.get(label)
            if first is not None and first > 2 * max(item.wallMs):
                lines.append(f"- {example.id} {label}: {first:.4g} ms, later {median(item.wallMs):.3g} ms")
    return lines
