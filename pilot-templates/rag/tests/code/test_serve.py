import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from rag_pilot.config import PilotConfig
from rag_pilot.endpoint import EndpointError
from rag_pilot.errors import PilotError
from rag_pilot.pilot import Pilot, open_pilot
from rag_pilot.serve import build_app
from tests.code.conftest import pilot_json

Reply = httpx.Response
QUESTION = {"question": "When does the last ferry leave?"}
KEY = "0123456789abcdef0123"


def call(pilot: Pilot, method: str, path: str, root: Path = Path("/nonexistent"), **arguments: Any) -> Reply:
    return call_often(pilot, [(method, path, arguments)], root)[0]


def call_often(
    pilot: Pilot, calls: list[tuple[str, str, dict[str, Any]]], root: Path = Path("/nonexistent")
) -> list[Reply]:
    """Several calls to one server, one after the other."""

    async def all_of_them() -> list[Reply]:
        app = build_app(pilot, root, ("When does it open?",))
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            return [await client.request(method, path, **arguments) for method, path, arguments in calls]

    return asyncio.run(all_of_them())


def pilot_with(root: Path, **changes: dict[str, Any]) -> Pilot:
    value = pilot_json()
    for section, change in changes.items():
        value[section] |= change
    return open_pilot(PilotConfig.model_validate(value), root)


def test_an_answer_comes_with_its_sources(pilot: Pilot) -> None:
    body = call(pilot, "POST", "/ask", json=QUESTION).json()
    assert body["answerable"] is True
    assert "21:40" in body["answer"]
    assert body["citations"][0]["documentId"] == "ferry-times"


def test_nothing_relevant_is_an_honest_200(pilot: Pilot) -> None:
    reply = call(pilot, "POST", "/ask", json={"question": "Which submarine cable feeds the nuclear reactor?"})
    assert (reply.status_code, reply.json()["answerable"], reply.json()["citations"]) == (200, False, [])


BAD_QUESTIONS: list[tuple[object, int, str]] = [
    ({"question": ""}, 422, "BODY_INVALID"),
    ({"question": "   \n "}, 422, "BODY_INVALID"),
    ({"question": 5}, 422, "BODY_INVALID"),
    ({"question": None}, 422, "BODY_INVALID"),
    ({"question": ["x"]}, 422, "BODY_INVALID"),
    ({}, 422, "BODY_INVALID"),
    ([], 422, "BODY_INVALID"),
    ("x", 422, "BODY_INVALID"),
    ({"question": "x", "extra": 1}, 422, "KEY_UNKNOWN"),
    ({"question": "x", "__proto__": {}}, 422, "KEY_UNKNOWN"),
    ({"question": "x", "audiences": "staff"}, 422, "BODY_INVALID"),
    ({"question": "x", "audiences": ["staff"]}, 400, "PERMISSIONS_OFF"),
    ({"question": "x" * 2_001}, 413, "QUESTION_TOO_LONG"),
    ({"question": "\U0001f6a2" * 2_001}, 413, "QUESTION_TOO_LONG"),
    ({"question": "x" * 100_000}, 413, "BODY_TOO_LARGE"),
]


@pytest.mark.parametrize(("body", "status", "code"), BAD_QUESTIONS, ids=lambda value: str(value)[:40])
@pytest.mark.parametrize("path", ["/ask", "/ask/stream", "/retrieve"])
def test_a_question_that_cannot_be_asked_is_refused(
    pilot: Pilot, path: str, body: object, status: int, code: str
) -> None:
    reply = call(pilot, "POST", path, json=body)
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert reply.json()["requestId"] == reply.headers["x-request-id"]
    assert "xxx" not in reply.text, "an error does not repeat what was sent"


