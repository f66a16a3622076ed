import pytest

from rag_pilot.config import PilotConfig
from rag_pilot.cost import Prices, estimate_cost, read_prices
from rag_pilot.language_model import MAX_TOKENS, estimate_tokens
from rag_pilot.pilot import Pilot
from tests.code.conftest import pilot_json
from tests.code.fake_model import FakeModel, make_chain, reply


def test_a_cost_is_tokens_times_price() -> None:
    assert Prices(2.5, 10.0).cost(1_000_000, 200_000) == pytest.approx(4.5)


def test_an_estimate_says_likely_and_at_most_before_anything_is_spent() -> None:
    estimate = estimate_cost([1_000, 1_000], Prices(1.0, 2.0))
    assert (estimate.questions, estimate.tokens_in) == (2, 2_000)
    assert estimate.usd_likely is not None
    assert estimate.usd_at_most is not None
    assert 0 < estimate.usd_likely < estimate.usd_at_most
    # Two calls each, the second with the wrong reply in its prompt, both at full length.
    assert estimate.usd_at_most == pytest.approx(((4_000 + 2 * (MAX_TOKENS + 100)) + 2 * 4 * MAX_TOKENS) / 1e6)
    assert "at most USD" in estimate.sentence()


def test_without_prices_the_cost_is_unknown_not_zero() -> None:
    value = pilot_json()
    assert read_prices(PilotConfig.model_validate(value).answer) is None
    estimate = estimate_cost([10], None)
    assert estimate.usd_at_most is None
    assert "unknown" in estimate.sentence()


def test_counting_the_prompt_of_a_question_asks_nobody(pilot: Pilot) -> None:
    model = FakeModel(lambda *_: reply(refused=True))
    steps = make_chain(pilot, model).steps
    counted = steps.prompt_tokens("When does the last ferry leave?")
    assert model.prompts == []
    steps.answer(steps.prompt(steps.retrieve(steps.begin("When does the last ferry leave?"))))
    assert counted == estimate_tokens(model.prompts[0])
    assert pilot.estimate(["When does the last ferry leave?"]).questions == 0
