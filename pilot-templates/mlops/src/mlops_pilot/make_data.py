"""Card transactions out of nothing: the same seed gives the same rows. No person, card or shop behind them is real.

Three kinds of fraud, each with its trace: a stolen card is used often, elsewhere and for more; a tampered terminal
spoils a share of everything that passes through it, for two weeks; and, only after the drift, bursts of small online
payments try a card out before a large one. The drift: prices and the share of online payments rise on one day.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp
from typing import Any

import polars as pl

SEED = 20261121
START = datetime(2026, 1, 5)
DAYS, CARDS, TERMINALS = 60, 600, 150
# The day, counted from 0, on which habits change.
DRIFT_DAY = 38
PRICE_RISE, ONLINE_BEFORE, ONLINE_AFTER = 1.15, 0.22, 0.36
COLUMNS = ("id", "time", "card", "terminal", "amount", "channel", "fraud")
TABLE_SCHEMA = dict.fromkeys(COLUMNS, pl.String)


@dataclass(frozen=True)
class Card:
    name: str
    # Of an everyday payment, in the currency of the table.
    usual_amount: float
    payments_per_day: float
    terminals: list[int]


@dataclass(frozen=True)
class Payment:
    time: datetime
    card: str
    terminal: int
    amount: float
    channel: str
    fraud: bool


def make_transactions(days: int = DAYS, seed: int = SEED, scale: int = 1) -> pl.DataFrame:
    """Rows of `COLUMNS` as text, in the order of time. `scale` multiplies cards and terminals, and so the rows."""
    draw = random.Random(f"transactions:{seed}")  # noqa: S311 - no secret
    terminals = TERMINALS * scale
    cards = [_make_card(draw, number, terminals) for number in range(CARDS * scale)]
    made: list[Payment] = []
    for card in cards:
        made += _everyday(draw, card, days)
    for day in range(days):
        for _ in range(_poisson(draw, 0.4 * scale)):
            made += _stolen(draw, draw.choice(cards), day, days, terminals)
        if day >= DRIFT_DAY:
            for _ in range(_poisson(draw, 0.3 * scale)):
                made += _burst(draw, draw.choice(cards), day, terminals)
    made.sort(key=lambda payment: (payment.time, payment.card, payment.terminal))
    return _as_table(_tamper(draw, made, days, terminals, scale))


def describe(frame: pl.DataFrame) -> dict[str, Any]:
    """The statistics that data/statistics.json documents, recomputed from the rows."""
    typed = frame.with_columns(pl.col("amount").cast(pl.Float64), pl.col("fraud").cast(pl.Int8))
    day = (pl.col("time").str.to_datetime() - START).dt.total_days()
    drifted = typed.select(day >= DRIFT_DAY).to_series()
    rows_of_days = Counter(typed["time"].str.slice(0, 10).to_list())

    def part(rows: pl.DataFrame) -> dict[str, Any]:
        return {
            "rows": rows.height,
            "frauds": int(rows["fraud"].sum()),
            "fraudShare": round(float(rows["fraud"].sum()) / rows.height, 4),
            "medianAmount": _median(rows["amount"]),
            "medianFraudAmount": _median(rows.filter(fraud=1)["amount"]),
            "onlineShare": round(rows.filter(channel="online").height / rows.height, 4),
        }

    return {
        "firstDay": min(rows_of_days),
        "lastDay": max(rows_of_days),
        "days": len(rows_of_days),
        "cards": typed["card"].n_unique(),
        "terminals": typed["terminal"].n_unique(),
        "rowsOfADay": {"fewest": min(rows_of_days.values()), "most": max(rows_of_days.values())},
        "driftDay": f"{START + timedelta(days=DRIFT_DAY):%Y-%m-%d}",
        "all": part(typed),
        "beforeDrift": part(typed.filter(~drifted)),
        "afterDrift": part(typed.filter(drifted)),
    }


def _make_card(draw: random.Random, number: int, terminals: int) -> Card:
    favourites = [draw.randrange(terminals) for _ in range(draw.randint(4, 9))]
    return Card(f"c{number + 1:05d}", exp(draw.gauss(3.2, 0.5)), draw.uniform(0.15, 1.05), favourites)


def _everyday(draw: random.Random, card: Card, days: int) -> list[Payment]:
    made = []
    for day in range(days):
        weekend = (START + timedelta(days=day)).weekday() >= 5
        for _ in range(_poisson(draw, card.payments_per_day * (1.2 if weekend else 1.0))):
            time = _moment(draw, day, draw.gauss(14, 3.5))
            amount = _price(card.usual_amount * exp(draw.gauss(0, 0.45)), day)
            made.append(Payment(time, card.name, draw.choice(card.terminals), amount, _channel(draw, day), False))
    return made


def _stolen(draw: random.Random, card: Card, first: int, days: int, terminals: int) -> list[Payment]:
    made = []
    for day in range(first, min(first + draw.randint(1, 4), days)):
        for _ in range(1 + _poisson(draw, 2.0)):
            time = _moment(draw, day, draw.uniform(0, 24))
            amount = _price(card.usual_amount * draw.uniform(2, 6), day)
            made.append(Payment(time, card.name, draw.randrange(terminals), amount, _channel(draw, day), True))
    return made


def _burst(draw: random.Random, card: Card, day: int, terminals: int) -> list[Payment]:
    time, made = _moment(draw, day, draw.uniform(0, 23)), []
    terminal = draw.randrange(terminals)
    for _ in range(draw.randint(3, 6)):
        made.append(Payment(time, card.name, terminal, _price(draw.uniform(0.5, 3), day), "online", True))
        time += timedelta(seconds=draw.randint(20, 240))
    made.append(Payment(time, card.name, terminal, _price(card.usual_amount * draw.uniform(4, 9), day), "online", True))
    return made


def _tamper(draw: random.Random, made: list[Payment], days: int, terminals: int, scale: int) -> list[Payment]:
    """Of what passes a tampered terminal at the counter, 45 % is copied: those payments turn into fraud."""
    spells: dict[int, tuple[int, int]] = {}
    for day in range(days):
        for _ in range(_poisson(draw, 0.2 * scale)):
            spells[draw.randrange(terminals)] = (day, day + 14)
    tampered = []
    for payment in made:
        first, end = spells.get(payment.terminal, (0, 0))
        hit = first <= (payment.time - START).days < end and payment.channel != "online" and draw.random() < 0.45
        tampered.append(
            Payment(payment.time, payment.card, payment.terminal, payment.amount, payment.channel, True)
            if hit
            else payment
        )
    return tampered


def _moment(draw: random.Random, day: int, hour: float) -> datetime:
    second = int((hour % 24) * 3600 + draw.randrange(0, 60)) % 86_400
    return START + timedelta(days=day, seconds=second)


def _channel(draw: random.Random, day: int) -> str:
    if draw.random() < (ONLINE_AFTER if day >= DRIFT_DAY else ONLINE_BEFORE):
        return "online"
    return "contactless" if draw.random() < 0.6 else "chip"


def _price(amount: float, day: int) -> float:
    return round(max(amount * (PRICE_RISE if day >= DRIFT_DAY else 1.0), 0.5), 2)


def _poisson(draw: random.Random, mean: float) -> int:
    limit, count, product = exp(-mean), 0, draw.random()
    while product > limit:
        count += 1
        product *= draw.random()
    return count


def _as_table(payments: Sequence[Payment]) -> pl.DataFrame:
    rows = [
        (
            f"t{number:07d}",
            f"{each.time:%Y-%m-%d %H:%M:%S}",
            each.card,
            f"p{each.terminal + 1:04d}",
            f"{each.amount:.2f}",
            each.channel,
            str(int(each.fraud)),
        )
        for number, each in enumerate(payments, 1)
    ]
    return pl.DataFrame(rows, schema=TABLE_SCHEMA, orient="row")


def _median(amounts: pl.Series) -> float:
    middle = amounts.median()
    return round(middle, 2) if isinstance(middle, float) else 0.0
