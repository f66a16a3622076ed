"""Entry point of a benchmark on a Ray node: environment, walls, the pilot, then its report through the job's log.

Standard library only: it runs before anything is installed. PILOTAGE_ORDER is JSON, written by `ray-executor.ts`.
Each line it prints is `@pilotage ` and one JSON object; the shapes are those of `read-ray-line.ts`. Exit code 0 = an
`end` line was printed, whatever it says.
"""

import base64
import ctypes
import fcntl
import hashlib
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections import deque
from pathlib import Path

HERE = Path(__file__).resolve().parent
PILOT = HERE.parent / "pilot"
DATA = HERE.parent / "data"

# What a line may weigh, and the head and the tail of a log in bytes: a pilot that prints without end costs no more.
LINE_BYTES = 8_192
HALF_BYTES = 32 * 1024
# A progress bar needs no more, and the whole log is read at every look.
PROGRESS_SECONDS = 1.0
PART_BYTES = 48 * 1024


def tell(what: dict) -> None:
    print("@pilotage " + json.dumps(what, separators=(",", ":")), flush=True)


def end(**what) -> None:
    empty = {
        "exitCode": None,
        "signal": None,
        "timedOut": False,
        "code": None,
        "reportBytes": None,
        "reportSha256": None,
        "tooLarge": False,
    }
    tell({"end": empty | what})


class Log:
    """Lets the head through, keeps the tail for the end, thins out progress."""

    def __init__(self) -> None:
        self.head = 0
        self.tail: deque[str] = deque()
        self.tail_bytes = 0
        self.dropped = 0
        self.progress_at = 0.0
        self.phase: str | None = None

    def take(self, raw: bytes) -> None:
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        if line.startswith("{") and self._is_progress(line):
            return
        if self.head + len(raw) <= HALF_BYTES and not self.tail:
            self.head += len(raw)
            tell({"line": line})
            return
        self.tail.append(line)
        self.tail_bytes += len(raw)
        while self.tail_bytes > HALF_BYTES and len(self.tail) > 1:
            self.tail_bytes -= len(self.tail.popleft().encode("utf-8", "replace")) + 1
            self.dropped += 1

    def _is_progress(self, line: str) -> bool:
        try:
            said = json.loads(line)
        except ValueError:
            return False
        if not isinstance(said, dict) or not isinstance(said.get("phase"), str):
            return False
        now = time.monotonic()
        done = said.get("done") is None or said.get("done") == said.get("total")
        if said["phase"] != self.phase or done or "message" in said or now - self.progress_at >= PROGRESS_SECONDS:
            self.phase = said["phase"]
            self.progress_at = now
            tell({"line": line})
        return True

    def close(self) -> None:
        if self.dropped:
            tell({"line": f"[{self.dropped} lines left out]"})
        for line in self.tail:
            tell({"line": line})


def die_with_parent() -> None:
    """Called in the child: SIGKILL when this process dies, so that nothing of the run outlives its job."""
    os.setsid()
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    except (AttributeError, OSError):
        pass


def plain_environment() -> dict[str, str]:
    """Without the cluster's token and our order: installers and probes need neither."""
    hidden = ("RAY_", "PILOTAGE_")
    return {name: value for name, value in os.environ.items() if not name.startswith(hidden) and name != "VIRTUAL_ENV"}


