"""Real servers for tests and for `pilot equivalence`, started on this machine and gone afterwards.

PostgreSQL with pgvector comes from the package pgserver (`uv sync --group stores`), Weaviate from
`scripts/build-weaviate.sh`. Neither is for production: no password, loopback or a socket file only.
"""

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag_pilot.errors import UNAVAILABLE, PilotError

SERVER_VARIABLE = "WEAVIATE_SERVER"
START_SECONDS = 60.0


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """The address of a fresh PostgreSQL in `folder`; 69 when pgserver is not installed or does not start."""
    try:
        with warnings.catch_warnings():
            # It asks for a folder of the desktop session as it is imported.
            warnings.simplefilter("ignore")
            import pgserver
    except ImportError as cause:
        raise PilotError(UNAVAILABLE, "pgserver is not installed (uv sync --group stores)") from cause
    folder.mkdir(parents=True, exist_ok=True)
    try:
        server = pgserver.get_server(str(folder))
    except Exception as cause:
        raise PilotError(UNAVAILABLE, f"pgserver did not start ({type(cause).__name__}: {str(cause)[:200]})") from cause
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


def find_weaviate(root: Path) -> Path | None:
    """The server's binary: $WEAVIATE_SERVER, `var/tools/weaviate-server` of the pilot, or on the PATH."""
    candidates = (os.environ.get(SERVER_VARIABLE), root / "var" / "tools" / "weaviate-server")
    for candidate in (*candidates, shutil.which("weaviate-server")):
        if candidate and Path(candidate).is_file():
            return Path(candidate)
    return None


@contextmanager
def weaviate(folder: Path, binary: Path | None) -> Iterator[str]:
    """The address of a fresh Weaviate that keeps its data in `folder`; 69 when it cannot be started."""
    if binary is None:
        said = f"no weaviate-server was found (scripts/build-weaviate.sh builds one; {SERVER_VARIABLE} names it)"
        raise PilotError(UNAVAILABLE, said)
    folder.mkdir(parents=True, exist_ok=True)
    http, grpc, gossip, data, raft, raft_rpc = _free_ports(6)
    environment = os.environ | {
        "PERSISTENCE_DATA_PATH": str(folder / "data"),
        "AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED": "true",
        "DEFAULT_VECTORIZER_MODULE": "none",
        "DISABLE_TELEMETRY": "true",
        "CLUSTER_HOSTNAME": "node1",
        # Without it the first address of the machine is taken, which may be an IPv6 one that it cannot read.
        "CLUSTER_ADVERTISE_ADDR": "127.0.0.1",
        "CLUSTER_GOSSIP_BIND_PORT": str(gossip),
        "CLUSTER_DATA_BIND_PORT": str(data),
        "RAFT_PORT": str(raft),
        "RAFT_INTERNAL_RPC_PORT": str(raft_rpc),
        "GRPC_PORT": str(grpc),
        "LOG_LEVEL": "warning",
    }
    command = [str(binary), "--host", "127.0.0.1", "--port", str(http), "--scheme", "http"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)  # noqa: S603
    try:
        _wait_until_ready(server, http)
        yield f"http://127.0.0.1:{http}?grpc={grpc}"
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until_ready(server: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/.well-known/ready", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise PilotError(UNAVAILABLE, "weaviate-server did not start; its server.log says why")


def _free_ports(count: int) -> list[int]:
    """Held open together, so that no port is given twice; another program could still take one before its turn."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()
