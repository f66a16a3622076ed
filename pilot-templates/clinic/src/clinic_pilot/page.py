"""`pilot run`: a page on 127.0.0.1 that shows the last report and starts a measurement."""

import html
import http
import secrets
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from clinic_pilot.advise import advise
from clinic_pilot.errors import BUSY, PilotError
from clinic_pilot.gate import judge_report, overall
from clinic_pilot.report import read_report

LOCAL_NAMES = ("127.0.0.1", "localhost")
MOST_BODY = 1_000
KEPT_LINES = 12
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.2rem .6rem .2rem 0;vertical-align:top}"
    "pre{white-space:pre-wrap}"
)


class Bench:
    """At most one measurement at a time: two would measure each other."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._child: subprocess.Popen[str] | None = None
        self._listener: threading.Thread | None = None
        self._starting = threading.Lock()
        self.lines: deque[str] = deque(maxlen=KEPT_LINES)

    @property
    def running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def start(self) -> bool:
        with self._starting:
            if self.running:
                return False
            self.lines.clear()
            self._child = subprocess.Popen(  # noqa: S603
                self._command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
            )
            self._listener = threading.Thread(target=self._listen, args=(self._child,), daemon=True)
            self._listener.start()
            return True

    def stop(self) -> None:
        if self._child is not None and self._listener is not None:
            self._child.terminate()
            self._listener.join()

    def _listen(self, child: "subprocess.Popen[str]") -> None:
        with child:
            for line in child.stderr or ():
                self.lines.append(line.rstrip())


def open_page(root: Path, config: Path | None, port: int) -> tuple[ThreadingHTTPServer, Bench]:
    """75 when the port is taken."""
    own = ["--config", str(config)] if config else []
    out = root / "report.json"
    command = [sys.executable, "-m", "clinic_pilot.cli", "bench", "--dir", str(root), "--out", str(out), *own]
    bench = Bench(command)
    token = secrets.token_urlsafe(16)

    class Page(BaseHTTPRequestHandler):
        server_version, sys_version = "clinic", ""

        def do_GET(self) -> None:
            if not self._is_local():
                return
            if self.path == "/health":
                self._answer(http.HTTPStatus.OK, "text/plain", "ok\n")
            elif self.path == "/":
                self._answer(http.HTTPStatus.OK, "text/html", draw_page(out, bench, token))
            else:
                self._answer(http.HTTPStatus.NOT_FOUND, "text/plain", "There is no such page.\n")

        def do_POST(self) -> None:
            if not self._is_local():
                return
            length = self.headers.get("Content-Length", "")
            body = self.rfile.read(int(length)) if length.isdigit() and int(length) <= MOST_BODY else b""
            given = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0]
            # Only our own page knows it: another site that is open in the same browser cannot start anything.
            if self.path != "/start" or not secrets.compare_digest(given.encode(), token.encode()):
                self._answer(http.HTTPStatus.FORBIDDEN, "text/plain", "Open the page and press its button.\n")
                return
            bench.start()
            self.send_response(http.HTTPStatus.SEE_OTHER)
            self.send_header("Location", "/")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Quiet: the terminal says where the page is and nothing else."""

        def _is_local(self) -> bool:
            """A name of this machine; else a page elsewhere could point its own name here."""
            host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
            if host in LOCAL_NAMES:
                return True
            self._answer(http.HTTPStatus.MISDIRECTED_REQUEST, "text/plain", "Open it as 127.0.0.1.\n")
            return False

        def _answer(self, status: http.HTTPStatus, kind: str, text: str) -> None:
            content = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.send_header(
                "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"
            )
            self.end_headers()
            self.wfile.write(content)

    try:
        return ThreadingHTTPServer(("127.0.0.1", port), Page), bench
    except OSError as cause:
        said = "Stop what listens there, or name another with --port; 0 takes a free one"
        raise PilotError(BUSY, f"port {port} cannot be used ({cause.strerror}). {said}.") from cause


def draw_page(report: Path, bench: Bench, token: str) -> str:
    running = bench.running
    # The page asks again by itself while something happens, without any script.
    refresh = '<meta http-equiv="refresh" content="2">' if running else ""
    progress = f"<pre>{html.escape(chr(10).join(bench.lines))}</pre>" if bench.lines else ""
    button = "disabled" if running else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Performance clinic</title>{refresh}'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>'
        '<h1>Performance clinic</h1><form method="post" action="/start">'
        f'<input type="hidden" name="token" value="{token}">'
        f"<button {button}>{'Measuring' if running else 'Measure now'}</button></form>{progress}{_draw_report(report)}"
        "</body></html>"
    )


def _draw_report(path: Path) -> str:
    if not path.is_file():
        return "<p>No report yet. A measurement takes about half a minute.</p>"
    try:
        report = read_report(path)
        verdicts = judge_report(report)
    except PilotError as error:
        return f"<p>{html.escape(str(error))}</p>"
    rows = "".join(
        f"<tr><td>{item.target.metric} {'>' if item.target.comparison == 'gt' else '<'} {item.target.value:g}</td>"
        f"<td>{'none' if item.value is None else f'{item.value:.3g} x'}</td><td>{item.verdict}</td>"
        f"<td>{html.escape(item.reason)}</td></tr>".replace(" < ", " &lt; ")
        for item in verdicts
    )
    words = "".join(f"<li>{html.escape(text.replace('**', ''))}</li>" for text in advise(report))
    return (
        f"<h2>Gate: {overall(verdicts)}</h2><p>{html.escape(report.finishedAt)}, "
        f"{html.escape(report.fingerprint.python)}</p><table><thead><tr><th>Target</th><th>Median</th><th>Verdict</th><th>Because</th></tr></thead>"
        f"<tbody>{rows}</tbody></table><h2>What it means</h2><ul>{words}</ul>"
    )
