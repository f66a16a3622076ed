"""A digest of what a function gave back, so that variants and rounds can be compared without keeping results."""

import dataclasses
import hashlib
from collections.abc import Mapping

import numpy as np


class NoValueError(Exception):
    """The result says where it lies in memory instead of what it is, so two of them cannot be compared."""


def digest_result(value: object) -> str:
    """SHA-256 in hex. Floats count to the last bit: round them where an order of additions is free.

    @raises NoValueError for an object that only prints its address
    """
    return hashlib.sha256(_describe(value).encode("utf-8", "surrogatepass")).hexdigest()


def _describe(value: object) -> str:
    if isinstance(value, np.ndarray):
        if value.dtype.hasobject:
            return f"array{value.shape}{_describe(value.tolist())}"
        content = hashlib.sha256(np.ascontiguousarray(value).tobytes()).hexdigest()
        return f"array{value.shape}{value.dtype.str}{content}"
    if isinstance(value, np.generic):
        return _describe(value.item())
    if value is None or isinstance(value, bool | int | float | complex | str | bytes):
        return f"{type(value).__name__}:{value!r}"
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{_describe(key)}={_describe(item)}" for key, item in value.items())) + "}"
    if isinstance(value, set | frozenset):
        return "<" + ",".join(sorted(map(_describe, value))) + ">"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_describe, value)) + "]"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return f"{type(value).__name__}{_describe(fields)}"
    if type(value).__repr__ is object.__repr__ or callable(value):
        raise NoValueError(type(value).__name__)
    return f"{type(value).__name__}:{value!r}"
