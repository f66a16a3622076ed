"""What the command says and how it ends when it cannot or must not go on."""

import json
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from rag_pilot.admit import MOST_CALLERS, Key, RateLimit
from rag_pilot.bench import apply_flags
from rag_pilot.cli import main
from rag_pilot.config import PilotConfig
from rag_pilot.consent import Consent, check_consent
from rag_pilot.cost import Estimate
from rag_pilot.device import read_device
from rag_pilot.errors import PilotError
from rag_pilot.open_port import require_key
from rag_pilot.pilot import Pilot
from tests.code.conftest import pilot_json


def test_a_second_server_on_the_same_port_ends_with_75(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["--dir", str(root), "run", "--port", str(port)]) == 75
    assert capsys.readouterr().err == f"pilot: port {port} is busy; set serve.port or pass --port.\n"


def test_a_server_that_others_reach_asks_for_a_key(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PILOT_API_KEY", raising=False)
    assert main(["--dir", str(root), "run", "--port", "0", "--expose"]) == 69
    assert "PILOT_API_KEY" in capsys.readouterr().err
    config = PilotConfig.model_validate(pilot_json())
    assert require_key(config, expose=False).serve.apiKeyVariable is None
    assert require_key(config, expose=True).serve.apiKeyVariable == "PILOT_API_KEY"
    own = config.model_copy(update={"serve": config.serve.model_copy(update={"apiKeyVariable": "OWN_KEY"})})
    assert require_key(own, expose=True).serve.apiKeyVariable == "OWN_KEY"


def test_a_device_that_is_not_there_is_an_error() -> None:
    torch = pytest.importorskip("torch") if _has_torch() else None
    if torch is not None and torch.cuda.is_available():
        pytest.skip("there is a GPU here")
    with pytest.raises(PilotError) as caught:
        read_device("cuda")
    assert caught.value.exit_code == 69
    assert read_device("cpu").name is None


def _has_torch() -> bool:
    from importlib.util import find_spec

    return find_spec("torch") is not None


# base URL, price, budget, unknown cost accepted, exit code or None
SPENDING: list[tuple[str, float | None, float | None, bool, int | None]] = [
    ("http://127.0.0.1:1/v1", None, None, False, None),
    ("https://api.example/v1", None, None, False, 77),
    ("https://api.example/v1", None, None, True, None),
    ("https://api.example/v1", None, 100.0, False, 77),
    ("https://api.example/v1", 2.0, None, False, 77),
    ("https://api.example/v1", 2.0, None, True, 77),
    ("https://api.example/v1", 2.0, 5.99, False, 77),
    ("https://api.example/v1", 2.0, 6.0, False, None),
    ("http://127.0.0.1:1/v1", 2.0, None, False, 77),
    ("https://api.example/v1", 0.0, None, False, None),
]


@pytest.mark.parametrize(("url", "usd", "budget", "unknown", "code"), SPENDING)
def test_nothing_is_spent_unasked(
    url: str, usd: float | None, budget: float | None, unknown: bool, code: int | None
) -> None:
    """`usd` at most for asking each question once; each is asked three times."""
    value = pilot_json()
    value["answer"] |= {"mode": "openai_compatible", "model": "m", "baseUrl": url}
    estimate = Estimate(10, 1_000, 5_000, None if usd is None else usd / 2, usd)
    pilot = SimpleNamespace(config=PilotConfig.model_validate(value), estimate=lambda _: estimate)
    said: list[str] = []

    def check() -> None:
        consent = Consent(budget, unknown)
        check_consent(cast(Pilot, pilot), ["?"], 3, consent, lambda *parts: said.append(str(parts[-1])))

    if code is None:
        check()
    else:
        with pytest.raises(PilotError) as caught:
            check()
        assert caught.value.exit_code == code
    assert "30 model answers" in said[0], "the estimate is said before anything is decided"


def test_the_extractive_answerer_needs_no_consent() -> None:
    pilot = SimpleNamespace(config=PilotConfig.model_validate(pilot_json()))
    check_consent(cast(Pilot, pilot), ["?"], 3, Consent(), lambda *_: pytest.fail("nothing is estimated"))


def test_the_rate_limit_lets_a_burst_through_and_then_one_at_a_time() -> None:
    now = 0.0
    limit = RateLimit(60, lambda: now)
    assert [limit.wait_seconds("a") for _ in range(60)] == [0.0] * 60
    assert limit.wait_seconds("a") == pytest.approx(1.0)
    assert limit.wait_seconds("b") == 0.0, "each caller has their own"
    now = 1.0
    assert limit.wait_seconds("a") == 0.0
    assert limit.wait_seconds("a") == pytest.approx(1.0)
    for number in range(MOST_CALLERS + 5):
        limit.wait_seconds(str(number))
    assert len(limit._callers) == MOST_CALLERS


def test_a_key_is_kept_as_its_hash_only() -> None:
    key = Key("0123456789abcdef-secret")
    assert "secret" not in json.dumps([repr(value) for value in vars(key).values()])
    assert key.opens("Bearer 0123456789abcdef-secret")
    for wrong in (
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer 0123456789abcdef-secreT",
        "Token 0123456789abcdef-secret",
        "Bearer \udcff",
    ):
        assert not key.opens(wrong)


def test_bench_flags_change_nothing_but_what_they_name(root: Path) -> None:
    config: Any = PilotConfig.model_validate(pilot_json())
    assert apply_flags(config, root, None, "quick").workload.runs == 10
    assert apply_flags(config, root, None, None) == config