def run_quietly(command: list[str], log: Log, seconds: float, **more) -> int | None:
    """The exit code; None = it did not start or took too long."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
            preexec_fn=die_with_parent,
            **more,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    for line in done.stdout.splitlines()[-40:]:
        log.take(line[:LINE_BYTES])
    return done.returncode


def prepare(log: Log, environment: dict[str, str]) -> str | None:
    """The Python of the environment that the lock file names, made once a node; None = it could not be made."""
    lock = (PILOT / "uv.lock").read_bytes()
    cache = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pilotage"
    target = cache / "environments" / hashlib.sha256(lock).hexdigest()[:32]
    python = target / "bin" / "python"
    ready = target / "pilotage-ready"
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(target.with_suffix(".lock"), "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if ready.exists() and python.exists():
            return str(python)
        uv = find_uv(log, environment, cache)
        if uv is None:
            return None
        command = [uv, "sync", "--frozen", "--no-dev", "--no-install-project", "--no-progress"]
        choices = {"UV_PROJECT_ENVIRONMENT": str(target), "UV_PYTHON_DOWNLOADS": "never"}
        if run_quietly(command, log, 20 * 60, cwd=PILOT, env=environment | choices) != 0:
            return None
        ready.write_text("")
    return str(python)


def find_uv(log: Log, environment: dict[str, str], cache: Path) -> str | None:
    found = shutil.which("uv", path=environment.get("PATH"))
    own = cache / "uv" / "bin" / "uv"
    if found or own.exists():
        return found or str(own)
    if run_quietly([sys.executable, "-m", "venv", str(own.parent.parent)], log, 300, env=environment) != 0:
        return None
    pip = [str(own.parent / "pip"), "install", "--quiet", "--disable-pip-version-check", "uv"]
    return str(own) if run_quietly(pip, log, 600, env=environment) == 0 else None


def build_walls(order: dict, python: str, closed: bool, command: list[str]) -> list[str]:
    walls = {"loopback": closed, "limits": order["limits"], "keep": order["keep"], "set": order["set"]}
    inner = [python, str(HERE / "enter-walls.py"), json.dumps(walls), *command]
    return ["unshare", "--map-root-user", "--net", "--", *inner] if closed else inner


def follow(command: list[str], cwd: Path, log: Log, seconds: float) -> tuple[int, bool]:
    """Runs to the end and gives back the return code of Popen and whether the time was over."""
    child = subprocess.Popen(
        command,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        bufsize=0,
        env=plain_environment(),
        preexec_fn=die_with_parent,
    )

    def stop(number: int, _frame: object) -> None:
        kill_group(child.pid)
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, stop)
    over_at = time.monotonic() + seconds
    timed_out = False
    open_line = b""
    assert child.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            if time.monotonic() >= over_at and not timed_out:
                timed_out = True
                kill_group(child.pid)
            if not selector.select(1.0):
                # A child of the pilot may hold the pipe open after its end.
                if child.poll() is not None:
                    break
                continue
            piece = child.stdout.read(65_536)
            if not piece:
                break
            *lines, rest = piece.split(b"\n")
            for line in lines:
                log.take((open_line + line)[:LINE_BYTES])
                open_line = b""
            open_line = (open_line + rest)[:LINE_BYTES]
    if open_line:
        log.take(open_line)
    code = child.wait()
    kill_group(child.pid)
    return code, timed_out


def kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def send_report(path: Path, limit: int) -> dict:
    """By its size first: what is too large is not read."""
    if not path.is_file():
        return {}
    if path.stat().st_size > limit:
        return {"tooLarge": True}
    text = path.read_bytes()
    packed = zlib.compress(text, 6)
    for at in range(0, len(packed), PART_BYTES):
        tell({"part": base64.b64encode(packed[at : at + PART_BYTES]).decode("ascii")})
    return {"reportBytes": len(text), "reportSha256": hashlib.sha256(text).hexdigest()}


def main() -> None:
    order = json.loads(os.environ["PILOTAGE_ORDER"])
    log = Log()
    environment = plain_environment()
    tell({"line": json.dumps({"phase": "environment"})})
    python = prepare(log, environment)
    if python is None:
        log.close()
        end(code="ENVIRONMENT_FAILED")
        return
    probe = build_walls(order, python, True, [python, "-c", order["probe"]])
    closed = run_quietly(probe, Log(), 15, cwd="/", env=environment) == 0
    walls = {"level": 1, "network": "none"} if closed else {"level": 0, "network": "open"}
    tell({"isolation": walls | {"limits": True}})
    with tempfile.TemporaryDirectory(prefix="pilotage-") as scratch:
        report = Path(scratch) / "report.json"
        order["set"] |= {"HOME": scratch, "TMPDIR": scratch, "PYTHONPATH": str(PILOT / "src")}
        places = {"@report": str(report), "@data": str(DATA)}
        arguments = [places.get(argument, argument) for argument in order["arguments"]]
        command = build_walls(order, python, closed, [python, *arguments])
        code, timed_out = follow(command, PILOT, log, order["timeLimitSeconds"])
        log.close()
        sent = {} if timed_out or code < 0 else send_report(report, order["reportLimitBytes"])
        if code < 0:
            end(signal=signal.Signals(-code).name, timedOut=timed_out)
        else:
            end(exitCode=code, timedOut=timed_out, **sent)


main()
