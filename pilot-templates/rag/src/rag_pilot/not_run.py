"""What a benchmark did not measure, said with its reason: a gap that is named is not taken for a good figure."""

from collections.abc import Iterator

from rag_pilot.config import PilotConfig
from rag_pilot.report import Energy, NotRun


def list_not_run(config: PilotConfig, energy: Energy | None) -> Iterator[NotRun]:
    """Of what a reader may look for in a report, each thing that is not in it and why."""
    answer = config.answer
    if answer.mode == "extractive":
        yield NotRun(what="an answer by a language model", why="answer.mode is extractive: no model is called")
        yield NotRun(what="time to first token", why="answers are shown whole, once their quotes are checked")
    else:
        yield NotRun(what="time to first token", why="the load asks for whole answers; /metrics counts first pieces")
    if answer.usdPerMillionTokensIn is None or answer.usdPerMillionTokensOut is None:
        yield NotRun(what="cost per 1,000 answers", why="no token price is configured")
    if answer.cacheEntries > 0:
        yield NotRun(what="the answer cache", why="switched off here, so that every answer is made anew")
    if config.serve.requestsPerMinute is not None:
        yield NotRun(what="the rate limit", why="switched off here; the load comes from one address")
    if energy is None:
        yield NotRun(what="energy", why="this machine shows no counter of energy")
    if config.device == "cpu":
        yield NotRun(what="GPU", why="device is cpu")
