import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from rag_pilot.endpoint import EndpointError
from rag_pilot.pilot import Pilot
from rag_pilot.serve import build_app

Reply = httpx.Response


def call(pilot: Pilot, method: str, path: str, **arguments: Any) -> Reply:
    async def once() -> Reply:
        transport = httpx.ASGITransport(app=build_app(pilot, ("When does it open?",)))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            return await client.request(method, path, **arguments)

    return asyncio.run(once())


def test_an_answer_comes_with_its_sources(pilot: Pilot) -> None:
    body = call(pilot, "POST", "/ask", json={"question": "When does the last ferry leave?"}).json()
    assert body["answerable"] is True
    assert "21:40" in body["answer"]
    assert body["citations"][0]["documentId"] == "ferry-times"


def test_nothing_relevant_is_an_honest_200(pilot: Pilot) -> None:
    reply = call(pilot, "POST", "/ask", json={"question": "Which submarine cable feeds the nuclear reactor?"})
    assert (reply.status_code, reply.json()["answerable"], reply.json()["citations"]) == (200, False, [])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"question": ""}, 422),
        ({"question": "   \n "}, 422),
        ({"question": 5}, 422),
        ({}, 422),
        ({"question": "x", "extra": 1}, 422),
        ({"question": "x" * 2_001}, 413),
        ({"question": "x" * 100_000}, 413),
    ],
)
@pytest.mark.parametrize("path", ["/ask", "/ask/stream", "/retrieve"])
def test_a_question_that_cannot_be_asked_is_refused(
    pilot: Pilot, path: str, body: dict[str, object], status: int
) -> None:
    assert call(pilot, "POST", path, json=body).status_code == status


def events(text: str) -> Iterator[tuple[str, Any]]:
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        yield name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def test_the_stream_shows_sources_then_the_checked_answer(pilot: Pilot) -> None:
    reply = call(pilot, "POST", "/ask/stream", json={"question": "When does the last ferry leave?"})
    assert reply.headers["content-type"].startswith("text/event-stream")
    names = [name for name, _ in events(reply.text)]
    assert names == ["sources", "answer", "done"]
    assert "21:40" in dict(events(reply.text))["answer"]["answer"]


def test_an_endpoint_that_fails_is_an_error_not_an_answer(pilot: Pilot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise EndpointError(503, "is busy (HTTP 429)", 2)

    monkeypatch.setattr(pilot.chain._answerer, "draft", fail)
    question = {"question": "When does the last ferry leave?"}
    reply = call(pilot, "POST", "/ask", json=question)
    assert (reply.status_code, reply.json()["retries"]) == (503, 2)
    assert [name for name, _ in events(call(pilot, "POST", "/ask/stream", json=question).text)] == ["sources", "error"]


def test_the_page_needs_nothing_from_elsewhere_and_a_stranger_gets_nothing(pilot: Pilot) -> None:
    page = call(pilot, "GET", "/")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert call(pilot, "GET", "/health", headers={"host": "evil.example"}).status_code == 421
    assert call(pilot, "GET", "/health", headers={"origin": "http://evil.example"}).status_code == 421
    assert call(pilot, "GET", "/ready").json()["device"] == "cpu"


def test_a_title_cannot_become_part_of_the_page(pilot: Pilot) -> None:
    title = "</script><script>alert(1)</script>"
    hostile = Pilot(pilot.config.model_copy(update={"title": title}), pilot.library, pilot.chain)
    assert title not in call(hostile, "GET", "/").text
