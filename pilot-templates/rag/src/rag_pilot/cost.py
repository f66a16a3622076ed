"""What answers cost: told before anything is spent, counted after. Prices come from pilot.json, none is guessed."""

from collections.abc import Iterable
from dataclasses import dataclass

from rag_pilot.config import Answering
from rag_pilot.language_model import MAX_TOKENS

MILLION = 1_000_000


@dataclass(frozen=True)
class Prices:
    """US dollars a million tokens."""

    usd_in: float
    usd_out: float

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        return (tokens_in * self.usd_in + tokens_out * self.usd_out) / MILLION


@dataclass(frozen=True)
class Estimate:
    """`usd_at_most` reckons every answer at its longest and every question with its one repair; `usd_likely` with
    answers of `LIKELY_TOKENS` and no repair. Both are None without prices."""

    questions: int
    tokens_in: int
    tokens_out_at_most: int
    usd_likely: float | None
    usd_at_most: float | None

    def sentence(self) -> str:
        tokens = f"{self.questions} model answers, about {self.tokens_in:,} tokens in"
        if self.usd_likely is None or self.usd_at_most is None:
            return f"{tokens}; no token price is configured, so the cost is unknown."
        return f"{tokens}: about USD {self.usd_likely:.4f}, at most USD {self.usd_at_most:.4f}."


# A short answer with a quote or two.
LIKELY_TOKENS = 120


def read_prices(settings: Answering) -> Prices | None:
    if settings.usdPerMillionTokensIn is None or settings.usdPerMillionTokensOut is None:
        return None
    return Prices(settings.usdPerMillionTokensIn, settings.usdPerMillionTokensOut)


def estimate_cost(prompt_tokens: Iterable[int], prices: Prices | None) -> Estimate:
    """`prompt_tokens`: one number a question that will be asked, as `Steps.prompt_tokens` counts it."""
    tokens = list(prompt_tokens)
    count, total = len(tokens), sum(tokens)
    if prices is None:
        return Estimate(count, total, count * MAX_TOKENS, None, None)
    # A repair sends the prompt and the wrong reply again, and may be answered at full length again.
    worst_in, worst_out = 2 * total + count * (MAX_TOKENS + 100), 2 * count * MAX_TOKENS
    likely = prices.cost(total, count * LIKELY_TOKENS)
    return Estimate(count, total, worst_out, likely, prices.cost(worst_in, worst_out))
