"""Against a real HTTP server on the loopback interface."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rag_pilot.answerers import ModelAnswerer
from rag_pilot.answers import Draft
from rag_pilot.config import PilotConfig
from rag_pilot.endpoint import EndpointError, EndpointModel
from rag_pilot.errors import PilotError
from rag_pilot.retrieve import Found
from tests.code.conftest import pilot_json

Act = Callable[[BaseHTTPRequestHandler, int], None]
MESSAGES = [{"role": "user", "content": "?"}]


@contextmanager
def model(act: Act) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """`act` gets the handler and the number of the request, from 0."""
    seen: list[dict[str, object]] = []
    released = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            seen.append({"path": self.path, "key": self.headers["authorization"], "body": body})
            act(self, len(seen) - 1)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", seen
    finally:
        released.set()
        server.shutdown()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
    handler.send_response(status)
    for name, value in (headers or {}).items():
        handler.send_header(name, value)
    handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def completion(content: object, finish: str = "stop") -> bytes:
    usage = {"prompt_tokens": 120, "completion_tokens": 9}
    return json.dumps(
        {"choices": [{"message": {"content": content}, "finish_reason": finish}], "usage": usage}
    ).encode()


GOOD = completion(json.dumps({"answer": "At 21:40.", "quotes": ["leaves at 21:40"], "refused": False}))


@contextmanager
def answerer(url: str, waits: list[float], timeout: float = 10.0) -> Iterator[ModelAnswerer]:
    value = pilot_json()
    value["answer"] |= {
        "mode": "openai_compatible",
        "model": "m",
        "baseUrl": url,
        "timeoutSeconds": timeout,
        "maxRetries": 2,
    }
    made = ModelAnswerer(EndpointModel(PilotConfig.model_validate(value).answer, sleep=waits.append))
    try:
        yield made
    finally:
        made.close()


def ask(url: str, waits: list[float] | None = None, timeout: float = 10.0) -> Draft:
    with answerer(url, [] if waits is None else waits, timeout) as made:
        return made.draft("?", Found((), ()), MESSAGES)


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_API_KEY", "test-key")


def test_a_good_answer_comes_with_its_tokens() -> None:
    with model(lambda handler, _: send(handler, 200, GOOD)) as (url, seen):
        draft = ask(url)
    assert (draft.text, draft.quotes, draft.tokens_in, draft.tokens_out) == ("At 21:40.", ("leaves at 21:40",), 120, 9)
    assert seen[0]["path"] == "/v1/chat/completions"
    assert seen[0]["key"] == "Bearer test-key"


def test_busy_is_tried_again_after_the_time_the_endpoint_names() -> None:
    def act(handler: BaseHTTPRequestHandler, number: int) -> None:
        send(handler, 429, b"{}", {"retry-after": "1.5"}) if number < 2 else send(handler, 200, GOOD)

    waits: list[float] = []
    with model(act) as (url, seen):
        assert ask(url, waits).text == "At 21:40."
    assert (waits, len(seen)) == ([1.5, 1.5], 3)


def cut(handler: BaseHTTPRequestHandler, _: int) -> None:
    handler.send_response(200)
    handler.send_header("content-length", str(len(GOOD)))
    handler.end_headers()
    handler.wfile.write(GOOD[:40])
    handler.close_connection = True


def hang(handler: BaseHTTPRequestHandler, _: int) -> None:
    threading.Event().wait(0.6)
    handler.close_connection = True


TROUBLE: list[tuple[str, Act, int, str, int]] = [
    ("401", lambda handler, _: send(handler, 401, b"{}"), 502, "refused the key", 0),
    ("429", lambda handler, _: send(handler, 429, b"{}"), 503, "is busy", 2),
    ("500", lambda handler, _: send(handler, 500, b"boom"), 502, "HTTP 500", 2),
    ("timeout", hang, 503, "did not answer in time", 2),
    ("cut", cut, 503, "cut the answer", 2),
    ("not JSON", lambda handler, _: send(handler, 200, b"<html>"), 502, "not a chat completion", 0),
    ("no text", lambda handler, _: send(handler, 200, completion(None)), 502, "without text", 0),
    (
        "half",
        lambda handler, _: send(handler, 200, completion("{}", "length")),
        502,
        "before the answer was complete",
        0,
    ),
]


@pytest.mark.parametrize(
    ("act", "status", "cause", "retries"), [row[1:] for row in TROUBLE], ids=[row[0] for row in TROUBLE]
)
def test_trouble_is_named_and_nothing_partial_is_shown(act: Act, status: int, cause: str, retries: int) -> None:
    with model(act) as (url, _), pytest.raises(EndpointError, match=cause) as caught:
        # Short only where time is what runs out: a busy machine must not turn one trouble into another.
        ask(url, timeout=0.3 if act is hang else 10)
    assert (caught.value.status, caught.value.retries) == (status, retries)


def test_an_endpoint_that_is_not_there_is_503() -> None:
    with pytest.raises(EndpointError) as caught:
        ask("http://127.0.0.1:9/v1")
    assert caught.value.status == 503


def test_a_reply_in_another_form_is_no_answer_and_says_why() -> None:
    with model(lambda handler, _: send(handler, 200, completion("Sure. At noon."))) as (url, _):
        draft = ask(url)
    assert (draft.text, draft.quotes, draft.tokens_out) == ("", (), 9)
    assert draft.problem is not None
    assert "JSON object" in draft.problem


def test_a_key_that_is_not_set_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LLM_API_KEY")
    with pytest.raises(PilotError, match="LLM_API_KEY") as caught:
        ask("http://127.0.0.1:9/v1")
    assert caught.value.exit_code == 69


def events(*parts: object, done: bool = True) -> bytes:
    lines = [f"data: {part if isinstance(part, str) else json.dumps(part)}\n\n" for part in parts]
    return "".join([": keep-alive\n\n", *lines, "data: [DONE]\n\n" if done else ""]).encode()


def delta(text: str | None, finish: str | None = None) -> dict[str, object]:
    return {"choices": [{"delta": {"content": text}, "finish_reason": finish}]}


USAGE = {"choices": [], "usage": {"prompt_tokens": 120, "completion_tokens": 9}}
TYPED = json.dumps({"refused": False, "answer": "At 21:40.", "quotes": ["leaves at 21:40"]})
SSE = {"content-type": "text/event-stream"}


def stream(url: str, said: list[str], timeout: float = 10.0) -> Draft:
    with answerer(url, [], timeout) as made:
        return made.draft("?", Found((), ()), MESSAGES, said.append)


def test_a_stream_gives_the_answer_while_it_is_written_and_the_same_draft_at_the_end() -> None:
    pieces = [delta(TYPED[at : at + 5]) for at in range(0, len(TYPED), 5)]
    body = events({"choices": [{"delta": {"role": "assistant"}}]}, *pieces, delta(None, "stop"), USAGE)
    said: list[str] = []
    with model(lambda handler, _: send(handler, 200, body, SSE)) as (url, seen):
        draft = stream(url, said)
    assert (draft.text, draft.quotes, draft.tokens_in, draft.tokens_out) == ("At 21:40.", ("leaves at 21:40",), 120, 9)
    assert said[-1] == "At 21:40."
    assert len(said) > 1
    assert seen[0]["body"]["stream"] is True  # type: ignore[index]


STREAM_TROUBLE: list[tuple[str, bytes, dict[str, str], int, str]] = [
    ("cut", events(delta(TYPED[:20]), done=False), SSE, 503, "cut the answer"),
    ("half", events(delta(TYPED[:20]), delta(None, "length")), SSE, 502, "before the answer was complete"),
    ("no JSON in it", events("{oops"), SSE, 502, "not a stream"),
    ("a list", events([1, 2]), SSE, 502, "not a stream"),
    ("an error in it", events(delta("{"), {"error": {"message": "sk-secret"}}), SSE, 502, "in the middle"),
    ("HTML", b"<html>busy</html>", {"content-type": "text/html"}, 502, "not a stream"),
    ("no stream", GOOD, {"content-type": "application/json"}, 502, "not a stream"),
]


@pytest.mark.parametrize(
    ("body", "headers", "status", "cause"), [row[1:] for row in STREAM_TROUBLE], ids=[row[0] for row in STREAM_TROUBLE]
)
def test_a_stream_that_breaks_off_is_never_a_complete_answer(
    body: bytes, headers: dict[str, str], status: int, cause: str
) -> None:
    with (
        model(lambda handler, _: send(handler, 200, body, headers)) as (url, _),
        pytest.raises(EndpointError, match=cause) as caught,
    ):
        stream(url, [])
    assert caught.value.status == status
    assert "secret" not in str(caught.value)


def test_a_stream_is_not_begun_again_once_a_piece_was_shown() -> None:
    said: list[str] = []
    cut_short = events(delta(TYPED[:40]), done=False)
    with model(lambda handler, _: send(handler, 200, cut_short, SSE)) as (url, seen):
        with pytest.raises(EndpointError):
            stream(url, said)
        assert len(seen) == 1


def pour(handler: BaseHTTPRequestHandler, piece: bytes, wait: float) -> None:
    """Bytes for as long as somebody takes them."""
    handler.send_response(200)
    handler.send_header("content-type", "text/event-stream")
    handler.send_header("connection", "close")
    handler.end_headers()
    handler.close_connection = True
    try:
        for _ in range(100_000):
            handler.wfile.write(piece)
            threading.Event().wait(wait)
    except OSError:
        pass


ENDLESS: list[tuple[str, Act, int, str]] = [
    ("giant", lambda handler, _: pour(handler, b"x" * 65_536, 0), 502, "more than 4 MiB"),
    ("trickle", lambda handler, _: pour(handler, b": \n\n", 0.02), 503, "in time"),
]


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(("act", "status", "cause"), [row[1:] for row in ENDLESS], ids=[row[0] for row in ENDLESS])
def test_an_answer_without_end_is_cut_off(act: Act, status: int, cause: str, streamed: bool) -> None:
    seconds = 0.5 if status == 503 else 30
    with model(act) as (url, _), pytest.raises(EndpointError, match=cause) as caught:
        stream(url, [], seconds) if streamed else ask(url, timeout=seconds)
    assert caught.value.status == status


@pytest.mark.parametrize(
    "usage",
    [
        None,
        {},
        {"prompt_tokens": 0, "completion_tokens": 0},
        {"prompt_tokens": True, "completion_tokens": -3},
        {"prompt_tokens": "many", "completion_tokens": 10**12},
    ],
)
def test_an_endpoint_that_does_not_count_its_tokens_does_not_make_them_free(usage: object) -> None:
    body = json.dumps({"choices": [{"message": {"content": TYPED}, "finish_reason": "stop"}], "usage": usage}).encode()
    with model(lambda handler, _: send(handler, 200, body)) as (url, _):
        draft = ask(url)
    assert draft.tokens_in > 0
    assert draft.tokens_out > 10


def test_no_more_requests_at_once_than_configured() -> None:
    most = now = 0
    lock = threading.Lock()

    def act(handler: BaseHTTPRequestHandler, _: int) -> None:
        nonlocal most, now
        with lock:
            now += 1
            most = max(most, now)
        threading.Event().wait(0.05)
        with lock:
            now -= 1
        send(handler, 200, GOOD)

    with model(act) as (url, seen), answerer(url, [], 20) as made:
        threads = [threading.Thread(target=made.draft, args=("?", Found((), ()), MESSAGES)) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(seen) == 12
    assert 1 < most <= 4


def test_a_question_that_finds_no_place_in_time_is_told_so() -> None:
    def act(handler: BaseHTTPRequestHandler, _: int) -> None:
        threading.Event().wait(0.6)
        # Whoever asked has given up by now.
        with suppress(OSError):
            send(handler, 200, GOOD)

    problems: list[str] = []

    with model(act) as (url, _), answerer(url, [], timeout=0.3) as made:

        def one() -> None:
            try:
                made.draft("?", Found((), ()), MESSAGES)
            except EndpointError as error:
                problems.append(str(error))

        threads = [threading.Thread(target=one) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum("questions to answer already" in problem for problem in problems) >= 1
