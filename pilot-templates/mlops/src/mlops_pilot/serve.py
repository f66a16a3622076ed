"""The HTTP interface: the only module that knows FastAPI. What a request passes before is door.py's."""

import time
from dataclasses import asdict
from typing import Any

import anyio.to_thread
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from mlops_pilot.admit import RateLimit, read_key
from mlops_pilot.champion_service import ChampionService
from mlops_pilot.door import LOCAL_NAMES, Door, Refusal, Rules
from mlops_pilot.errors import PilotError
from mlops_pilot.live_history import MANY_ROWS
from mlops_pilot.meters import CONTENT_TYPE, Meters
from mlops_pilot.page import protect, read_page
from mlops_pilot.read_request import BYTES_OF_ROW, asked_columns, read_rows

OTHER_BODY_BYTES = 64 * 1024
MOST_BODY_BYTES = 64 * 1024 * 1024
MOST_DECISIONS = 20


def build_app(service: ChampionService, meters: Meters, names: frozenset[str] = LOCAL_NAMES) -> Door:
    """The ASGI application. `names`: what the Host header may say."""
    config = service.project.config
    app = FastAPI(title="mlops-pilot", docs_url=None, redoc_url=None, openapi_url=None)
    page = read_page()
    _tell_errors(app)

    @app.get("/health")
    async def health() -> Response:
        return JSONResponse({"status": "ok"})

    @app.get("/ready")
    async def ready() -> Response:
        loaded = service.require()
        if service.problem is not None:
            raise Refusal(503, "CHAMPION_NOT_LOADED", f"{service.problem} {loaded.version} keeps serving.")
        told = {"version": loaded.version, "device": loaded.scorer.device.type, "historyTo": str(loaded.live.newest)}
        return JSONResponse({"status": "ready", **told})

    @app.get("/metrics")
    async def metrics() -> Response:
        return Response(meters.expose(), headers={"content-type": CONTENT_TYPE})

    @app.get("/about")
    async def about() -> Response:
        data = config.data
        return JSONResponse(
            {
                "title": config.title,
                "columns": asked_columns(data),
                "roles": {"key": data.key, "time": data.time},
                "numbers": [*([] if data.amount is None else [data.amount]), *data.numbers],
                "categories": data.categories,
                "maxRows": config.serving.maxRows,
            }
        )

    @app.get("/thresholds")
    async def thresholds() -> Response:
        loaded = service.require()
        if loaded.choice is None:
            raise Refusal(503, "HELD_OUT_ABSENT", "The held-out rows of the champion's day are not here.")
        return JSONResponse({"version": loaded.version, "alerts": config.alerts.model_dump(), **asdict(loaded.choice)})

    @app.get("/decisions")
    async def decisions() -> Response:
        return JSONResponse({"decisions": service.decisions()[-MOST_DECISIONS:]})

    @app.post("/predict")
    async def predict(request: Request) -> Response:
        rows = read_rows(await request.body(), config)
        if len(rows) <= MANY_ROWS:
            return JSONResponse(service.score(rows))
        return JSONResponse(await anyio.to_thread.run_sync(service.score, rows))

    @app.post("/explain")
    async def explain(request: Request) -> Response:
        rows = read_rows(await request.body(), config)
        if len(rows) > 1:
            raise Refusal(413, "ROWS_TOO_MANY", "rows: one row is explained at a time.")
        return JSONResponse(await anyio.to_thread.run_sync(service.explain, rows[0]))

    @app.get("/")
    async def try_it() -> Response:
        content, policy = protect(page)
        return HTMLResponse(content, headers={"Content-Security-Policy": policy})

    per_minute = config.serving.requestsPerMinute
    rules = Rules(
        names=names,
        key=read_key(config.serving.apiKeyVariable),
        rate=None if per_minute is None else RateLimit(per_minute, time.monotonic),
        most_body_bytes=min(MOST_BODY_BYTES, OTHER_BODY_BYTES + BYTES_OF_ROW * config.serving.maxRows),
        paths=frozenset(str(getattr(route, "path", "")) for route in app.routes),
    )
    return Door(app, rules, meters)


def _tell_errors(app: FastAPI) -> None:
    @app.exception_handler(Refusal)
    async def tell_refusal(request: Request, refusal: Refusal) -> Response:
        return _error(request, refusal.status, refusal.code, refusal.message)

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


def _error(request: Request, status: int, code: str, message: str) -> Response:
    request_id = request.scope.get("state", {}).get("request_id")
    return JSONResponse({"code": code, "message": message, "requestId": request_id}, status)
