"""The model card: what a person needs to know before they trust the model. Every figure is from the model's files."""

from collections.abc import Mapping, Sequence
from typing import Any

from mlops_pilot.config import MlopsConfig


def write_model_card(
    card: Mapping[str, Any],
    evaluation: Mapping[str, Any] | None,
    decisions: Sequence[Mapping[str, Any]],
    config: MlopsConfig,
) -> str:
    """Markdown. `decisions`: those of this version."""
    parts = [
        f"# Model card: {card['version']}",
        f"Belongs to: {config.title}. Predicts `{config.data.label}` of a row of {config.data.name}.",
        "## What it is for",
        f"It orders rows so that people look at the {config.alerts.budgetPerDay} highest of a day. It decides nothing "
        "by itself: an alert is a reason to look, not a verdict about a person.",
        "## What it learnt from",
        _table(
            [
                ("Rows", f"{card['rows']:,}"),
                ("Positive rows", f"{card['positives']:,} ({card['positives'] / card['rows']:.2%})"),
                ("First event", card["trainFrom"]),
                ("Last event", card["trainTo"]),
                ("Days with a snapshot", str(len(card["snapshots"]))),
                ("Labels are known after", f"{config.data.delayDays} days"),
                ("Hash of the rows", f"`{card['rowsSha256']}`"),
            ]
        ),
        "## How well it does",
        _quality(evaluation),
        "## What it is",
        _table(
            [
                ("Kind", f"{card['architecture']['kind']}, hidden {card['architecture']['hidden']}"),
                ("Networks averaged", str(card["architecture"]["members"])),
                ("Epochs and seed", f"{card['epochs']}, {card['seed']}"),
                ("Precision and device", f"{card['precision']}, {card['device']}"),
                ("torch", card["torch"]),
                ("Hash of the weights", f"`{card['weightsSha256']}`"),
                ("Hash of the code", f"`{card['codeSha256']}`"),
                ("Hash of the settings", f"`{card['configSha256']}`"),
            ]
        ),
        "Features, in the order of the matrix: " + ", ".join(f"`{name}`" for name in card["features"]) + ".",
        "## What was decided",
        "\n".join(f"- {entry['at']}: {entry['outcome']}: {entry['reason']}" for entry in decisions)
        or "Nothing yet: it was trained and not judged against a champion.",
        "## What it cannot do",
        "- It knows patterns of its training days only. Drift is watched, not prevented.\n"
        "- Rows of an entity that was known as compromised are not in its figures: for those nobody needs it.\n"
        "- Its probabilities rest on the training days' share of positives. Where that changes, they are off.\n"
        "- Quality by groups of people was not measured: the data hold none. Measure it before decisions about people.",
    ]
    return "\n\n".join(parts) + "\n"


def _quality(evaluation: Mapping[str, Any] | None) -> str:
    if evaluation is None:
        return "Not measured on held-out rows."
    metrics, own = evaluation["metrics"], evaluation["averagePrecision"]
    over = evaluation["overLogistic"]
    rows = [
        ("Held-out rows", f"{evaluation['rows']:,}, {evaluation['positives']:,} positive"),
        ("Average precision", _interval(own)),
        ("No skill would be", f"{metrics['shareOfPositives']:.4f}"),
        ("Logistic regression", f"{metrics['logisticAveragePrecision']:.4f}"),
        ("Boosted trees", f"{metrics['boostingAveragePrecision']:.4f}"),
        ("More than logistic regression by", _interval(over)),
        ("Recall at the alert budget", f"{metrics['recallAtBudget']:.4f}"),
        ("Precision of the 100 highest entities a day", f"{metrics['cardPrecisionAt100']:.4f}"),
    ]
    return _table(rows)


def _interval(value: Mapping[str, float]) -> str:
    return f"{value['value']:.4f} ({value['low']:.4f} to {value['high']:.4f}, {value['confidence']:.0%})"


def _table(rows: Sequence[tuple[str, str]]) -> str:
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])
