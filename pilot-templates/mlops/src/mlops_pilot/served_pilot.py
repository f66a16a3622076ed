"""The pilot in a process of its own, for whoever measures it."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mlops_pilot.bench_pipeline import write_config
from mlops_pilot.errors import UNAVAILABLE, PilotError
from mlops_pilot.project import Project


@contextmanager
def served_pilot(project: Project) -> Iterator[tuple[int, str | None]]:
    """(port, key): on a free port, with a key of its own where it asks for one; it ends with this process.

    Without the rate limit: that would be measured instead of the answers.
    """
    serving = project.config.serving.model_copy(update={"requestsPerMinute": None})
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    variable, key = serving.apiKeyVariable, None
    if variable is not None:
        environment[variable] = key = secrets.token_hex(24)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pilot.json")
        write_config(project.config.model_copy(update={"serving": serving}), path)
        command = [sys.executable, "-m", "mlops_pilot.cli", "--dir", str(project.root), "--config", str(path)]
        command += ["--state", str(project.work.state), "run", "--port", "0", "--supervised"]
        server = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
        )
        try:
            yield _read_port(server), key
        finally:
            if server.stdin:
                server.stdin.close()
            try:
                server.wait(5)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(5)
            if server.stdout:
                server.stdout.close()


def _read_port(server: "subprocess.Popen[str]") -> int:
    line = server.stdout.readline() if server.stdout else ""
    try:
        return int(json.loads(line)["port"])
    except (ValueError, LookupError, TypeError) as cause:
        raise PilotError(UNAVAILABLE, f"the server to be measured did not start (exit {server.poll()}).") from cause
