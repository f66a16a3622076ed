"""The twelve figures of a report, each from the raw records alone."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rag_pilot.config import MetricName, PilotConfig
from rag_pilot.report import Metric, QuestionRecord, RequestRecord, Usage

Unit = Literal["share", "ms", "requests/s", "usd"]


@dataclass(frozen=True)
class Ranking:
    precision: float
    recall: float
    reciprocal_rank: float
    ndcg: float


@dataclass(frozen=True)
class Figure:
    value: float | None
    out_of: int | None


def compute_metrics(
    config: PilotConfig,
    questions: Sequence[QuestionRecord],
    requests: Sequence[RequestRecord],
    run_seconds: Sequence[float],
    usage: Usage,
) -> list[Metric]:
    k = config.retrieval.k
    judged = [question.correct for question in questions if question.correct is not None]
    refusals = [question.correct for question in questions if question.rule == "must_refuse"]
    rankings = [rank_question(question.retrieved, question.relevant, k) for question in questions if question.relevant]
    latencies = [latency_ms(request) for request in requests]
    answered = sum(request.status == "ok" for request in requests)
    seconds = sum(run_seconds)
    gold = "mean over questions with gold documents, binary relevance, documents ranked by their best chunk"
    nearest = "nearest-rank percentile of done minus scheduled arrival, all runs pooled, a missing answer is infinite"
    return [
        _metric("answer_accuracy", _share(judged), "share", "higher", "correct / judged by the stated answer rule"),
        _metric(
            "refusal_accuracy",
            _share(refusals),
            "share",
            "higher",
            "refused / questions that must be refused",
        ),
        _metric(
            "precision_at_k",
            _mean(rankings, lambda r: r.precision),
            "share",
            "higher",
            f"k = {k}, divided by k; {gold}",
        ),
        _metric("recall_at_k", _mean(rankings, lambda r: r.recall), "share", "higher", f"k = {k}; {gold}"),
        _metric("mrr", _mean(rankings, lambda r: r.reciprocal_rank), "share", "higher", f"cut-off {k}; {gold}"),
        _metric(
            "ndcg_at_k",
            _mean(rankings, lambda r: r.ndcg),
            "share",
            "higher",
            f"k = {k}, linear gain, log2(rank + 1); {gold}",
        ),
        _metric("latency_p50_ms", _percentile(latencies, 50), "ms", "lower", nearest),
        _metric("latency_p95_ms", _percentile(latencies, 95), "ms", "lower", nearest),
        _metric("latency_p99_ms", _percentile(latencies, 99), "ms", "lower", nearest),
        _metric(
            "error_share",
            Figure((len(requests) - answered) / len(requests) if requests else None, len(requests)),
            "share",
            "lower",
            "requests without a complete answer in time / all requests",
        ),
        _metric(
            "throughput_rps",
            Figure(answered / seconds if seconds > 0 else None, None),
            "requests/s",
            "higher",
            "answered requests / sum of run durations, each until its last answer was in",
        ),
        _metric(
            "usd_per_1k",
            _price(config, usage),
            "usd",
            "lower",
            "tokens of the quality pass at the configured prices",
        ),
    ]


def rank_question(retrieved: Sequence[str], relevant: Iterable[str], k: int) -> Ranking:
    """trec_eval conventions: precision divides by k, recall by all gold documents, linear gain."""
    gold = set(relevant)
    ranks = [rank for rank, identifier in enumerate(retrieved[:k], 1) if identifier in gold]
    gain = sum(1 / math.log2(rank + 1) for rank in ranks)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(gold), k) + 1))
    return Ranking(len(ranks) / k, len(ranks) / len(gold), 1 / ranks[0] if ranks else 0.0, gain / ideal)


def latency_ms(request: RequestRecord) -> float:
    """From the scheduled arrival, not from the send; infinite without a complete answer."""
    return request.doneMs - request.scheduledMs if request.status == "ok" and request.doneMs is not None else math.inf


def nearest_rank(values: Sequence[float], percent: int) -> float | None:
    """The smallest value with at least `percent` per cent of the sample at or under it."""
    ordered = sorted(values)
    return ordered[max(1, -(-percent * len(ordered) // 100)) - 1] if ordered else None


def _metric(name: MetricName, figure: Figure, unit: Unit, direction: Literal["higher", "lower"], method: str) -> Metric:
    return Metric(name=name, value=figure.value, unit=unit, direction=direction, outOf=figure.out_of, method=method)


def _share(outcomes: Sequence[bool | None]) -> Figure:
    return Figure(sum(map(bool, outcomes)) / len(outcomes) if outcomes else None, len(outcomes))


def _mean(rankings: Sequence[Ranking], pick: Callable[[Ranking], float]) -> Figure:
    return Figure(sum(map(pick, rankings)) / len(rankings) if rankings else None, len(rankings))


def _percentile(latencies: Sequence[float], percent: int) -> Figure:
    value = nearest_rank(latencies, percent)
    return Figure(value if value is not None and math.isfinite(value) else None, len(latencies))


def _price(config: PilotConfig, usage: Usage) -> Figure:
    price_in, price_out = config.answer.usdPerMillionTokensIn, config.answer.usdPerMillionTokensOut
    if price_in is None or price_out is None or usage.answers == 0:
        return Figure(None, usage.answers)
    usd = (usage.tokensIn * price_in + usage.tokensOut * price_out) / 1e6
    return Figure(usd / usage.answers * 1000, usage.answers)
