"""The same steps as a graph with a loop and limits: the only module that knows LangGraph. Needs the extra `graph`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypedDict

from rag_pilot.answers import Answer
from rag_pilot.chain import keep_questions_here
from rag_pilot.extras import import_extra
from rag_pilot.follow import follow
from rag_pilot.history import Exchange
from rag_pilot.retrieve import Found
from rag_pilot.stages import StageClock
from rag_pilot.steps import Steps, Turn


class State(TypedDict):
    turn: Turn
    answer: Answer | None


class AnswerGraph:
    """Asks and streams as `AnswerChain` does. `max_steps`: nodes that one question may run through; a question that
    needs more is refused with `step_limit`, whatever it has so far."""

    def __init__(self, steps: Steps, max_steps: int) -> None:
        keep_questions_here()
        self.steps, self._max_steps = steps, max_steps
        langgraph = import_extra("langgraph.graph", "graph", "answer.orchestration graph")
        self._errors = import_extra("langgraph.errors", "graph", "answer.orchestration graph")
        graph = langgraph.StateGraph(State)
        for name, step in (
            ("retrieve", steps.retrieve),
            ("prompt", steps.prompt),
            ("answer", steps.answer),
            ("repair", steps.repair),
        ):
            graph.add_node(name, _node(step))
        graph.add_node("check", lambda state: {"answer": steps.check(state["turn"])})
        graph.add_edge(langgraph.START, "retrieve")
        graph.add_conditional_edges(
            "retrieve", lambda state: "check" if steps.is_thin(state["turn"]) else "prompt", ["check", "prompt"]
        )
        graph.add_edge("prompt", "answer")
        graph.add_conditional_edges(
            "answer", lambda state: "repair" if steps.needs_repair(state["turn"]) else "check", ["repair", "check"]
        )
        graph.add_edge("repair", "answer")
        graph.add_edge("check", langgraph.END)
        self._graph = graph.compile()

    def ask(
        self,
        question: str,
        clock: StageClock | None = None,
        *,
        audiences: Iterable[str] | None = None,
        history: Sequence[Exchange] = (),
    ) -> Answer:
        *_, last = self._run(self.steps.begin(question, audiences, history, clock))
        assert isinstance(last, Answer)  # noqa: S101
        return last

    def stream(
        self,
        question: str,
        *,
        audiences: Iterable[str] | None = None,
        history: Sequence[Exchange] = (),
        pieces: bool = False,
    ) -> Iterator[Found | str | Answer]:
        """What was found, then the checked answer, with `pieces` in between, as `AnswerChain.stream`."""
        turn = self.steps.begin(question, audiences, history)
        if not pieces or not self.steps.asks_model:
            yield from self._run(turn)
            return
        found: list[Found] = []

        def run(on_piece: Any) -> Answer:
            for part in self._run(replace(turn, on_piece=on_piece)):
                if isinstance(part, Answer):
                    return part
                found.append(part)
                # An empty piece says: there is something to look at.
                on_piece("")
            raise AssertionError("unreachable: a run ends with an answer")

        for part in follow(run):
            if part == "" and found:
                yield found.pop()
            elif part != "":
                yield part

    def _run(self, turn: Turn) -> Iterator[Found | Answer]:
        """What was found once it is known, then the answer."""
        told = False
        answer: Answer | None = None
        settings = {"recursion_limit": self._max_steps}
        try:
            for state in self._graph.stream({"turn": turn, "answer": None}, settings, stream_mode="values"):
                turn, answer = state["turn"], state["answer"]
                if not told and turn.found.document_ids:
                    told = True
                    yield turn.found
        except self._errors.GraphRecursionError:
            # Also raised when the last step allowed was the last one needed: then the answer is there.
            pass
        if not told:
            yield turn.found
        yield answer or self.steps.stop(turn, "step_limit")


def _node(step: Any) -> Any:
    def run(state: State) -> dict[str, Turn]:
        return {"turn": step(state["turn"])}

    return run
