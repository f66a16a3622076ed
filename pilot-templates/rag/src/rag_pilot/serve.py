"""The HTTP interface: the only module that knows FastAPI. What a request passes before is door.py's."""

import json
import os
import secrets
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse

from rag_pilot.admit import RateLimit, read_key
from rag_pilot.answers import Answer
from rag_pilot.bodies import (
    Ask,
    DocumentWanted,
    Feedback,
    Retrieve,
    check_question,
    parse_body,
    read_history,
    read_readers,
)
from rag_pilot.documents import has_questions, read_questions
from rag_pilot.door import LOCAL_NAMES, Door, Refusal, Rules
from rag_pilot.errors import PilotError
from rag_pilot.feedback import FeedbackFull, FeedbackLog
from rag_pilot.guard.personal_data import mask_for_log
from rag_pilot.ingest import Chunk
from rag_pilot.language_model import ModelError
from rag_pilot.meters import CONTENT_TYPE, Meters
from rag_pilot.page import protect, read_page
from rag_pilot.pilot import Pilot
from rag_pilot.ready import Readiness
from rag_pilot.retrieve import Found
from rag_pilot.show import show_answer, show_document, show_found

SAMPLES = 6
# The rest of a request beside the question: history, audiences, ids.
OTHER_BODY_BYTES = 64 * 1024
# A character in JSON takes up to twelve bytes: two escapes of a pair of surrogates.
BYTES_OF_CHARACTER = 12
# While they wait for a model, threads cost nothing; while they compute, more than the processors only make all late.
WAITING_THREADS = 64


def build_app(pilot: Pilot, root: Path, samples: tuple[str, ...] = (), names: frozenset[str] = LOCAL_NAMES) -> Door:
    """The ASGI application. `root`: where feedback is kept. `names`: what the Host header may say."""
    config, library = pilot.config, pilot.library
    most = config.serve.maxQuestionCharacters
    app = FastAPI(title="rag-pilot", docs_url=None, redoc_url=None, openapi_url=None)
    meters = Meters(library.documents, library.chunks, pilot.tally)
    feedback_log = FeedbackLog(root / "var" / "feedback.jsonl", mask_for_log)
    documents = _by_document(pilot)
    page, readiness = read_page(), Readiness(pilot)
    computes = config.answer.mode == "extractive"
    threads = anyio.CapacityLimiter(max(2, os.cpu_count() or 1) if computes else WAITING_THREADS)
    _tell_errors(app)

    @app.get("/health")
    async def health() -> Response:
        return JSONResponse({"status": "ok"})

    @app.get("/ready")
    async def ready() -> Response:
        await anyio.to_thread.run_sync(readiness.check)
        told = {"device": config.device, "store": config.retrieval.store}
        return JSONResponse({"status": "ready", **told, "documents": library.documents, "chunks": library.chunks})

    @app.get("/metrics")
    async def metrics() -> Response:
        return Response(meters.expose(), headers={"content-type": CONTENT_TYPE})

    @app.get("/about")
    async def about() -> Response:
        return JSONResponse(
            {
                "title": config.title,
                "documents": library.documents,
                "samples": list(samples),
                "permissions": config.retrieval.permissions,
                "historyTurns": config.answer.historyTurns,
                "maxQuestionCharacters": most,
            }
        )

    @app.post("/ask")
    async def ask(request: Request) -> Response:
        body = parse_body(Ask, await request.body())
        check_question(body.question, most)
        readers, history = read_readers(config, body.audiences), read_history(config, body.history)
        answer = await anyio.to_thread.run_sync(
            lambda: pilot.ask(body.question, audiences=readers, history=history), limiter=threads
        )
        return JSONResponse(_told(answer))

    @app.post("/ask/stream")
    async def ask_stream(request: Request) -> Response:
        body = parse_body(Ask, await request.body())
        check_question(body.question, most)
        readers, history = read_readers(config, body.audiences), read_history(config, body.history)
        parts = pilot.stream(body.question, audiences=readers, history=history, pieces=True)
        return StreamingResponse(_events(parts, meters), media_type="text/event-stream")

    @app.post("/retrieve")
    async def retrieve(request: Request) -> Response:
        body = parse_body(Retrieve, await request.body())
        check_question(body.question, most)
        readers = read_readers(config, body.audiences)
        retriever = library.retriever
        found = await anyio.to_thread.run_sync(lambda: retriever.retrieve(body.question, readers), limiter=threads)
        return JSONResponse(show_found(found))

    @app.post("/document")
    async def document(request: Request) -> Response:
        body = parse_body(DocumentWanted, await request.body())
        readers = read_readers(config, body.audiences)
        chunks = documents.get(body.documentId, ())
        seen = [chunk for chunk in chunks if readers is None or chunk.audiences is None or readers & {*chunk.audiences}]
        if not seen:
            # The same for a document that is not there and for one that is not for these readers.
            raise Refusal(404, "DOCUMENT_UNKNOWN", "There is no such document.")
        return JSONResponse(show_document(seen))

    @app.post("/feedback")
    async def feedback(request: Request) -> Response:
        body = parse_body(Feedback, await request.body())
        word = (body.answerId, body.useful, body.comment, body.question)
        try:
            await anyio.to_thread.run_sync(feedback_log.append, *word)
        except FeedbackFull:
            raise Refusal(507, "FEEDBACK_FULL", "The feedback file is full. Nothing was saved.") from None
        except OSError:
            raise Refusal(507, "STORAGE_FAILED", "The feedback could not be written. Nothing was saved.") from None
        meters.count_feedback(body.useful)
        return JSONResponse({"status": "kept"}, 201)

    @app.get("/")
    async def try_it() -> Response:
        content, policy = protect(page)
        return HTMLResponse(content, headers={"Content-Security-Policy": policy})

    per_minute = config.serve.requestsPerMinute
    rules = Rules(
        names=names,
        key=read_key(config.serve.apiKeyVariable),
        rate=None if per_minute is None else RateLimit(per_minute, time.monotonic),
        most_body_bytes=OTHER_BODY_BYTES + BYTES_OF_CHARACTER * most,
        paths=frozenset(str(getattr(route, "path", "")) for route in app.routes),
    )
    return Door(app, rules, meters)


