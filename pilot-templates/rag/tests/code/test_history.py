import pytest

from rag_pilot.history import ANSWER_CHARACTERS, Exchange, condense, follows_up, keep_within_budget

LAST = "When does the last ferry leave?"


@pytest.mark.parametrize(
    ("question", "follows"),
    [
        ("And on Sundays?", True),
        ("What about the Yard plan?", True),
        ("How much does it cost?", True),
        ("Why?", True),
        ("Is that included?", True),
        ("When does the last ferry leave Brandhaven on Sundays?", False),
        ("How many custom roles can a workspace have?", False),
        ("What if the customs form of an order to Norway gets lost on its way?", False),
    ],
)
def test_a_follow_up_is_told_from_a_question_that_stands_alone(question: str, follows: bool) -> None:
    assert follows_up(question) is follows


def test_a_follow_up_is_searched_with_what_it_follows() -> None:
    history = [Exchange("Where is the library?", "By the harbour."), Exchange(LAST, "At 21:40.")]
    assert condense("And on Sundays?", history) == f"{LAST} And on Sundays?"
    assert condense("How many steps has the lighthouse tower?", history) == "How many steps has the lighthouse tower?"
    assert condense("And on Sundays?", []) == "And on Sundays?"


def test_a_chain_of_follow_ups_keeps_its_subject_and_stays_short() -> None:
    history = [Exchange(LAST, "At 21:40."), Exchange("And on Sundays?", "At 19:00.")]
    assert condense("Why?", history) == f"{LAST} And on Sundays? Why?"
    for number in range(50):
        history.append(Exchange(f"And on day {number}?", "Yes."))
    assert condense("Why?", history) == f"{LAST} And on day 49? Why?"
    assert len(condense("Why?", [Exchange("ferry " * 5_000, "")]).split()) < 30


def test_the_newest_exchanges_are_kept_within_turns_and_characters() -> None:
    history = [Exchange(f"question {number}", "x" * 2_000) for number in range(10)]
    kept = keep_within_budget(history, turns=5, characters=1_500)
    assert [exchange.question for exchange in kept] == ["question 8", "question 9"]
    assert all(len(exchange.answer) <= ANSWER_CHARACTERS for exchange in kept)
    assert keep_within_budget(history, turns=0) == []
    assert keep_within_budget([Exchange("q" * 5_000, "a")], turns=3) == []
    assert len(keep_within_budget(history, turns=3)) == 3
