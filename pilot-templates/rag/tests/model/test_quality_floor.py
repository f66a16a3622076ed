"""A small end-to-end floor: a change that makes answers much worse fails here, before any benchmark."""

import os
from pathlib import Path

import pytest

from rag_pilot.config import PilotConfig
from rag_pilot.documents import read_corpus, read_questions
from rag_pilot.fuse import rank
from rag_pilot.judge_answer import judge_answer, pick_rule
from rag_pilot.lexical import LexicalIndex
from rag_pilot.pilot import open_pilot
from tests.code.conftest import pilot_json

ROOT = Path(__file__).parents[2]
# Under what was measured (README, "What it reaches"), so that a real loss shows and noise does not.
LEAST_CORRECT, LEAST_RECALL = 55, 0.85
# Published for these sets with BM25, k1 = 0.9, b = 0.4, title and text, whole documents.
BASELINES = {"dev-aws-support100": (0.920, 0.957), "dev-xquad-en-a": (0.939, None)}


def test_the_bundled_set_is_answered_as_well_as_before(tmp_path: Path) -> None:
    # As shipped, whatever pilot.json says by now: the floor belongs to the code.
    value = pilot_json()
    value["retrieval"] |= {"k": 5, "dimensions": 128}
    value["data"]["path"] = str(ROOT / "data")
    pilot = open_pilot(PilotConfig.model_validate(value), tmp_path)
    correct = found = with_gold = 0
    for question in read_questions(ROOT / "data"):
        answer = pilot.chain.ask(question.text)
        rule, spans = pick_rule(question, ())
        correct += bool(judge_answer(question, rule, spans, answer).correct)
        with_gold += bool(question.relevant)
        found += bool(set(question.relevant) & set(answer.document_ids))
    assert correct >= LEAST_CORRECT
    assert found / with_gold >= LEAST_RECALL


@pytest.mark.parametrize("name", BASELINES)
def test_bm25_reproduces_the_reference_run(name: str) -> None:
    """PILOTAGE_EVAL_DATA names the folder of the sets; without it this is skipped, and pytest says so."""
    home = os.environ.get("PILOTAGE_EVAL_DATA")
    if not home:
        pytest.skip("PILOTAGE_EVAL_DATA is not set: the reference runs were not reproduced")
    folder = Path(home) / name
    documents, questions = read_corpus(folder).documents, read_questions(folder)
    index = LexicalIndex.of_texts([f"{document.title}\n{document.text}" for document in documents])
    first = reciprocal = 0.0
    for question in questions:
        scores = dict(zip((document.id for document in documents), index.scores(question.text).tolist(), strict=True))
        ranking = [identifier for identifier, _ in rank(scores)][:10]
        at = next((position for position, identifier in enumerate(ranking, 1) if identifier in question.relevant), 0)
        first, reciprocal = first + (at == 1), reciprocal + (1 / at if at else 0)
    precision, mrr = BASELINES[name]
    assert first / len(questions) == pytest.approx(precision, abs=0.005)
    if mrr is not None:
        assert reciprocal / len(questions) == pytest.approx(mrr, abs=0.005)
