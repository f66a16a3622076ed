import json
from pathlib import Path

import pytest

from rag_pilot.cli import main
from rag_pilot.compare_retrieval import compare_retrieval, describe_comparison, differences
from rag_pilot.config import PilotConfig, Workload
from rag_pilot.documents import read_corpus, read_questions
from rag_pilot.errors import PilotError
from rag_pilot.make_corpus import make_corpus
from rag_pilot.measure_retrieval import describe_speed, measure_ingest, measure_serving
from rag_pilot.randomise import randomisation_p
from tests.code.conftest import pilot_json, write_data


def config() -> PilotConfig:
    return PilotConfig.model_validate(pilot_json())


@pytest.mark.parametrize(
    ("sets", "p"),
    [
        # Every sign of five differences: 2 of 32 orders are as far from 0.
        ([[0.1, 0.1, 0.2, 0.1, 0.3]], 2 / 32),
        ([[0.1, 0.0, 0.1, 0.2, 0.1, 0.3]], 2 / 32),
        ([[0.5, -0.5]], 1.0),
        ([[0.0, 0.0]], 1.0),
        ([[1.0], [1.0, 1.0]], 2 / 8),
    ],
)
def test_the_chance_that_a_difference_is_luck_is_exact_for_few_questions(sets: list[list[float]], p: float) -> None:
    assert randomisation_p(sets) == pytest.approx(p, abs=1e-12)


def test_with_many_questions_the_chance_is_drawn_and_never_zero() -> None:
    clear = [1.0] * 60
    assert randomisation_p([clear], rounds=999) == pytest.approx(1 / 1_000)
    assert randomisation_p([[1.0, -1.0] * 30]) == 1.0
    # 36 of 60 signs: the normal approximation says 0.155 with continuity correction.
    assert randomisation_p([[1.0] * 36 + [-1.0] * 24]) == pytest.approx(0.155, abs=0.02)


def test_a_small_set_does_not_count_less_than_a_large_one() -> None:
    small, large = [0.5] * 4, [0.0] * 400
    assert randomisation_p([small, large]) == pytest.approx(2 / 16)


def test_three_systems_are_compared_question_by_question(root: Path) -> None:
    # Five documents are fewer than ten ranks, so the set is enlarged.
    folder = root / "many"
    make_corpus(folder, 40, 12, 5)
    result = compare_retrieval(config(), [folder], root)
    [found] = result.sets
    assert (found.documents, found.judged, found.left_out, found.measure) == (40, 12, 0, "MRR@10")
    assert all(len(system.headline) == 12 for system in found.systems.values())
    assert result.gain == pytest.approx(sum(differences(found, "hybrid", result.best)) / 12)
    assert result.mean("hybrid") > 0.5
    text = describe_comparison(config(), result)
    assert "hybrid minus" in text
    assert "belong to these documents" in text


def test_a_set_without_gold_has_nothing_to_compare(root: Path) -> None:
    folder = root / "many"
    make_corpus(folder, 40, 12, 5)
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n")
    with pytest.raises(PilotError, match="no question has a gold document") as caught:
        compare_retrieval(config(), [folder], root)
    assert caught.value.exit_code == 65


def test_questions_without_gold_are_left_out_and_counted(root: Path) -> None:
    folder = root / "many"
    make_corpus(folder, 40, 12, 5)
    with (folder / "queries.jsonl").open("a") as stream:
        stream.write(json.dumps({"_id": "lost", "text": "Where is it?"}) + "\n")
    [found] = compare_retrieval(config(), [folder], root).sets
    assert (found.judged, found.left_out) == (12, 1)


def test_the_comparison_is_one_command(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = root / "many"
    make_corpus(folder, 40, 12, 5)
    assert main(["--dir", str(root), "compare-retrieval", "--data", str(folder)]) == 0
    assert "mean over sets: bm25" in capsys.readouterr().out
    assert main(["--dir", str(root), "compare-retrieval", "--data", str(root / "nowhere")]) == 66
    assert "no such folder" in capsys.readouterr().err


def test_a_made_up_corpus_is_the_same_every_time_and_can_be_read(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("two", 7), ("other", 8)):
        make_corpus(tmp_path / name, 30, 10, seed)
    content = {name: (tmp_path / name / "corpus.jsonl").read_bytes() for name in ("one", "two", "other")}
    assert content["one"] == content["two"] != content["other"]
    corpus = read_corpus(tmp_path / "one")
    assert len(corpus.documents) == 30
    assert not corpus.failures
    assert all(1_900 < len(document.text) < 2_200 for document in corpus.documents)
    questions = read_questions(tmp_path / "one")
    assert len(questions) == 10
    assert all(question.relevant for question in questions)


def test_speed_is_measured_from_the_scheduled_arrival(root: Path) -> None:
    folder = write_data(root / "data")
    workload = Workload(
        arrivals="poisson",
        arrivalsPerSecond=50.0,
        runs=2,
        requestsPerRun=5,
        warmupRequests=2,
        timeoutSeconds=10.0,
        seed=1,
    )
    ingest = measure_ingest(config(), folder)
    serving = measure_serving(config(), folder, root, workload, lambda _: None)
    assert ingest.pages == 5
    assert [len(run.records) for run in serving.runs] == [5, 5]
    assert {record.status for run in serving.runs for record in run.records} == {"ok"}
    assert 0 < serving.engine_ms <= serving.inside_ms
    assert 0 <= serving.wrapper_share <= 1
    assert "0 without an answer" in describe_speed(config(), ingest, serving, workload)
