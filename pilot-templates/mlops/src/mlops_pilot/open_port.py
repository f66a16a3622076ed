"""Where the server listens: the only module that knows uvicorn. On 127.0.0.1, or with `expose` on every address."""

import gc
import socket
from collections.abc import Callable

import uvicorn

from mlops_pilot.config import MlopsConfig
from mlops_pilot.door import App
from mlops_pilot.errors import BUSY, NO_PERMISSION, PilotError

EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 - only with --expose, which needs a key
# Answers that are on their way may finish; then the process ends.
SHUTDOWN_SECONDS = 20
KEY_VARIABLE = "PILOT_API_KEY"


def require_key(config: MlopsConfig, expose: bool) -> MlopsConfig:
    """Whoever others can reach asks for a key: the configured one, or that in PILOT_API_KEY."""
    if not expose or config.serving.apiKeyVariable is not None:
        return config
    return config.model_copy(update={"serving": config.serving.model_copy(update={"apiKeyVariable": KEY_VARIABLE})})


def bind(host: str, port: int) -> socket.socket:
    """75 when the port is taken, 77 when it takes more rights."""
    # Naming TCP matters: asyncio switches Nagle's algorithm off only where the protocol is said, and with it on, every
    # answer in two packets waits 40 ms for the client's delayed acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # From here on callers may connect; they wait in the backlog until the server takes them.
        listener.listen(2048)
    except PermissionError as cause:
        listener.close()
        raise PilotError(NO_PERMISSION, f"port {port} needs more rights; set serving.port or pass --port.") from cause
    except OSError as cause:
        listener.close()
        raise PilotError(BUSY, f"port {port} is busy; set serving.port or pass --port.") from cause
    return listener


def serve_app(app: App, listener: socket.socket, announce: Callable[[int], None]) -> None:
    """Serve until stopped; `announce` gets the port that was really bound."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        lifespan="off",
    )
    # The history stays as long as the process: looking through it for garbage would only pause answers.
    gc.collect()
    gc.freeze()
    announce(int(listener.getsockname()[1]))
    uvicorn.Server(config).run(sockets=[listener])
