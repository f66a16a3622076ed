"""Holds this pilot's load generator against AIPerf: the same fixed-service server, the same rate, in turns.

    uv run python scripts/compare_generators.py --aiperf /path/to/aiperf

AIPerf is not a dependency of the pilot: install it in an environment of its own (`uv tool install aiperf`). The server
answers as an OpenAI-shaped one after a fixed time, whatever else is under way, so that both generators have the same
truth to find. Prints JSON: p50 and p95 in ms of every round and the ratio ours / AIPerf with its spread.
"""

import argparse
import asyncio
import json
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rag_pilot.config import Workload
from rag_pilot.exchange import Asked
from rag_pilot.load import run_load

REPLY = {"message": {"role": "assistant", "content": "ok"}, "index": 0, "finish_reason": "stop"}
BODY = json.dumps({"id": "1", "object": "chat.completion", "created": 1, "model": "mock", "choices": [REPLY]}).encode()
# A vocabulary of one word: AIPerf insists on a tokenizer and would fetch one.
TOKENIZER = {
    "version": "1.0",
    "added_tokens": [],
    "pre_tokenizer": {"type": "Whitespace"},
    "model": {"type": "WordLevel", "vocab": {"[UNK]": 0}, "unk_token": "[UNK]"},
}


async def serve(listener: socket.socket, service_ms: float) -> None:
    """Answers every request `service_ms` after it came in, any number at once."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(BODY)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                lines = (await reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
                await reader.readexactly(next((int(x[15:]) for x in lines if x.startswith(b"content-length:")), 0))
                await asyncio.sleep(service_ms / 1000)
                writer.write(head + BODY)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async with await asyncio.start_server(answer, sock=listener) as server:
        await server.serve_forever()


def measure_ours(port: int, rate: float, requests: int, seed: int) -> dict[str, float]:
    """p50, p95 from the send in ms (AIPerf's clock), achieved requests/s, p99 of the dispatch delay in ms."""
    workload = Workload.model_validate(
        {
            "arrivals": "poisson",
            "arrivalsPerSecond": rate,
            "runs": 1,
            "requestsPerRun": requests,
            "warmupRequests": 0,
            "timeoutSeconds": 30,
            "seed": seed,
        }
    )
    records = asyncio.run(run_load(port, {"q": Asked("?")}, workload, path="/v1/chat/completions"))[0].records
    took = [record.doneMs - record.sentMs for record in records if record.doneMs is not None]
    late = [record.sentMs - record.scheduledMs for record in records]
    planned = records[-1].scheduledMs - records[0].scheduledMs
    sent = max(record.sentMs for record in records) - records[0].sentMs
    return {
        "p50Ms": _percentile(took, 50),
        "p95Ms": _percentile(took, 95),
        "achievedShare": round(planned / sent, 4),
        "dispatchP99Ms": _percentile(late, 99),
    }


def measure_theirs(aiperf: str, port: int, rate: float, requests: int, seed: int) -> dict[str, float]:
    """AIPerf's request latency in ms for the same rate and count."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "tokenizer.json").write_text(json.dumps(TOKENIZER))
        (place / "tokenizer_config.json").write_text(
            json.dumps({"tokenizer_class": "PreTrainedTokenizerFast", "unk_token": "[UNK]"})
        )
        (place / "asked.jsonl").write_text('{"text": "?"}\n')
        command = [aiperf, "profile", "-m", "mock", "--endpoint-type", "chat", "--ui", "none"]
        command += ["--url", f"http://127.0.0.1:{port}", "--tokenizer", folder, "--use-server-token-count"]
        command += ["--input-file", str(place / "asked.jsonl"), "--custom-dataset-type", "single-turn"]
        command += ["--request-rate", str(rate), "--arrival-pattern", "poisson", "--request-count", str(requests)]
        command += ["--random-seed", str(seed), "--output-artifact-dir", str(place / "out")]
        subprocess.run(command, check=True, capture_output=True, timeout=600)  # noqa: S603 - the caller names the command
        found = json.loads((place / "out" / "profile_export_aiperf.json").read_text())["request_latency"]
    return {"p50Ms": round(found["p50"], 3), "p95Ms": round(found["p95"], 3)}


def main() -> None:
    """One round is ours and then AIPerf's, so that a change of the machine meets both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aiperf", required=True)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--service-ms", type=float, default=60)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve is not None:
        asyncio.run(serve(socket.socket(fileno=given.serve), given.service_ms))
        return
    # Listening before the server's process stands: a request that comes too early waits instead of being refused.
    listener = socket.create_server(("127.0.0.1", 0))
    port, handle = listener.getsockname()[1], listener.fileno()
    command = [sys.executable, __file__, *sys.argv[1:], "--serve", str(handle)]
    server = subprocess.Popen(command, pass_fds=[handle])  # noqa: S603 - itself
    try:
        rounds = [
            {
                "ours": measure_ours(port, given.rate, given.requests, seed),
                "aiperf": measure_theirs(given.aiperf, port, given.rate, given.requests, seed),
            }
            for seed in range(1, given.rounds + 1)
        ]
    finally:
        server.terminate()
        server.wait()
    ratios = {name: [one["ours"][name] / one["aiperf"][name] for one in rounds] for name in ("p50Ms", "p95Ms")}
    spread = {
        name: {"median": round(statistics.median(all_), 4), "min": round(min(all_), 4), "max": round(max(all_), 4)}
        for name, all_ in ratios.items()
    }
    found = {"rate": given.rate, "serviceMs": given.service_ms, "rounds": rounds, "ratio": spread}
    sys.stdout.write(f"{json.dumps(found, indent=2)}\n")


def _percentile(values: Sequence[float], percent: int) -> float:
    """By order statistic, as the gate does: the smallest value that `percent` of all do not exceed."""
    ordered = sorted(values)
    return round(ordered[-(-len(ordered) * percent // 100) - 1], 3)


if __name__ == "__main__":
    main()
