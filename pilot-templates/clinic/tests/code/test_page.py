"""The page: local, quiet, and it starts nothing for strangers."""

import http.client
import json
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clinic_pilot.errors import PilotError
from clinic_pilot.page import Bench, draw_page, open_page
from clinic_pilot.report import Report, write_report


@pytest.fixture
def port(root: Path) -> Iterator[int]:
    server, bench = open_page(root, None, 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield int(server.server_address[1])
    server.shutdown()
    server.server_close()
    bench.stop()
    thread.join()


def ask(port: int, verb: str, path: str, body: str = "", host: str | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(verb, path, body, {"Host": host or f"127.0.0.1:{port}"})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


@pytest.mark.parametrize(
    ("verb", "path", "body", "host", "status"),
    [
        ("GET", "/", "", None, 200),
        ("GET", "/health", "", None, 200),
        ("GET", "/etc/passwd", "", None, 404),
        ("GET", "/", "", "evil.example", 421),
        ("POST", "/start", "", None, 403),
        ("POST", "/start", "token=guess", None, 403),
        ("POST", "/start", "token=" + "a" * 5000, None, 403),
    ],
)
def test_only_the_page_itself_is_answered(
    port: int, verb: str, path: str, body: str, host: str | None, status: int
) -> None:
    assert ask(port, verb, path, body, host)[0] == status


def test_a_port_in_use_is_said(port: int, root: Path) -> None:
    with pytest.raises(PilotError, match="--port") as caught:
        open_page(root, None, port)
    assert caught.value.exit_code == 75


def test_two_measurements_never_run_beside_each_other() -> None:
    bench = Bench(
        [sys.executable, "-c", "import sys, time; print('hello', file=sys.stderr, flush=True); time.sleep(60)"]
    )
    assert bench.start()
    assert not bench.start()
    end = time.monotonic() + 20
    while not bench.lines and time.monotonic() < end:
        time.sleep(0.01)
    bench.stop()
    assert list(bench.lines) == ["hello"]
    assert not bench.running


def test_the_page_shows_the_report_and_no_foreign_markup(valid_report: dict[str, Any], tmp_path: Path) -> None:
    valid_report["outcome"] = {"status": "failed", "stage": "waiting", "reason": "<script>alert(1)</script>"}
    write_report(Report.model_validate(valid_report), tmp_path / "report.json")
    drawn = draw_page(tmp_path / "report.json", Bench([]), "t")
    assert "<h2>Gate: inconclusive</h2>" in drawn
    assert "<script>" not in drawn


def test_without_a_report_the_page_says_so(tmp_path: Path) -> None:
    assert "No report yet" in draw_page(tmp_path / "report.json", Bench([]), "t")
    (tmp_path / "report.json").write_text(json.dumps({}))
    assert "report.json" in draw_page(tmp_path / "report.json", Bench([]), "t")