def sample_questions(data: Path) -> tuple[str, ...]:
    """None for a folder of pages that has no questions."""
    if not has_questions(data):
        return ()
    questions = [question.text for question in read_questions(data) if question.tag != "must_refuse"]
    return tuple(questions[:: max(1, len(questions) // SAMPLES)][:SAMPLES])


def _tell_errors(app: FastAPI) -> None:
    @app.exception_handler(Refusal)
    async def tell_refusal(request: Request, refusal: Refusal) -> Response:
        return _error(request, refusal.status, refusal.code, refusal.message)

    @app.exception_handler(ModelError)
    async def tell_model_error(request: Request, error: ModelError) -> Response:
        return _error(request, error.status, "MODEL_FAILED", str(error), cause=error.cause, retries=error.retries)

    @app.exception_handler(PilotError)
    async def tell_pilot_error(request: Request, error: PilotError) -> Response:
        return _error(request, 503, "UNAVAILABLE", str(error))

    @app.exception_handler(404)
    @app.exception_handler(405)
    async def tell_unknown(request: Request, error: Any) -> Response:
        return _error(request, error.status_code, "PATH_UNKNOWN", "There is nothing under that path and method.")

    @app.exception_handler(Exception)
    async def tell_fault(request: Request, error: Exception) -> Response:
        return _error(request, 500, "INTERNAL", "Something went wrong here. The log of the server shows what.")


def _error(request: Request, status: int, code: str, message: str, **more: object) -> Response:
    request_id = request.scope.get("state", {}).get("request_id")
    return JSONResponse({"code": code, "message": message, "requestId": request_id, **more}, status)


def _told(answer: Answer) -> dict[str, Any]:
    # The id links a word of feedback to an answer; it says nothing about either.
    return {"answerId": f"ans_{secrets.token_hex(16)}", **show_answer(answer)}


def _by_document(pilot: Pilot) -> dict[str, list[Chunk]]:
    documents: dict[str, list[Chunk]] = defaultdict(list)
    for chunk in pilot.library.retriever.chunks.values():
        documents[chunk.document_id].append(chunk)
    return dict(documents)


def _events(parts: Iterator[Found | str | Answer], meters: Meters) -> Iterator[str]:
    """`sources`; perhaps `piece`s, not checked; `answer` once it is checked; `done`. Or `error`, and then no answer."""
    begun, silent = time.perf_counter(), True
    try:
        for part in parts:
            if silent and not isinstance(part, Found):
                meters.note_first_words(time.perf_counter() - begun)
                silent = False
            if isinstance(part, Answer):
                yield _event("answer", _told(part))
            elif isinstance(part, str):
                yield _event("piece", {"text": part})
            else:
                yield _event("sources", show_found(part))
    except ModelError as error:
        yield _event("error", {"code": "MODEL_FAILED", "message": str(error), "status": error.status})
        return
    except PilotError as error:
        yield _event("error", {"code": "UNAVAILABLE", "message": str(error), "status": 503})
        return
    yield _event("done", {})


def _event(name: str, value: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(value, ensure_ascii=True)}\n\n"
