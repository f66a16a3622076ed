"""What a request may say. An error names row and column and never repeats the value."""

import json
import math
import re
from datetime import datetime
from typing import Any

from mlops_pilot.config import Data, MlopsConfig
from mlops_pilot.door import Refusal
from mlops_pilot.parse_rows import TIME_SHAPE

MOST_CHARACTERS = 200
# Room for a row in JSON: names and values of its columns, escaped.
BYTES_OF_ROW = 4_096


def asked_columns(data: Data) -> list[str]:
    """Of a row in a request: all columns of the source but the label."""
    amount = [] if data.amount is None else [data.amount]
    return [data.key, data.time, *data.entities, *amount, *data.numbers, *data.categories]


def read_rows(content: bytes, config: MlopsConfig) -> list[dict[str, Any]]:
    """`{"rows": [{...}]}` -> rows with typed values; 400 for what is no JSON, 413 for too many rows, else 422."""
    try:
        value = json.loads(content, parse_constant=_refuse_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Refusal(400, "BODY_NOT_JSON", "The request is not valid JSON, or says a key twice.") from None
    if not isinstance(value, dict) or set(value) != {"rows"} or not isinstance(value["rows"], list):
        raise Refusal(422, "BODY_INVALID", 'The request must be {"rows": [...]} and nothing else.')
    rows, most = value["rows"], config.serving.maxRows
    if not rows:
        raise Refusal(422, "BODY_INVALID", "rows: at least one row is needed.")
    if len(rows) > most:
        raise Refusal(413, "ROWS_TOO_MANY", f"rows: at most {most} rows are scored at once.")
    read = [_read_row(row, at, config) for at, row in enumerate(rows)]
    if len({row[config.data.key] for row in read}) < len(read):
        raise Refusal(422, "ROW_TWICE", f"{config.data.key}: two rows have the same one.")
    return read


def _read_row(row: object, at: int, config: MlopsConfig) -> dict[str, Any]:
    data, columns = config.data, asked_columns(config.data)
    if not isinstance(row, dict):
        raise _invalid(at, "it must be an object of columns")
    for name in columns:
        if name not in row:
            raise Refusal(422, "COLUMN_MISSING", f"rows.{at}: the column {name} is missing.")
    if len(row) > len(columns):
        raise Refusal(422, "COLUMN_UNKNOWN", f"rows.{at}: it has an unknown column; known are: {', '.join(columns)}.")
    read: dict[str, Any] = {data.time: _read_time(row[data.time], at, data.time)}
    for name in (data.key, *data.entities):
        if not isinstance(row[name], str) or not 1 <= len(row[name]) <= MOST_CHARACTERS:
            raise _invalid(at, f"{name} must be a text of 1 to {MOST_CHARACTERS} characters")
        read[name] = row[name]
    for name in (*([] if data.amount is None else [data.amount]), *data.numbers):
        read[name] = _read_number(row[name], at, name, config)
    for name, values in data.categories.items():
        if not isinstance(row[name], str) or row[name] not in values:
            raise Refusal(422, "CATEGORY_UNKNOWN", f"rows.{at}: {name} must be one of: {', '.join(values)}.")
        read[name] = row[name]
    return read


def _read_time(value: object, at: int, name: str) -> datetime:
    if isinstance(value, str) and len(value) <= 40 and re.fullmatch(TIME_SHAPE, value):
        try:
            return datetime.fromisoformat(value.removesuffix("Z").removesuffix("+00:00").removesuffix("+0000"))
        except ValueError:
            pass
    raise _invalid(at, f"{name} must be a time in UTC like 2026-02-28 13:45:00")


def _read_number(value: object, at: int, name: str, config: MlopsConfig) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _invalid(at, f"{name} must be a number")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise _invalid(at, f"{name} must be a finite number")
    lowest, highest = config.checks.ranges.get(name, (-1e15, 1e15))
    if not lowest <= number <= highest:
        raise _invalid(at, f"{name} must be from {lowest:g} to {highest:g}")
    return number


def _invalid(at: int, said: str) -> Refusal:
    return Refusal(422, "ROW_INVALID", f"rows.{at}: {said}.")


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a key twice")
    return value
