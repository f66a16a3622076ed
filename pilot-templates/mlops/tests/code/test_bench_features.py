"""The comparison of speed compares the same features."""

from pathlib import Path

from mlops_pilot.bench_features import compare

from .conftest import ROOT


def test_polars_and_pandas_make_the_same_features_of_the_same_rows(tmp_path: Path) -> None:
    said: list[str] = []
    found = compare(5_000, ROOT / "pilot.json", tmp_path, said.append)
    assert [line.split()[0] for line in said] == ["polars", "pandas"]
    assert found["rows"] == 5_000
