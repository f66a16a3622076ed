"""The HTTP interface: the only module that knows FastAPI and uvicorn. Loopback only."""

import json
import secrets
import socket
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict
from importlib import resources
from typing import Annotated, Any

import uvicorn
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, StringConstraints

from rag_pilot.answers import Answer
from rag_pilot.documents import read_questions
from rag_pilot.endpoint import EndpointError
from rag_pilot.errors import UNAVAILABLE, PilotError
from rag_pilot.pilot import Pilot
from rag_pilot.retrieve import Found

MAX_QUESTION_CHARACTERS = 2_000
# Far more than the longest question needs, in any encoding.
MAX_BODY_BYTES = 64 * 1024
LOCAL_NAMES = frozenset({"127.0.0.1", "localhost"})
SAMPLES = 6


class Ask(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def build_app(pilot: Pilot, samples: tuple[str, ...] = ()) -> FastAPI:
    app = FastAPI(title="rag-pilot", docs_url=None, redoc_url=None, openapi_url=None)
    page = resources.files("rag_pilot").joinpath("page.html").read_text(encoding="utf-8")

    @app.middleware("http")
    async def guard(request: Request, follow: Callable[[Request], Awaitable[Response]]) -> Response:
        # A page of a stranger must not reach this server through the visitor's browser.
        if request.url.hostname not in LOCAL_NAMES or _foreign_origin(request):
            return JSONResponse({"detail": "this server answers on the loopback address only"}, 421)
        if int(request.headers.get("content-length") or 0) > MAX_BODY_BYTES:
            return JSONResponse({"detail": f"the request is larger than {MAX_BODY_BYTES} bytes"}, 413)
        response = await follow(request)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    @app.exception_handler(EndpointError)
    async def tell_endpoint_error(_: Request, error: EndpointError) -> JSONResponse:
        return JSONResponse({"detail": str(error), "cause": error.cause, "retries": error.retries}, error.status)

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/ready")
    def ready() -> dict[str, Any]:
        library = pilot.library
        return {
            "status": "ready",
            "device": pilot.config.device,
            "documents": library.documents,
            "chunks": library.chunks,
        }

    # Plain functions run in the thread pool: a slow model endpoint does not hold up the others.
    @app.post("/ask")
    def ask(body: Ask) -> dict[str, Any]:
        return show_answer(pilot.chain.ask(_checked(body)))

    @app.post("/ask/stream")
    def ask_stream(body: Ask) -> StreamingResponse:
        return StreamingResponse(_events(pilot, _checked(body)), media_type="text/event-stream")

    @app.post("/retrieve")
    def retrieve(body: Ask) -> dict[str, Any]:
        return show_found(pilot.library.retriever.retrieve(_checked(body)))

    @app.get("/")
    def try_it() -> HTMLResponse:
        nonce = secrets.token_urlsafe(16)
        policy = (
            f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        content = page.replace("{{nonce}}", nonce).replace("{{data}}", _script_safe_json(_page_data(pilot, samples)))
        return HTMLResponse(content, headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"})

    return app


def show_answer(answer: Answer) -> dict[str, Any]:
    return {
        "answer": answer.text,
        "answerable": not answer.refused,
        "reason": answer.reason,
        "evidence": round(answer.evidence, 4),
        "citations": [
            {
                "documentId": citation.document_id,
                "chunkId": citation.chunk_id,
                "start": citation.start,
                "end": citation.end,
                "quote": citation.quote,
            }
            for citation in answer.citations
        ],
        "documents": list(answer.document_ids),
        "usage": {"tokensIn": answer.tokens_in, "tokensOut": answer.tokens_out},
    }


def show_found(found: Found) -> dict[str, Any]:
    chunks = [asdict(hit.chunk) | {"score": round(hit.score, 6)} for hit in found.hits]
    return {"documents": list(found.document_ids), "chunks": chunks}


def serve(pilot: Pilot, data_questions: tuple[str, ...], port: int, announce: Callable[[int], None]) -> None:
    """Serve until stopped; `announce` gets the port that was really bound (0 asks for a free one)."""
    # Naming TCP matters: asyncio switches Nagle's algorithm off only where the protocol is said, and with it on, every
    # answer in two packets waits 40 ms for the client's delayed acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((pilot.config.serve.host, port))
    except OSError as cause:
        listener.close()
        raise PilotError(UNAVAILABLE, f"port {port} is busy; set serve.port or pass --port.") from cause
    # From here on callers may connect; they wait in the backlog until the server takes them.
    listener.listen(2048)
    config = uvicorn.Config(
        build_app(pilot, data_questions),
        log_level="warning",
        access_log=False,
        timeout_keep_alive=75,
        lifespan="off",
    )
    announce(int(listener.getsockname()[1]))
    uvicorn.Server(config).run(sockets=[listener])


def sample_questions(pilot: Pilot, data: Any) -> tuple[str, ...]:
    questions = [question.text for question in read_questions(data) if question.tag != "must_refuse"]
    return tuple(questions[:: max(1, len(questions) // SAMPLES)][:SAMPLES])


def _checked(body: Ask) -> str:
    if len(body.question) > MAX_QUESTION_CHARACTERS:
        raise HTTPException(413, f"the question is longer than {MAX_QUESTION_CHARACTERS} characters")
    return body.question


def _foreign_origin(request: Request) -> bool:
    origin = request.headers.get("origin")
    return origin is not None and origin.split("://")[-1] != request.headers.get("host")


def _events(pilot: Pilot, question: str) -> Iterator[str]:
    """`sources`, then `answer` once it is checked, then `done`; or `error`. Never an answer that is not complete."""
    try:
        for part in pilot.chain.stream(question):
            if isinstance(part, Answer):
                yield _event("answer", show_answer(part))
            else:
                yield _event("sources", show_found(part))
    except EndpointError as error:
        yield _event("error", {"detail": str(error), "status": error.status})
        return
    yield _event("done", {})


def _event(name: str, value: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(value, ensure_ascii=True)}\n\n"


def _page_data(pilot: Pilot, samples: tuple[str, ...]) -> dict[str, Any]:
    library = pilot.library
    return {"title": pilot.config.title, "documents": library.documents, "samples": list(samples)}


def _script_safe_json(value: dict[str, Any]) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=True).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
