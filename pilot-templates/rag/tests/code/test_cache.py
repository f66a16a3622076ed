import threading

import pytest

from rag_pilot.answers import Answer
from rag_pilot.cache import PASSING_REASONS, AnswerCache
from rag_pilot.history import Exchange


def answer(text: str = "At 21:40.", reason: str | None = None) -> Answer:
    return Answer(text, reason is not None, reason, (), ("ferry-times",), 0.9, 100, 20, model_calls=1, usd=0.1)


def test_the_same_question_of_the_same_reader_is_answered_again_for_nothing() -> None:
    cache = AnswerCache(2, "index", "config")
    cache.put("When?", None, answer(), "index")
    again = cache.get("  When? ", None)
    assert again is not None
    assert (again.text, again.from_cache) == ("At 21:40.", True)
    assert (again.tokens_in, again.tokens_out, again.model_calls, again.usd) == (0, 0, 0, None)


@pytest.mark.parametrize(
    ("question", "audiences", "history"),
    [
        ("When", ["staff"], ()),
        ("when?", ["staff"], ()),
        ("When?", None, ()),
        ("When?", [], ()),
        ("When?", ["staff", "board"], ()),
        ("When?", ["Staff"], ()),
        ("When?", ['staff", "board'], ()),
        ("When?", ["staff"], (Exchange("Where?", "Here."),)),
    ],
)
def test_another_reader_question_or_conversation_gets_nothing(
    question: str, audiences: list[str] | None, history: tuple[Exchange, ...]
) -> None:
    cache = AnswerCache(2, "index", "config")
    cache.put("When?", ["staff"], answer(), "index")
    assert cache.get(question, audiences, history) is None
    assert cache.get("When?", ("staff", "staff")) is not None


def test_other_documents_empty_the_cache_and_late_answers_of_the_old_ones_are_not_kept() -> None:
    cache = AnswerCache(2, "old", "config")
    cache.put("When?", None, answer(), "old")
    cache.use_index("new")
    assert cache.get("When?", None) is None
    cache.put("When?", None, answer(), "old")
    assert len(cache) == 0
    cache.put("When?", None, answer(), "new")
    cache.use_index("new")
    assert cache.get("When?", None) is not None


def test_the_answer_that_was_longest_unused_goes_first() -> None:
    cache = AnswerCache(2, "index", "config")
    for question in ("a", "b"):
        cache.put(question, None, answer(question), "index")
    cache.get("a", None)
    cache.put("c", None, answer("c"), "index")
    assert [cache.get(question, None) is not None for question in "abc"] == [True, False, True]


@pytest.mark.parametrize("reason", sorted(PASSING_REASONS))
def test_a_failure_that_may_pass_is_not_kept(reason: str) -> None:
    cache = AnswerCache(2, "index", "config")
    cache.put("When?", None, answer(reason=reason), "index")
    assert cache.get("When?", None) is None


def test_many_threads_at_once_leave_it_whole() -> None:
    cache = AnswerCache(8, "index", "config")

    def work(number: int) -> None:
        for step in range(200):
            cache.put(str((number * step) % 20), None, answer(), "index")
            cache.get(str(step % 20), None)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(cache) == 8
