"""Canonical JSON: the same bytes here and in JavaScript, so that both sides compute the same hash."""

import hashlib
import json
import math
from decimal import Decimal


def ecmascript_number(value: float) -> str:
    """Write a finite number the way ECMAScript's Number::toString does (20.0 -> "20", 1e-05 -> "0.00001")."""
    if not math.isfinite(value):
        raise ValueError("only finite numbers can be written as JSON")
    if value == 0:
        return "0"
    sign, digit_tuple, exponent = Decimal(repr(value)).normalize().as_tuple()
    digits, count = "".join(map(str, digit_tuple)), len(digit_tuple)
    point = count + int(exponent)
    prefix = "-" if sign else ""
    if count <= point <= 21:
        return prefix + digits + "0" * (point - count)
    if 0 < point <= 21:
        return prefix + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return prefix + "0." + "0" * -point + digits
    power = f"e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return prefix + digits[0] + ("." + digits[1:] if count > 1 else "") + power


def canonical_json(value: object) -> str:
    """Sorted keys, no blanks, characters as they are, numbers as ECMAScript writes them."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{canonical_json(key)}:{canonical_json(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(canonical_json, value)) + "]"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return ecmascript_number(value)
    return json.dumps(value, ensure_ascii=False)


def canonical_sha256(value: object) -> str:
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def plain_numbers(value: object) -> object:
    """Integral floats become integers, so that a file written here reads the same after a round through JavaScript."""
    if isinstance(value, dict):
        return {key: plain_numbers(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_numbers(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value
