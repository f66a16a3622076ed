"""`report.md`: the report for people."""

from rag_pilot.error_taxonomy import tabulate_errors
from rag_pilot.gate import judge_report, overall
from rag_pilot.metrics import nearest_rank
from rag_pilot.report import Metric, Report
from rag_pilot.seal_plan import seal_plan


def describe_report(report: Report) -> str:
    verdicts = judge_report(report)
    lines = [
        f"# Benchmark {report.runId}",
        "",
        f"{report.startedAt} to {report.finishedAt}, preset {report.preset}, data `{_inline(report.data.name)}`: "
        f"{report.data.documents} documents, {report.data.chunks} chunks, {report.data.questions} questions.",
    ]
    if report.outcome.status == "failed":
        lines += ["", f"**Stopped in {report.outcome.stage}**: {_inline(report.outcome.reason)}"]
    lines += [
        "",
        f"## Gate: {overall(verdicts)}",
        "",
        "| target | value | verdict | because |",
        "|---|---|---|---|",
    ]
    for item in verdicts:
        sign = ">" if item.target.comparison == "gt" else "<"
        value = "none" if item.value is None else f"{item.value:.4g}"
        goal = f"{item.target.metric} {sign} {item.target.value:g}"
        lines.append(f"| {goal} | {value} | {item.verdict} | {_inline(item.reason)} |")
    lines += ["", _describe_plan(report)]
    lines += ["", "## Figures", "", "| metric | value | out of | method |", "|---|---|---|---|"]
    lines += [_metric_row(metric) for metric in report.metrics]
    lines += [
        "",
        "## Stages, without load",
        "",
        "| stage | side | calls | wall ms a call | processor ms a call |",
    ]
    lines.append("|---|---|---|---|---|")
    for stage in report.stages:
        wall, cpu = stage.wallMs / stage.calls, stage.cpuMs / stage.calls
        lines.append(f"| {stage.name} | {stage.side} | {stage.calls} | {wall:.3f} | {cpu:.3f} |")
    if report.requests:
        lines += ["", "## Load generator", "", describe_pacing(report)]
    lines += ["", "## Wrong answers", "", _describe_errors(report)]
    lines += ["", "## How answers were judged", "", report.data.answerRule]
    lines += ["", "## Not run", "", *(f"- {item.what}: {item.why}" for item in report.notRun), ""]
    return "\n".join(lines)


def _describe_plan(report: Report) -> str:
    """Which sample was going to judge what, and its seal: it follows from what stood before the run."""
    config = report.config
    plan, sha256 = seal_plan(report.preset, report.configSha256, config.targets, config.workload, report.data.questions)
    tests = ", ".join(
        f"{test['metric']} at alpha {test['alpha']:g} over {test['n']} {test['unit']}" for test in plan["tests"]
    )
    return f"Plan `{sha256}`: {tests}. Seed {plan['seed']}; nothing is looked at before the last answer."


def describe_pacing(report: Report) -> str:
    """Did the load arrive as promised? Sent against scheduled, per run, over all runs."""
    delays = [request.sentMs - request.scheduledMs for request in report.requests]
    sent = scheduled = 0.0
    for run in range(len(report.runSeconds)):
        records = [request for request in report.requests if request.run == run]
        sent += max(record.sentMs for record in records)
        scheduled += max(record.scheduledMs for record in records)
    achieved = scheduled / sent if sent else 0.0
    p99 = nearest_rank(delays, 99) or 0.0
    said = f"Sent at {achieved:.1%} of the scheduled rate; p99 delay of a send {p99:.2f} ms."
    if achieved < 0.98 or p99 > 5:
        said += " The machine was too busy to keep the schedule: treat the latencies with care."
    return said


def _metric_row(metric: Metric) -> str:
    value = "none" if metric.value is None else f"{metric.value:.4g} {metric.unit}"
    return f"| {metric.name} | {value} | {'' if metric.outOf is None else metric.outOf} | {_inline(metric.method)} |"


def _describe_errors(report: Report) -> str:
    rows = tabulate_errors(report.questions)
    if not rows:
        return "None."
    lines = ["| class | cause | count | for example |", "|---|---|---|---|"]
    lines += [f"| {row.error_class} | {row.cause} | {row.count} | {_inline(', '.join(row.examples))} |" for row in rows]
    return "\n".join(lines)


def _inline(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("`", "'")
