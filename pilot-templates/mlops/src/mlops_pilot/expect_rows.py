"""Great Expectations, and nothing else of it: a list of expectations over a bounded frame, failures with their rows.

It has no engine for Polars, so a frame becomes one of pandas; a day, not a history. Nothing leaves the machine: its
usage statistics are off, and its context lives in memory only.
"""

import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

SHOWN_ROWS = 5


@dataclass(frozen=True)
class Wish:
    """One expectation by its name in Great Expectations, for example `expect_column_values_to_be_unique`."""

    expectation: str
    column: str
    options: dict[str, Any]


@dataclass(frozen=True)
class Failure:
    """`count`: rows that break it, null where the table as a whole does. `rows`: positions of the first, from 0."""

    expectation: str
    column: str
    count: int | None
    rows: list[int]
    observed: str


def expect_rows(frame: pl.DataFrame, wishes: Sequence[Wish]) -> list[Failure]:
    """What of `wishes` the frame breaks, in their order."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with warnings.catch_warnings():
        # Deprecations between it, marshmallow and pandas; nothing here can change them.
        warnings.simplefilter("ignore")
        import great_expectations as gx

        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False}
        suite = gx.ExpectationSuite(name="day")
        for index, wish in enumerate(wishes):
            made = getattr(gx.expectations, _class_name(wish.expectation))
            suite.add_expectation(made(**wish.options, meta={"index": index}))
        asset = context.data_sources.add_pandas("rows").add_dataframe_asset("day")
        whole = asset.add_batch_definition_whole_dataframe("all")
        # Without a named index it gives back positions.
        batch = whole.get_batch({"dataframe": frame.to_pandas()})
        result = batch.validate(suite, result_format={"result_format": "COMPLETE"})
    found = {outcome.expectation_config.meta["index"]: outcome for outcome in result.results if not outcome.success}
    return [_describe(wishes[index], found[index]) for index in sorted(found)]


def _class_name(expectation: str) -> str:
    return "".join(part.capitalize() for part in expectation.split("_"))


def _describe(wish: Wish, outcome: Any) -> Failure:
    raised = [said for said in map(_raised, _infos(outcome.exception_info or {})) if said]
    if raised:
        return Failure(wish.expectation, wish.column, None, [], f"could not be judged: {raised[0]}")
    result = outcome.result
    positions = sorted({int(item) for item in result.get("unexpected_index_list") or []})
    count = len(positions) if positions else None
    observed = result.get("observed_value", result.get("unexpected_count"))
    return Failure(wish.expectation, wish.column, count, positions[:SHOWN_ROWS], str(observed))


def _infos(exception_info: dict[str, Any]) -> list[dict[str, Any]]:
    """Either one report, or one a metric."""
    if "raised_exception" in exception_info:
        return [exception_info]
    return [info for info in exception_info.values() if isinstance(info, dict)]


def _raised(info: dict[str, Any]) -> str:
    return str(info.get("exception_message") or "an error") if info.get("raised_exception") else ""
