import json
from pathlib import Path

import pytest

from rag_pilot.canonical import canonical_json, canonical_sha256, ecmascript_number
from rag_pilot.cli import main
from rag_pilot.config import PilotConfig, parse_config
from rag_pilot.errors import PilotError
from tests.code.conftest import pilot_json

TABLE = [
    ("workload.runs", 0, "greater than or equal to 1"),
    ("workload.runs", "10", "valid integer"),
    ("workload.surprise", 1, "unknown key; allowed: arrivals, arrivalsPerSecond"),
    ("retrieval.mode", "magic", "allowed: 'bm25', 'dense' or 'hybrid'"),
    ("retrieval.k", 0, "greater than or equal to 1"),
    ("ingest.overlapCharacters", 800, "must be smaller than chunkCharacters"),
    ("answer.apiKeyVariable", "sk-secret", "must match"),
    ("answer.mode", "openai_compatible", "answer.model: must be set"),
    ("answer.baseUrl", "file:///etc/passwd", "must match"),
    ("serve.host", "0.0.0.0", "allowed: '127.0.0.1'"),
    ("retrieval.store", "chroma", "allowed: 'faiss_exact', 'faiss_hnsw', 'torch', 'pgvector'"),
    ("retrieval.storeUrlVariable", "http://db:8080", "must match"),
    ("retrieval.embedder", "", "at least 1 character"),
    (
        "retrieval.hnsw",
        {"m": 64, "efConstruction": 100, "efSearch": 128},
        "hnsw.efConstruction: must be at least twice",
    ),
    ("answer.mode", "transformers", "answer.model: must be set when answer.mode is transformers"),
    ("answer.maxUsdPerQuestion", 0.01, "needs usdPerMillionTokensIn and usdPerMillionTokensOut"),
    ("guard.injection", "ask", "allowed: 'off', 'flag' or 'drop'"),
    ("serve.apiKeyVariable", "secret", "must match"),
    ("serve.requestsPerMinute", 0, "greater than or equal to 1"),
    ("data.path", "", "at least 1 character"),
]


@pytest.mark.parametrize(("key", "value", "said"), TABLE)
def test_an_impossible_setting_is_named_with_what_is_allowed(key: str, value: object, said: str) -> None:
    config = pilot_json()
    section, name = key.split(".")
    config[section][name] = value
    with pytest.raises(PilotError) as caught:
        parse_config(json.dumps(config, indent=1))
    assert caught.value.exit_code == 78
    assert str(caught.value).startswith("pilot.json")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("key", "value"), [("device", "cuda"), ("precision", "bfloat16")])
def test_what_nothing_would_run_on_is_refused_instead_of_ignored(key: str, value: str) -> None:
    config = pilot_json()
    config[key] = value  # type: ignore[assignment]
    with pytest.raises(PilotError, match=f"{key}: {value} has no effect"):
        parse_config(json.dumps(config))
    config["retrieval"]["store"] = "torch"
    assert getattr(parse_config(json.dumps(config)), key) == value


def test_a_missing_key_a_repeated_key_and_no_json_are_told_apart() -> None:
    config = pilot_json()
    del config["workload"]
    for text, said in (
        (json.dumps(config), "workload: missing"),
        ('{"title": "a", "title": "b"}', "title: written twice"),
        ('{"title": ', "not JSON"),
        ('{"workload": NaN}', "pilot.json"),
    ):
        with pytest.raises(PilotError, match=said) as caught:
            parse_config(text)
        assert caught.value.exit_code == 78


def test_the_line_of_the_key_is_named_when_it_is_certain() -> None:
    config = pilot_json()
    config["retrieval"]["fusion"] = "magic"
    with pytest.raises(PilotError, match=r"pilot\.json:\d+: retrieval\.fusion: allowed: 'convex' or 'rrf'"):
        parse_config(json.dumps(config, indent=2))


def test_a_title_is_data_whatever_it_says() -> None:
    for title in ("$(rm -rf /)", "{{ x }}", "${{ secrets.X }}", "a: [b", '"quoted"'):
        assert parse_config(json.dumps(pilot_json() | {"title": title})).title == title


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (20.0, "20"), (0.1, "0.1"), (1e-05, "0.00001"), (1e-07, "1e-7"), (1e21, "1e+21"), (123456789012345680000.0, "123456789012345680000"),
        (-1.5, "-1.5"), (0, "0"), (1.25e-9, "1.25e-9"), (100, "100"), (5e-324, "5e-324"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_ecmascript_writes_them(number: float, text: str) -> None:
    assert ecmascript_number(number) == text


def test_the_hash_does_not_depend_on_order_or_on_how_a_number_was_typed() -> None:
    assert canonical_json({"b": [1.0, None, True], "a": "é\u2028\n"}) == '{"a":"é\u2028\\n","b":[1,null,true]}'
    assert canonical_sha256({"a": 20.0, "b": 1}) == canonical_sha256({"b": 1, "a": 20})


@pytest.mark.parametrize("arguments", [["setup"], ["bench"], ["gate"], ["run"]])
def test_the_command_line_says_one_sentence_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(["--dir", str(tmp_path), *arguments]) == 66
    said = capsys.readouterr().err
    assert said.startswith("pilot: ")
    assert said.count("\n") == 1


def test_the_configuration_in_this_folder_is_valid() -> None:
    PilotConfig.model_validate(pilot_json())
