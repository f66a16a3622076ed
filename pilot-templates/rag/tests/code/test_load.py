import asyncio
import json
import math
from contextlib import suppress
from pathlib import Path

import pytest

from rag_pilot.bench import apply_flags, hide_folder
from rag_pilot.cli import main
from rag_pilot.config import PilotConfig, Workload
from rag_pilot.exchange import Asked
from rag_pilot.gate import find_schedule_miss
from rag_pilot.load import RunResult, pick_questions, run_load, schedule_arrivals
from rag_pilot.metrics import latency_ms
from rag_pilot.report import read_report
from tests.code.conftest import pilot_json

ROOT = Path(__file__).parents[2]

WORK = {
    "arrivals": "poisson",
    "arrivalsPerSecond": 50,
    "runs": 1,
    "requestsPerRun": 50,
    "warmupRequests": 0,
    "timeoutSeconds": 5,
    "seed": 7,
}


def workload(**changes: object) -> Workload:
    return Workload.model_validate(WORK | changes)


def measure(work: Workload, service_seconds: float, answer: bytes, at_once: int = 1) -> list[RunResult]:
    """Against a server that needs a fixed time for each request and serves `at_once` of them together."""

    async def both() -> list[RunResult]:
        door = asyncio.Semaphore(at_once)

        tasks: set[asyncio.Task[None]] = set()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task
            tasks.add(task)
            try:
                while True:
                    head = await reader.readuntil(b"\r\n\r\n")
                    length = next(
                        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length")
                    )
                    await reader.readexactly(length)
                    async with door:
                        await asyncio.sleep(service_seconds)
                    writer.write(answer)
            except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
                pass
            finally:
                writer.close()
                with suppress(OSError):
                    await writer.wait_closed()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        results = await run_load(port, {"a": Asked("?"), "b": Asked("!")}, work)
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return results

    return asyncio.run(both())


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


def test_a_slow_server_shows_its_queue_not_its_service_time() -> None:
    """0.05 s of service, one at a time, 100 arrivals a second: the n-th of 8 waits for all before it."""
    work = workload(arrivals="constant", arrivalsPerSecond=100, requestsPerRun=8)
    records = measure(work, 0.05, OK)[0].records
    latencies = [latency_ms(record) for record in records]
    assert latencies == pytest.approx([50 + 40 * n for n in range(8)], rel=0.25, abs=15)


def test_what_does_not_come_in_time_is_a_timeout_and_counts_as_infinite() -> None:
    records = measure(workload(requestsPerRun=3, timeoutSeconds=0.1), 5.0, OK)[0].records
    assert {record.status for record in records} == {"timeout"}
    assert all(record.doneMs is None and math.isinf(latency_ms(record)) for record in records)


@pytest.mark.parametrize("answer", [b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_an_answer_that_is_none_is_an_error(answer: bytes) -> None:
    records = measure(workload(requestsPerRun=3), 0.0, answer)[0].records
    assert {record.status for record in records} == {"error"}


def test_the_schedule_is_poisson_and_the_same_for_the_same_seed() -> None:
    work = workload(requestsPerRun=5_000)
    first = schedule_arrivals(work, 0)
    assert first == schedule_arrivals(work, 0)
    assert first != schedule_arrivals(work, 1)
    gaps = sorted(after - before for before, after in zip([0.0, *first], first, strict=False))
    # Kolmogorov-Smirnov against the exponential; 1.63 / sqrt(n) is the limit for p = 0.01.
    distance = max(abs((at + 1) / 5_000 - (1 - math.exp(-50 * gap))) for at, gap in enumerate(gaps))
    assert distance < 1.63 / math.sqrt(5_000)


def test_every_question_comes_once_before_any_comes_twice() -> None:
    picked = pick_questions(list("abcde"), workload(requestsPerRun=12), 0)
    assert sorted(picked[:5]) == sorted(picked[5:10]) == list("abcde")


def test_a_whole_bench_writes_a_report_that_the_gate_can_read(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = root / "out" / "report.json"
    assert main(["--dir", str(root), "bench", "--out", str(out), "--progress", "json", "--no-track"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert lines[0]["phase"] == "ingest"
    assert {line["phase"] for line in lines} == {"ingest", "profile", "quality", "warmup", "load", "report"}
    report = json.loads(out.read_text())
    assert [metric["name"] for metric in report["metrics"]][:2] == ["answer_accuracy", "refusal_accuracy"]
    assert len(report["metrics"]) == 12
    assert len(report["requests"]) == 10
    assert {stage["name"] for stage in report["stages"]} == {"embed", "search", "answer", "cite"}
    rules = {question["id"]: (question["rule"], question["correct"]) for question in report["questions"]}
    assert rules["q2"] == ("yes_no", True)
    assert rules["q5"] == ("none", None)
    assert out.with_suffix(".md").is_file()
    # Two runs can show nothing about latency.
    assert main(["--dir", str(root), "gate", str(out)]) == 3
    assert "10 are needed" in capsys.readouterr().out
    late = read_report(out)
    assert find_schedule_miss(late, 1e9) is None
    assert find_schedule_miss(late, 1e-3) is not None
    tampered = out.with_name("tampered.json")
    tampered.write_text(out.read_text().replace('"value": 1, "unit": "share"', '"value": 0.5, "unit": "share"', 1))
    assert main(["--dir", str(root), "gate", str(tampered)]) == 65


def test_a_report_does_not_tell_the_folders_of_the_machine() -> None:
    shipped = PilotConfig.model_validate(pilot_json())
    config = apply_flags(shipped, ROOT, Path("/srv/secret/cases"), None)
    assert config.data.path == "/srv/secret/cases"
    assert hide_folder(config).data.path == "cases"
    assert hide_folder(shipped).data.path == "data"
