"""Public sets by their columns: how each becomes rows with a key, a time and a label. None of them is shipped."""

import polars as pl

from mlops_pilot.config import Checks, Data, MlopsConfig

Adapted = tuple[pl.DataFrame, MlopsConfig]
CARD_COLUMNS = frozenset({"TRANSACTION_ID", "TX_DATETIME", "CUSTOMER_ID", "TERMINAL_ID", "TX_AMOUNT", "TX_FRAUD"})
CLAIM_COLUMNS = frozenset({"Month", "WeekOfMonth", "DayOfWeek", "Year", "PolicyNumber", "FraudFound_P"})
ADULT_COLUMNS = frozenset({"age", "workclass", "fnlwgt", "education-num", "native-country", "salary"})
# How these sets write that nothing is known. No category, so that the check counts them.
_UNKNOWN = ("?", "0", "null")
_CLAIM_NUMBERS = ("Age", "Deductible", "DriverRating", "WeekOfMonth", "WeekOfMonthClaimed", "RepNumber")
_ADULT_NUMBERS = ("age", "education-num", "capital-gain", "capital-loss", "hours-per-week")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def adapt_cards(raw: pl.DataFrame, config: MlopsConfig) -> Adapted:
    """Simulated card transactions (Fraud Detection Handbook). The scenario column says who is a fraud: it goes."""
    data = Data(
        path=config.data.path,
        name="card transactions of the handbook",
        key="TRANSACTION_ID",
        time="TX_DATETIME",
        label="TX_FRAUD",
        amount="TX_AMOUNT",
        entities=["CUSTOMER_ID", "TERMINAL_ID"],
        numbers=[],
        categories={},
        delayDays=7,
        trainDays=7,
        testDays=7,
    )
    return raw.drop("TX_FRAUD_SCENARIO", strict=False), _with(config, data, [1, 7, 30], {"TX_AMOUNT": (0.0, 100_000.0)})


def adapt_claims(raw: pl.DataFrame, config: MlopsConfig) -> Adapted:
    """Vehicle insurance claims, 1994 to 1996. The day is that weekday in that week of the month, as near as told."""
    names = [
        name
        for name in raw.columns
        if name not in {*_CLAIM_NUMBERS, "Year", "PolicyNumber", "FraudFound_P"} and raw[name].n_unique() <= 100
    ]
    data = Data(
        path=config.data.path,
        name="vehicle insurance claims",
        key="PolicyNumber",
        time="AccidentDay",
        label="FraudFound_P",
        amount=None,
        entities=[],
        numbers=list(_CLAIM_NUMBERS),
        categories={name: _vocabulary(raw, name) for name in names},
        # Only years are told apart: two to train, the third to test.
        delayDays=0,
        trainDays=730,
        testDays=366,
    )
    return raw.with_columns(_claim_day()).drop("Year"), _with(config, data, [], {"Age": (16.0, 100.0)})


def adapt_adult(raw: pl.DataFrame, config: MlopsConfig) -> Adapted:
    """Census rows with real gaps, for the checks: they have neither key nor time, so 1,000 of them make a day."""
    names = [name for name in raw.columns if name not in {*_ADULT_NUMBERS, "fnlwgt", "salary"}]
    data = Data(
        path=config.data.path,
        name="census rows with gaps",
        key="row",
        time="day",
        label="salary",
        amount=None,
        entities=[],
        numbers=list(_ADULT_NUMBERS),
        categories={name: _vocabulary(raw, name) for name in names},
        delayDays=0,
        trainDays=14,
        testDays=7,
    )
    position = pl.int_range(raw.height)
    rows = raw.drop("fnlwgt").with_columns(
        (position + 1).cast(pl.String).alias("row"),
        (pl.lit("1994-01-01").str.to_datetime(time_unit="us") + pl.duration(days=position // 1000))
        .dt.strftime("%Y-%m-%d %H:%M:%S")
        .alias("day"),
        pl.col("salary").str.contains(">50K").cast(pl.Int8).cast(pl.String),
    )
    return rows, _with(config, data, [], {"age": (17.0, 100.0)})


def _with(config: MlopsConfig, data: Data, windows: list[int], ranges: dict[str, tuple[float, float]]) -> MlopsConfig:
    checks = Checks.model_validate(config.checks.model_dump() | {"ranges": ranges})
    features = config.features.model_copy(update={"windowsDays": windows})
    return config.model_copy(update={"data": data, "checks": checks, "features": features, "task": "classification"})


def _vocabulary(raw: pl.DataFrame, name: str) -> list[str]:
    values = raw[name].drop_nulls().unique().sort().to_list()
    return [value for value in values if value not in _UNKNOWN]


def _claim_day() -> pl.Expr:
    """The first such weekday of the month, and as many weeks later as told; at the latest the month's last day."""
    month = pl.col("Month").replace_strict(_MONTHS, range(1, 13), default=None, return_dtype=pl.Int8)
    weekday = pl.col("DayOfWeek").replace_strict(_WEEKDAYS, range(1, 8), default=None, return_dtype=pl.Int8)
    first = pl.date(pl.col("Year").cast(pl.Int32), month, 1)
    offset = (weekday - first.dt.weekday()) % 7 + (pl.col("WeekOfMonth").cast(pl.Int8) - 1) * 7
    day = pl.min_horizontal(first + pl.duration(days=offset), first.dt.month_end())
    return day.dt.strftime("%Y-%m-%d 00:00:00").alias("AccidentDay")
