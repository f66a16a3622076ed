"""`--data DIR` reads one's own table, and says what is wrong with it."""

import gzip
import os
from pathlib import Path

import polars as pl
import pytest

from mlops_pilot.errors import DATA, NO_INPUT, PilotError
from mlops_pilot.read_data import read_data, read_series

from .conftest import make_config

HEAD = "id,time,card,terminal,amount,channel,fraud\n"
ROW = "a,2026-01-01 10:00:00,c1,p1,12.5,chip,0\n"


@pytest.mark.parametrize(
    ("row", "hour"),
    [
        (ROW, "10:00:00"),
        ("a,2026-01-01T10:00:00Z,c1,p1,12.5,chip,false\n", "10:00:00"),
        ("a,2026-01-01 10:00:00.250000+00:00,c1,p1,1.25e1,chip,0.0\n", "10:00:00.250000"),
        ("a,2026-01-01,c1,p1,12.5,chip,0\n", "00:00:00"),
    ],
)
def test_a_time_may_be_written_in_several_ways(row: str, hour: str, tmp_path: Path) -> None:
    (tmp_path / "transactions.csv.gz").write_bytes(gzip.compress((HEAD + row).encode()))
    frame = read_data(tmp_path, make_config()).typed()
    assert frame.row(0) == ("a", frame["time"][0], "c1", "p1", 12.5, "chip", 0)
    assert str(frame["time"][0]) == f"2026-01-01 {hour}"


def test_parquet_says_the_same_as_csv(tmp_path: Path) -> None:
    for name in ("csv", "parquet"):
        (tmp_path / name).mkdir()
    (tmp_path / "csv" / "any.csv").write_text(HEAD + ROW)
    typed = read_data(tmp_path / "csv", make_config()).typed()
    typed.write_parquet(tmp_path / "parquet" / "any.parquet")
    assert read_data(tmp_path / "parquet", make_config()).typed().equals(typed)


@pytest.mark.parametrize(
    ("said", "files", "code"),
    [
        ("holds no .csv, .csv.gz or .parquet file", {"notes.txt": ""}, NO_INPUT),
        ("transactions.csv holds no rows", {"transactions.csv": HEAD}, DATA),
        ("column fraud is not in the data; it has id, time", {"a.csv": ROW.join(["id,time,card,terminal,amount,channel\n", ""]).replace(",0\n", "\n")}, DATA),
        ("time: 1 values are not a time, first b ('01/02/2026')", {"a.csv": HEAD + ROW + "b,01/02/2026,c1,p1,1,chip,0\n"}, DATA),
        ("time: 1 values are not a time, first b ('2026-13-41')", {"a.csv": HEAD + ROW + "b,2026-13-41,c1,p1,1,chip,0\n"}, DATA),
        ("time: 1 values are not a time, first b ('2026-01-01 10:00:00+05:00')", {"a.csv": HEAD + "b,2026-01-01 10:00:00+05:00,c1,p1,1,chip,0\n"}, DATA),
        ("amount: 2 values are not a number, first b ('12,5'), c ('inf')", {"a.csv": HEAD + 'b,2026-01-01,c1,p1,"12,5",chip,0\nc,2026-01-01,c1,p1,inf,chip,0\n'}, DATA),
        ("fraud: 1 values are not 0 or 1, first b ('maybe')", {"a.csv": HEAD + "b,2026-01-01,c1,p1,1,chip,maybe\n"}, DATA),
        ("holds 2 tables; name one transactions.csv or .parquet", {"a.csv": HEAD + ROW, "b.csv": HEAD + ROW}, DATA),
        ("cannot be read as a table", {"a.parquet": "not parquet"}, DATA),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_table_is_said(said: str, files: dict[str, str], code: int, tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(PilotError) as caught:
        read_data(tmp_path, make_config()).typed()
    assert said in str(caught.value)
    assert caught.value.exit_code == code


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PilotError, match="is not a folder"):
        read_data(tmp_path / "absent", make_config())


def test_series_of_different_length_are_read(tmp_path: Path) -> None:
    (tmp_path / "train.csv").write_text('V1,V2,V3,V4\n"H1","1","2",""\nH2,3,4,5\n')
    (tmp_path / "test.csv").write_text("H1,3,4\nH2,6,7\n")
    series = read_series(tmp_path)
    assert [values.tolist() for values in series.train] == [[1, 2], [3, 4, 5]]
    assert series.test.tolist() == [[3, 4], [6, 7]]


@pytest.mark.parametrize(
    ("said", "train", "test"),
    [
        ("must hold the same series in the same order (H2)", "H1,1,2\nH2,1,2\n", "H1,3\n"),
        ("needs the same number of values, found {1, 2}", "H1,1\nH2,1\n", "H1,3\nH2,3,4\n"),
        ("train.csv:1: not a number", "H1,1,x\n", "H1,3\n"),
        ("train.csv:1: a series needs an id and finite values", "H1\n", "H1,3\n"),
        ("train.csv:2: series H1 stands here twice", "H1,1\nH1,2\n", "H1,3\n"),
        ("train.csv holds no series", "", "H1,3\n"),
    ],
)
def test_what_is_wrong_with_series_is_said(said: str, train: str, test: str, tmp_path: Path) -> None:
    (tmp_path / "train.csv").write_text(train)
    (tmp_path / "test.csv").write_text(test)
    with pytest.raises(PilotError) as caught:
        read_series(tmp_path)
    assert said in str(caught.value)


EVALUATION = os.environ.get("PILOTAGE_EVAL_DATA")


@pytest.mark.skipif(EVALUATION is None, reason="PILOTAGE_EVAL_DATA is not set: no public set is read")
@pytest.mark.parametrize(
    ("name", "rows", "positives"),
    [("dev-fdh-transactions", 584_471, 5_192), ("dev-vehicle-insurance-fraud", 15_420, 923), ("dev-adult-dirty", 32_561, 7_841)],
)  # fmt: skip
def test_a_public_set_is_recognised_by_its_columns(name: str, rows: int, positives: int) -> None:
    read = read_data(Path(EVALUATION or "") / name, make_config())
    frame, data = read.typed(), read.config.data
    assert (frame.height, frame[data.label].sum()) == (rows, positives)
    assert frame[data.time].null_count() == 0
    assert not any("SCENARIO" in column for column in read.raw.columns)
    assert frame[data.key].n_unique() == rows
    assert frame.schema[data.time] == pl.Datetime("us")
