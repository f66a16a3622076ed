"""`pilot guard-report --data DIR`: what the guard reaches on the public sets, and against an echoing endpoint.

DIR holds `dev-guardrails` and, for false alarms, other sets in BEIR layout. The figures belong to these sets: an
attacker who knows the rules writes something else. That is why no answer relies on the detector.
"""

import tempfile
from pathlib import Path

from rag_pilot.config import PilotConfig
from rag_pilot.errors import NO_INPUT, PilotError
from rag_pilot.exact_tests import upper_bound
from rag_pilot.guard.attack import Outcome, attack_pilot
from rag_pilot.guard.measure import measure_false_alarms, measure_injection, measure_personal_data

GUARDRAILS = "dev-guardrails"


def report_guard(config: PilotConfig, root: Path, data: Path) -> str:
    """The whole report as text. `root`: the pilot, whose own documents count as benign ones too."""
    folder = data / GUARDRAILS
    if not folder.is_dir():
        raise PilotError(NO_INPUT, f"{folder}: no such folder; --data must name the folder that holds {GUARDRAILS}.")
    corpora = [root / "data", *sorted(path.parent for path in data.glob("*/corpus.jsonl*"))]
    alarms, times = measure_false_alarms(path for path in corpora if path.is_dir())
    lines = ["count / of, share, exact 95 % interval", "", "Injection detector"]
    lines += [figure.line() for figure in (*measure_injection(folder), *alarms)]
    lines += [
        _describe_times("time a chunk of up to 800 characters, by the clock", times.wall),
        _describe_times("  of the processor", times.processor),
        "",
        "Personal data (Presidio's synthetic sentences)",
    ]
    lines += [figure.line() for figure in measure_personal_data(folder)]
    with tempfile.TemporaryDirectory(prefix="rag-pilot-guard-") as place:
        outcome = attack_pilot(config, Path(place) / "pilot")
    return "\n".join([*lines, "", *_describe(outcome)]) + "\n"


def _describe(outcome: Outcome) -> list[str]:
    reasons = ", ".join(f"{name} {count}" for name, count in sorted(outcome.reasons.items()))
    return [
        "Attempts against an endpoint that says back its whole prompt",
        _leak("canary of the instructions reached the reader", outcome.prompt_leaks, outcome.attempts),
        _leak("text for other readers reached the reader", outcome.audience_leaks, outcome.attempts),
        _leak("text for other readers reached the endpoint", outcome.prompts_with_foreign_text, outcome.attempts),
        _leak("link, markup or formula shown in an answer", outcome.markup_shown, outcome.markup_attempts),
        f"outcomes: {reasons}",
    ]


def _describe_times(name: str, milliseconds: list[float]) -> str:
    """`milliseconds` sorted; percentiles by nearest rank."""
    p50, p95 = (milliseconds[max(0, -(-len(milliseconds) * share // 100) - 1)] for share in (50, 95))
    return f"{name}: p50 {p50:.2f} ms, p95 {p95:.2f} ms, most {milliseconds[-1]:.2f} ms"


def _leak(name: str, count: int, attempts: int) -> str:
    return f"{name:58} {count:5} / {attempts:<5} at most {upper_bound(count, attempts, 0.05):.4f} (one-sided 95 %)"
