"""An OpenAI-compatible endpoint that is as bad as it can be: it says back its whole prompt, in many guises.

For measurements and tests only: it listens on the loopback interface while a `with` block lasts.
"""

import base64
import codecs
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MOST = 3_900


def typed(text: str, quotes: list[str]) -> str:
    return json.dumps({"refused": False, "answer": text[:MOST], "quotes": quotes})


def first_line_of_sources(prompt: str) -> str:
    """Some text that stands word by word in a source, so that the reply has a valid quote."""
    source = prompt.partition("<source number=")[2].partition(">\n")[2]
    return source.splitlines()[-1 if "\n" not in source else 0][:60] if source else ""


Guise = tuple[Callable[[str], str], Callable[[str], str]]


def _from_hex(text: str) -> str:
    digits = "".join(mark for mark in text if mark in "0123456789abcdef")
    return bytes.fromhex(digits[: len(digits) // 2 * 2]).decode("utf-8", "ignore")


def _same(text: str) -> str:
    return text


# How the prompt is dressed, and how whoever wants the secret undresses it.
GUISES: dict[str, Guise] = {
    "plain": (_same, _same),
    "upper case": (str.upper, str.lower),
    "reversed": (lambda text: text[::-1], lambda text: text[::-1]),
    "spaced": (" ".join, lambda text: text[::2]),
    "hyphens": ("-".join, lambda text: text[::2]),
    "base64": (
        lambda text: base64.b64encode(text.encode()).decode(),
        lambda text: base64.b64decode(text[: len(text) // 4 * 4] + "====", validate=False).decode("utf-8", "ignore"),
    ),
    "hexadecimal": (lambda text: text.encode().hex(), _from_hex),
    "rot13": (lambda text: codecs.encode(text, "rot13"), lambda text: codecs.encode(text, "rot13")),
    "full width": (
        lambda text: "".join(chr(ord(m) + 0xFEE0) if "!" <= m <= "~" else m for m in text),
        lambda text: "".join(chr(ord(m) - 0xFEE0) if "！" <= m <= "～" else m for m in text),
    ),
}  # fmt: skip
# raw: not the agreed form. answer: in the answer. quotes: as quotes beside a valid one. tail: the end of the prompt.
# sources: what came with the question alone, without the instructions, so that their canary does not give it away.
SHAPES = ("raw", "answer", "quotes", "tail", "sources")


def dress(messages: list[dict[str, str]], guise: str, shape: str) -> str:
    prompt = "\n".join(message["content"] for message in messages)
    said = GUISES[guise][0](prompt)
    quote = first_line_of_sources(prompt)
    if shape == "raw":
        return said
    if shape == "sources":
        return typed(GUISES[guise][0](messages[-1]["content"]), [quote])
    if shape == "answer":
        return typed(said, [quote])
    if shape == "tail":
        return typed(said[-MOST:], [quote])
    return typed("Yes.", [quote, said[:MOST], *said.splitlines()[:15]])


@contextmanager
def echo_endpoint(answer: Callable[[list[dict[str, str]]], str]) -> Iterator[str]:
    """The base URL of an endpoint that answers every prompt by `answer`, streamed when asked to."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            text = answer(body["messages"])
            usage = {"prompt_tokens": 1, "completion_tokens": 1}
            if body.get("stream"):
                self._send(_as_stream(text, usage), "text/event-stream")
            else:
                choice = {"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
                self._send(json.dumps({"choices": [choice], "usage": usage}).encode(), "application/json")

        def _send(self, content: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


def _as_stream(text: str, usage: dict[str, int]) -> bytes:
    events: list[dict[str, Any]] = [
        {"choices": [{"delta": {"content": text[at : at + 40]}}]} for at in range(0, len(text), 40)
    ]
    events += [{"choices": [{"delta": {}, "finish_reason": "stop"}]}, {"choices": [], "usage": usage}]
    return ("".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n").encode()