BAD_BYTES: list[tuple[bytes, dict[str, str], int, str]] = [
    (b"", {}, 400, "BODY_NOT_JSON"),
    (b"question", {}, 400, "BODY_NOT_JSON"),
    (b'{"question": "\xff\xfe"}', {}, 400, "BODY_NOT_JSON"),
    (b'{"question": "\\ud800"}', {}, 400, "BODY_NOT_JSON"),
    (b"[" * 60_000, {}, 400, "BODY_NOT_JSON"),
    (b'{"question": NaN}', {}, 422, "BODY_INVALID"),
    (b'{"question": "x"}', {"content-type": "text/plain"}, 415, "TYPE_NOT_JSON"),
    (b'{"question": "x"}', {"content-type": "application/x-www-form-urlencoded"}, 415, "TYPE_NOT_JSON"),
    (b'{"question": "x"}', {"content-length": "-1"}, 400, "LENGTH_INVALID"),
    (b'{"question": "x"}', {"content-length": "9" * 40}, 413, "BODY_TOO_LARGE"),
]


@pytest.mark.parametrize(("content", "headers", "status", "code"), BAD_BYTES)
def test_bytes_that_are_no_question_are_refused(
    pilot: Pilot, content: bytes, headers: dict[str, str], status: int, code: str
) -> None:
    reply = call(pilot, "POST", "/ask", content=content, headers={"content-type": "application/json"} | headers)
    assert (reply.status_code, reply.json()["code"]) == (status, code)


def test_a_body_that_does_not_say_how_long_it_is_is_cut_at_the_limit(pilot: Pilot) -> None:
    sent = 0

    async def pieces() -> Any:
        nonlocal sent
        for _ in range(10_000):
            sent += 1
            yield b"x" * 1_000

    reply = call(pilot, "POST", "/ask", content=pieces(), headers={"content-type": "application/json"})
    assert reply.status_code == 413


def events(text: str) -> Iterator[tuple[str, Any]]:
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        yield name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def test_the_stream_shows_sources_then_the_checked_answer(pilot: Pilot) -> None:
    reply = call(pilot, "POST", "/ask/stream", json=QUESTION)
    assert reply.headers["content-type"].startswith("text/event-stream")
    names = [name for name, _ in events(reply.text)]
    assert names == ["sources", "answer", "done"]
    assert "21:40" in dict(events(reply.text))["answer"]["answer"]


