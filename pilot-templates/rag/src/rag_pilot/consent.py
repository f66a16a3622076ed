"""Nothing is spent unasked: what a bench would cost is said before it begins; without a budget it ends there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from rag_pilot.config import Answering
from rag_pilot.errors import NO_PERMISSION, PilotError
from rag_pilot.pilot import Pilot

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Consent:
    """`budget_usd`: the most that it may cost. `unknown_cost`: go on although no price is configured."""

    budget_usd: float | None = None
    unknown_cost: bool = False


def check_consent(
    pilot: Pilot,
    questions: Sequence[str],
    times: float,
    consent: Consent,
    say: Callable[[str, int, int, str], None],
) -> None:
    """77 when an endpoint may cost money and nobody agreed to how much. `times`: how often each question is asked."""
    answer = pilot.config.answer
    if answer.mode != "openai_compatible":
        return
    once = pilot.estimate(questions)
    likely = None if once.usd_likely is None else once.usd_likely * times
    at_most = None if once.usd_at_most is None else once.usd_at_most * times
    tokens = f"about {round(once.questions * times):,} model answers and {round(once.tokens_in * times):,} tokens in"
    if at_most is None or likely is None:
        say("ingest", 1, 1, f"{tokens}; no token price is configured, so the cost is unknown")
        if is_local(answer) or consent.unknown_cost:
            return
        message = f"this asks {urlsplit(answer.baseUrl or '').hostname} {tokens}, at an unknown price"
        raise PilotError(
            NO_PERMISSION,
            f"{message}: set answer.usdPerMillionTokensIn and answer.usdPerMillionTokensOut and pass --budget USD, "
            "or pass --accept-unknown-cost.",
        )
    say("ingest", 1, 1, f"{tokens}: about USD {likely:.2f}, at most USD {at_most:.2f}, retries not counted")
    if at_most == 0 or (consent.budget_usd is not None and consent.budget_usd >= at_most):
        return
    given = "no --budget was given" if consent.budget_usd is None else f"--budget is USD {consent.budget_usd:g}"
    raise PilotError(NO_PERMISSION, f"this may cost up to USD {at_most:.2f} and {given}; pass --budget {at_most:.2f}.")


def is_local(answer: Answering) -> bool:
    return urlsplit(answer.baseUrl or "").hostname in LOCAL
