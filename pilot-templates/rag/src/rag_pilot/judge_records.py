"""Targets on means, cost and throughput against the raw records of a report."""

from collections.abc import Callable

from rag_pilot.config import Target
from rag_pilot.exact_tests import LEAST_RUNS, Outcome
from rag_pilot.mean_test import LEAST_PRICED_ANSWERS, MeanJudgement, group_by_document, judge_mean
from rag_pilot.metrics import Ranking, rank_question
from rag_pilot.rate_test import OfferedRun, judge_rate
from rag_pilot.report import Report, RequestRecord

SCORES: dict[str, Callable[[Ranking], float]] = {
    "precision_at_k": lambda ranking: ranking.precision,
    "recall_at_k": lambda ranking: ranking.recall,
    "mrr": lambda ranking: ranking.reciprocal_rank,
    "ndcg_at_k": lambda ranking: ranking.ndcg,
}


def judge_scores(report: Report, target: Target, alpha: float) -> tuple[Outcome, str]:
    """The mean of a score per question, counted by document."""
    pick, k = SCORES[target.metric], report.config.retrieval.k
    groups = group_by_document(
        (question.relevant, pick(rank_question(question.retrieved, question.relevant, k)))
        for question in report.questions
        if question.relevant
    )
    if not groups:
        return "inconclusive", "no question has a gold document"
    return _tell_mean(judge_mean(groups, 0, 1, target.value, target.comparison, alpha), "")


def judge_cost(report: Report, target: Target, alpha: float) -> tuple[Outcome, str]:
    """From the tokens of each question; the dearest answer seen stands for the one that was not."""
    prices = report.config.answer.usdPerMillionTokensIn, report.config.answer.usdPerMillionTokensOut
    if prices[0] is None or prices[1] is None:
        return "inconclusive", "no price is configured, so the cost is unknown"
    used = [
        (question.relevant, question.tokensIn, question.tokensOut)
        for question in report.questions
        if question.tokensIn is not None and question.tokensOut is not None
    ]
    usage = report.usage
    totals = (sum(tokens for _, tokens, _ in used), sum(tokens for _, _, tokens in used))
    if not used or len(used) != len(report.questions) or len(used) != usage.answers:
        return "inconclusive", "the report does not say how many tokens each question took"
    if totals != (usage.tokensIn, usage.tokensOut):
        return "inconclusive", "the tokens of the questions do not add up to those of the report"
    if len(used) < LEAST_PRICED_ANSWERS:
        return "inconclusive", f"{LEAST_PRICED_ANSWERS} answers are needed before a mean cost has a bound"
    costs = [
        (relevant, (tokens_in * prices[0] + tokens_out * prices[1]) / 1000) for relevant, tokens_in, tokens_out in used
    ]
    most = max(cost for _, cost in costs)
    judged = judge_mean(group_by_document(costs), 0, most, target.value, target.comparison, alpha)
    return _tell_mean(judged, " USD")


def _tell_mean(judged: MeanJudgement, unit: str) -> tuple[Outcome, str]:
    seen = f"{judged.mean:.4g}{unit} over {judged.questions} questions on {judged.groups} documents"
    said = f"{seen}; the true mean is above {judged.low:.4g}, and under {judged.high:.4g} (each one-sided)"
    if judged.verdict == "inconclusive" and judged.more_questions is not None:
        said += f"; {judged.more_questions} more questions tell it four times in five"
    return judged.verdict, said


def judge_throughput(report: Report, target: Target, alpha: float) -> tuple[Outcome, str]:
    """Answers a second over all runs, each counted until its last answer was in."""
    grouped: dict[int, list[RequestRecord]] = {}
    for request in report.requests:
        grouped.setdefault(request.run, []).append(request)
    if len(grouped) != len(report.runSeconds):
        return "inconclusive", "the runs' durations are missing"
    runs = [
        OfferedRun(
            len(run),
            sum(request.status == "ok" for request in run),
            seconds,
            max(request.scheduledMs for request in run) / 1000,
        )
        for (_, run), seconds in zip(sorted(grouped.items()), report.runSeconds, strict=True)
    ]
    judged = judge_rate(runs, target.value, alpha)
    if judged is None:
        return "inconclusive", "the runs differ too much, or are too few, to bound a rate"
    said = f"{judged.rate:.4g} a second; the true rate is above {judged.low:.4g}, and under {judged.high:.4g}"
    if len(runs) < LEAST_RUNS:
        return "inconclusive", f"{len(runs)} runs; {LEAST_RUNS} are needed to show independence. {said}"
    if judged.verdict == "inconclusive" and judged.too_little_load:
        said += f"; the load offered only {judged.offered:.4g} a second"
    return judged.verdict, said