def test_a_model_that_fails_is_an_error_not_an_answer(pilot: Pilot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise EndpointError(503, "is busy (HTTP 429)", 2)

    monkeypatch.setattr(pilot.chain.steps._answerer, "draft", fail)
    reply = call(pilot, "POST", "/ask", json=QUESTION)
    assert (reply.status_code, reply.json()["code"], reply.json()["retries"]) == (503, "MODEL_FAILED", 2)
    assert [name for name, _ in events(call(pilot, "POST", "/ask/stream", json=QUESTION).text)] == ["sources", "error"]


def test_a_fault_of_ours_shows_nothing_of_itself(pilot: Pilot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("/srv/secret/path")

    monkeypatch.setattr(pilot.chain.steps._answerer, "draft", fail)
    reply = call(pilot, "POST", "/ask", json=QUESTION)
    assert (reply.status_code, reply.json()["code"]) == (500, "INTERNAL")
    assert "secret" not in reply.text


def test_the_page_needs_nothing_from_elsewhere_and_a_stranger_gets_nothing(pilot: Pilot) -> None:
    page = call(pilot, "GET", "/")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert "{{" not in page.text
    assert call(pilot, "GET", "/health", headers={"host": "evil.example"}).status_code == 421
    assert call(pilot, "GET", "/health", headers={"host": "127.0.0.1.evil.example:8000"}).status_code == 421
    assert call(pilot, "POST", "/ask", json=QUESTION, headers={"origin": "http://evil.example"}).status_code == 403
    assert call(pilot, "POST", "/ask", json=QUESTION, headers={"origin": "null"}).status_code == 403
    assert call(pilot, "POST", "/ask", json=QUESTION, headers={"origin": "http://127.0.0.1:8000"}).status_code == 200


def test_the_page_sets_text_and_never_markup() -> None:
    script = (Path(__file__).parents[2] / "src" / "rag_pilot" / "page.js").read_text()
    assert not [
        word for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(") if word in script
    ]


def test_a_title_is_data_and_no_part_of_the_page(root: Path) -> None:
    title = "</script><script>alert(1)</script>"
    value = pilot_json() | {"title": title}
    pilot = open_pilot(PilotConfig.model_validate(value), root)
    assert title not in call(pilot, "GET", "/").text
    assert call(pilot, "GET", "/about").json()["title"] == title


def test_ready_means_that_a_search_works(pilot: Pilot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call(pilot, "GET", "/ready").json() == {
        "status": "ready", "device": "cpu", "store": "faiss_exact", "documents": 5, "chunks": 5
    }  # fmt: skip

    def away(*_: object) -> None:
        raise PilotError(69, "the store does not answer.")

    monkeypatch.setattr(pilot.library.retriever, "retrieve", away)
    reply = call(pilot, "GET", "/ready")
    assert (reply.status_code, reply.json()["message"]) == (503, "the store does not answer.")


def test_with_a_key_only_page_and_probes_are_open(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILOT_KEY", KEY)
    pilot = pilot_with(root, serve={"apiKeyVariable": "PILOT_KEY"})
    asks: list[tuple[str, dict[str, str], int]] = [
        ("/ask", {}, 401),
        ("/ask", {"authorization": "Bearer wrong"}, 401),
        ("/ask", {"authorization": KEY}, 401),
        ("/ask", {"authorization": f"Basic {KEY}"}, 401),
        ("/ask", {"authorization": f"Bearer {KEY}"}, 200),
        ("/ask", {"authorization": f"bearer {KEY}"}, 200),
    ]
    replies = call_often(pilot, [("POST", path, {"json": QUESTION, "headers": headers}) for path, headers, _ in asks])
    assert [reply.status_code for reply in replies] == [status for _, _, status in asks]
    assert replies[0].headers["www-authenticate"] == "Bearer"
    probes = [("/", 200), ("/health", 200), ("/ready", 200), ("/metrics", 401), ("/about", 401), ("/nowhere", 401)]
    assert [(path, call(pilot, "GET", path).status_code) for path, _ in probes] == probes


@pytest.mark.parametrize(("key", "code", "said"), [(None, 69, "is not set"), ("short", 78, "too short")])
def test_a_server_without_its_key_does_not_start(
    root: Path, monkeypatch: pytest.MonkeyPatch, key: str | None, code: int, said: str
) -> None:
    if key:
        monkeypatch.setenv("PILOT_KEY", key)
    with pytest.raises(PilotError, match=said) as caught:
        build_app(pilot_with(root, serve={"apiKeyVariable": "PILOT_KEY"}), root)
    assert caught.value.exit_code == code


def test_who_asks_too_often_is_told_when_to_come_back(root: Path) -> None:
    pilot = pilot_with(root, serve={"requestsPerMinute": 2})
    replies = call_often(pilot, [("POST", "/ask", {"json": QUESTION})] * 3 + [("GET", "/health", {})])
    assert [reply.status_code for reply in replies] == [200, 200, 429, 200]
    assert 1 <= int(replies[2].headers["retry-after"]) <= 30


def test_history_and_cache_work_over_http(root: Path) -> None:
    pilot = pilot_with(root, answer={"historyTurns": 2, "cacheEntries": 10})
    said = [{"question": "When does the last ferry leave?", "answer": "The last ferry leaves at 21:40."}]
    follow_up = {"question": "And the morning one?", "history": said}
    alone, together, again = call_often(
        pilot,
        [("POST", "/ask", {"json": body}) for body in ({"question": "And the morning one?"}, follow_up, follow_up)],
    )
    assert alone.json()["searchedFor"] == "And the morning one?"
    assert "ferry" in together.json()["searchedFor"]
    assert [reply.json()["fromCache"] for reply in (together, again)] == [False, True]


def test_history_that_would_not_be_read_is_refused(pilot: Pilot) -> None:
    body = QUESTION | {"history": [{"question": "a", "answer": "b"}]}
    assert call(pilot, "POST", "/ask", json=body).json()["code"] == "HISTORY_OFF"


def test_a_source_can_be_read_around_its_quote(pilot: Pilot) -> None:
    answer = call(pilot, "POST", "/ask", json=QUESTION).json()
    cited = answer["citations"][0]
    source = call(pilot, "POST", "/document", json={"documentId": cited["documentId"]}).json()
    assert source["text"][cited["start"] : cited["end"]] == cited["quote"]
    assert call(pilot, "POST", "/document", json={"documentId": "../../etc/passwd"}).status_code == 404


def test_feedback_is_appended_with_personal_data_masked_and_bounded(
    pilot: Pilot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_id = call(pilot, "POST", "/ask", json=QUESTION).json()["answerId"]
    word = {"answerId": answer_id, "useful": False, "comment": "Write to ada@example.org", "question": "When?"}
    assert call(pilot, "POST", "/feedback", tmp_path, json=word).status_code == 201
    assert call(pilot, "POST", "/feedback", tmp_path, json=word | {"useful": True}).status_code == 201
    path = tmp_path / "var" / "feedback.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["useful"] for line in lines] == [False, True]
    assert "ada@example.org" not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    for bad in (word | {"answerId": "1"}, word | {"useful": "yes"}, word | {"comment": "x" * 1_001}):
        assert call(pilot, "POST", "/feedback", tmp_path, json=bad).status_code == 422
    monkeypatch.setattr("rag_pilot.serve.FeedbackLog", lambda path, mask: _full(path))
    assert call(pilot, "POST", "/feedback", tmp_path, json=word).status_code == 507
    assert len(path.read_text().splitlines()) == 2


def _full(path: Path) -> Any:
    from rag_pilot.feedback import FeedbackLog

    return FeedbackLog(path, str, most_bytes=path.stat().st_size)


def test_metrics_count_requests_answers_and_feedback_and_hold_no_text(pilot: Pilot, tmp_path: Path) -> None:
    word = {"answerId": "ans_" + "0" * 32, "useful": True}
    calls: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", "/ask", {"json": QUESTION}),
        ("POST", "/feedback", {"json": word}),
        ("GET", "/secret-path-of-a-scanner", {}),
        ("GET", "/metrics", {}),
    ]
    text = call_often(pilot, calls, tmp_path)[-1].text
    assert 'pilot_requests_total{path="/ask",status="200"} 1.0' in text
    assert 'pilot_requests_total{path="other",status="404"} 1.0' in text
    assert 'pilot_events_total{event="answers"}' in text
    assert 'pilot_feedback_total{useful="yes"} 1.0' in text
    assert "scanner" not in text


def test_audiences_decide_what_is_found_and_shown(root: Path) -> None:
    corpus = root / "data" / "corpus.jsonl"
    rows = [json.loads(line) for line in corpus.read_text().splitlines()]
    rows[0]["metadata"] = {"audiences": ["crew"]}
    corpus.write_text("\n".join(map(json.dumps, rows)))
    pilot = pilot_with(root, retrieval={"permissions": "audience"})
    assert call(pilot, "POST", "/ask", json=QUESTION).json()["code"] == "AUDIENCES_MISSING"
    for path in ("/ask", "/ask/stream", "/retrieve"):
        crew = call(pilot, "POST", path, json=QUESTION | {"audiences": ["crew"]}).text
        guest = call(pilot, "POST", path, json=QUESTION | {"audiences": ["guests"]}).text
        assert "21:40" in crew
        assert "21:40" not in guest
        assert "ferry-times" not in guest
    wanted = {"documentId": "ferry-times"}
    assert call(pilot, "POST", "/document", json=wanted | {"audiences": ["crew"]}).status_code == 200
    assert call(pilot, "POST", "/document", json=wanted | {"audiences": []}).status_code == 404
