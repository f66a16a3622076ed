"""Equal results have equal digests, and only those."""

from dataclasses import dataclass

import numpy as np
import pytest

from clinic_pilot.digest_result import NoValueError, digest_result


@dataclass
class Point:
    x: int
    y: float


EQUAL = [
    ([1, 2], (1, 2)),
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    ({1, 2, 3}, {3, 2, 1}),
    (np.int64(3), 3),
    (np.array([1, 2]), np.array([1, 2])),
    (Point(1, 2.0), Point(1, 2.0)),
    (float("nan"), float("nan")),
]
DIFFERENT = [(1, "1"), (1, 1.0), (1, True), ([1], [[1]]), (np.array([1]), np.array([1.0])), ({"a": 1}, {"a": 2}), (None, 0), ("a", b"a"), (0.1 + 0.2, 0.3)]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_the_same_value_has_the_same_digest(one: object, other: object) -> None:
    assert digest_result(one) == digest_result(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_value_has_another_digest(one: object, other: object) -> None:
    assert digest_result(one) != digest_result(other)


@pytest.mark.parametrize("value", [object(), lambda: 1, [object()]])
def test_what_has_no_value_is_refused(value: object) -> None:
    with pytest.raises(NoValueError):
        digest_result(value)
