"""The graph says which step follows which, as the chain does, and keeps to its limits."""

from importlib.util import find_spec

import pytest

from rag_pilot.answers import Answer
from rag_pilot.chain import AnswerChain
from rag_pilot.config import PilotConfig
from rag_pilot.documents import read_questions
from rag_pilot.errors import PilotError
from rag_pilot.graph import AnswerGraph
from rag_pilot.pilot import Pilot, open_pilot
from rag_pilot.retrieve import Found
from tests.code.conftest import ROOT, pilot_json
from tests.code.fake_model import FakeModel, make_steps, reply

INSTALLED = find_spec("langgraph") is not None
needs_graph = pytest.mark.skipif(not INSTALLED, reason="the extra `graph` is not installed: the graph was not run")
LAST = "When does the last ferry leave?"
GOOD = reply("It leaves at 21:40.", ["The last ferry leaves at 21:40."])


@needs_graph
def test_chain_and_graph_give_the_same_answers_on_the_bundled_set(tmp_path) -> None:  # type: ignore[no-untyped-def]
    value = pilot_json()
    value["data"]["path"] = str(ROOT / "data")
    pilot = open_pilot(PilotConfig.model_validate(value), tmp_path)
    graph = AnswerGraph(pilot.chain.steps, 6)
    for question in read_questions(ROOT / "data"):
        assert graph.ask(question.text) == pilot.chain.ask(question.text)


@needs_graph
@pytest.mark.parametrize("first", [GOOD, "not the form", reply(refused=True)])
def test_chain_and_graph_repair_alike(pilot: Pilot, first: str) -> None:
    def answer(kind: type[AnswerChain] | type[AnswerGraph]) -> Answer:
        steps = make_steps(pilot, FakeModel(lambda _, call: GOOD if call else first))
        made = kind(steps) if kind is AnswerChain else AnswerGraph(steps, 6)
        return made.ask(LAST)

    assert answer(AnswerGraph) == answer(AnswerChain)


@needs_graph
@pytest.mark.parametrize(
    ("first", "needed"), [(GOOD, 4), ("not the form", 6)], ids=["without a repair", "with a repair"]
)
def test_a_question_that_needs_more_steps_than_allowed_is_refused(pilot: Pilot, first: str, needed: int) -> None:
    for allowed in range(1, 8):
        steps = make_steps(pilot, FakeModel(lambda _, call: GOOD if call else first))
        answer = AnswerGraph(steps, allowed).ask(LAST)
        assert answer.reason == (None if allowed >= needed else "step_limit"), allowed
        assert steps.tally.snapshot()["answers"] == 1


@needs_graph
def test_the_loop_ends_even_when_nothing_helps(pilot: Pilot) -> None:
    model = FakeModel(lambda *_: "not the form")
    answer = AnswerGraph(make_steps(pilot, model), 50).ask(LAST)
    assert (answer.reason, len(model.prompts)) == ("invalid_reply", 2)


@needs_graph
@pytest.mark.parametrize("pieces", [False, True])
def test_a_graph_streams_as_a_chain_does(pilot: Pilot, pieces: bool) -> None:
    text = "The last ferry of the day leaves at 21:40. " * 8
    graph = AnswerGraph(make_steps(pilot, FakeModel(lambda *_: reply(text, ["The last ferry leaves at 21:40."]))), 6)
    found, *middle, answer = graph.stream(LAST, pieces=pieces)
    assert isinstance(found, Found)
    assert isinstance(answer, Answer)
    assert bool(middle) is pieces
    assert text.startswith("".join(map(str, middle)))


@pytest.mark.skipif(INSTALLED, reason="the extra `graph` is installed")
def test_without_the_extra_the_command_that_installs_it_is_named(pilot: Pilot) -> None:
    with pytest.raises(PilotError, match="--extra graph") as caught:
        AnswerGraph(pilot.chain.steps, 6)
    assert caught.value.exit_code == 69
