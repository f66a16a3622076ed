"""`report.md`: the report for people."""

from mlops_pilot.figures import nearest_rank
from mlops_pilot.gate import judge_report, overall
from mlops_pilot.report import Report
from mlops_pilot.seal_plan import seal_plan


def describe_report(report: Report) -> str:
    verdicts, data = judge_report(report), report.data
    positives = "" if data.positives is None else f", {data.positives:,} positive"
    lines = [
        f"# Benchmark {report.runId}",
        "",
        f"{report.startedAt} to {report.finishedAt}, preset {report.preset}, data `{_inline(data.name)}`: trained on "
        f"{data.trainFrom} to {data.trainTo}, judged on {data.testFrom} to {data.testTo}, "
        f"{data.rows:,} rows{positives}.",
    ]
    if report.outcome.status == "failed":
        lines += ["", f"**Stopped in {report.outcome.stage}**: {_inline(report.outcome.reason)}"]
    lines += ["", f"## Gate: {overall(verdicts)}", "", "| target | value | verdict | because |", "|---|---|---|---|"]
    for item in verdicts:
        sign = ">" if item.target.comparison == "gt" else "<"
        value = "none" if item.value is None else f"{item.value:.4g}"
        goal = f"{item.target.metric} {sign} {item.target.value:g}"
        lines.append(f"| {goal} | {value} | {item.verdict} | {_inline(item.reason)} |")
    _, sha256 = seal_plan(report.preset, report.configSha256, report.config)
    lines += ["", f"Plan `{sha256}`, fixed before the run; nothing is looked at before the last answer."]
    lines += ["", "## Figures", "", "| metric | value | out of | method |", "|---|---|---|---|"]
    for metric in report.metrics:
        value = "none" if metric.value is None else f"{metric.value:.4g} {metric.unit}"
        out_of = "" if metric.outOf is None else metric.outOf
        lines.append(f"| {metric.name} | {value} | {out_of} | {_inline(metric.method)} |")
    lines += [
        "",
        "## Stages",
        "",
        "| stage | side | calls | wall ms a call | processor ms a call |",
        "|---|---|---|---|---|",
    ]
    for stage in report.stages:
        wall, cpu = stage.wallMs / stage.calls, stage.cpuMs / stage.calls
        lines.append(f"| {stage.name} | {stage.side} | {stage.calls} | {wall:.3f} | {cpu:.3f} |")
    if report.requests:
        lines += ["", "## Load generator", "", describe_pacing(report)]
    lines += ["", "## Not run", "", *(f"- {item.what}: {item.why}" for item in report.notRun), ""]
    return "\n".join(lines)


def describe_pacing(report: Report) -> str:
    """Did the load arrive as promised?"""
    p99 = nearest_rank([request.sentMs - request.scheduledMs for request in report.requests], 99)
    return "No request was sent." if p99 is None else f"p99 delay of a send {p99:.2f} ms."


def _inline(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("`", "'")
