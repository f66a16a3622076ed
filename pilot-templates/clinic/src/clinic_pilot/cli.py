"""`pilot setup | test | run | bench | gate | lesson`."""

import argparse
import json
import math
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clinic_pilot.errors import INTERNAL, UNAVAILABLE, USAGE, PilotError

if TYPE_CHECKING:
    from clinic_pilot.config import ClinicConfig
    from clinic_pilot.page import Bench

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        # Asked to end, it ends as with Ctrl-C: what it started is stopped on the way out.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        return int(options.verb(options))
    except PilotError as error:
        if options.debug:
            raise
        print(f"pilot: {error}", file=sys.stderr)  # noqa: T201
        return error.exit_code
    except KeyboardInterrupt:
        print("pilot: stopped.", file=sys.stderr)  # noqa: T201
        return INTERRUPTED
    except Exception as error:
        if options.debug:
            raise
        said = " ".join(str(error).split())[:300]
        print(f"pilot: internal error: {type(error).__name__}: {said}; --debug shows where.", file=sys.stderr)  # noqa: T201
        return INTERNAL


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pilot", description="Measure waiting, computing and native code, and your own."
    )
    parser.add_argument("--dir", type=Path, default=Path(), help="folder of the pilot (default: here)")
    parser.add_argument("--debug", action="store_true", help="show where an error came from")
    verbs = parser.add_subparsers(required=True, metavar="setup|test|run|bench|gate|lesson")

    setup = verbs.add_parser("setup", help="check pilot.json, build the Rust crate when cargo is there")
    setup.set_defaults(verb=_setup)
    test = verbs.add_parser("test", help="tests of the code, of the inputs and of the speed-ups")
    test.add_argument("rest", nargs="*", help="passed on to pytest")
    test.set_defaults(verb=_test)
    run = verbs.add_parser("run", help="a page on 127.0.0.1 with the last report and a button to measure")
    run.add_argument("--port", type=int, default=8000, help="8000 when not said; 0 takes a free one")
    run.add_argument("--supervised", action="store_true", help=argparse.SUPPRESS)
    run.set_defaults(verb=_run)
    bench = verbs.add_parser("bench", help="measure; writes report.json and report.md")
    bench.add_argument("--out", type=Path, default=Path("report.json"))
    bench.add_argument("--workload", metavar="MODULE:FUNCTION", help="measure your own callable beside the examples")
    bench.add_argument("--code", type=Path, default=Path(), metavar="DIR", help="folder of its module (default: here)")
    bench.add_argument("--limit", type=float, default=60.0, metavar="SECONDS", help="longest call of it (default: 60)")
    bench.add_argument("--progress", choices=["text", "json"], default="text", help="on stderr")
    bench.set_defaults(verb=_bench)
    gate = verbs.add_parser("gate", help="judge a report: exit 0 pass, 1 fail, 3 inconclusive")
    gate.add_argument("report", type=Path, nargs="?", default=Path("report.json"))
    gate.set_defaults(verb=_gate)
    lesson = verbs.add_parser("lesson", help="each anti-pattern beside what to do instead, measured here")
    lesson.set_defaults(verb=_lesson)
    for verb in (setup, test, run, bench, gate, lesson):
        # Also after the verb; SUPPRESS keeps what was said before it.
        verb.add_argument("--dir", type=Path, default=argparse.SUPPRESS, help="folder of the pilot")
        verb.add_argument(
            "--debug", action="store_true", default=argparse.SUPPRESS, help="show where an error came from"
        )
    for verb in (setup, run, bench, gate, lesson):
        verb.add_argument("--config", type=Path, help="instead of pilot.json")
    return parser


def _load(options: argparse.Namespace) -> "ClinicConfig":
    from clinic_pilot.config import load_config

    return load_config(options.config or options.dir / "pilot.json")


def _setup(options: argparse.Namespace) -> int:
    from clinic_pilot.native import build_native, find_missing_tool

    config = _load(options)
    if find_missing_tool() is None:
        _print("Rust crate: building, where it is not built yet; the first time takes some minutes")
    why_not = build_native(options.dir.resolve())
    _print(f"Rust crate: {why_not or 'built'}")
    _print(f"{config.rounds} rounds, workers {', '.join(map(str, config.workers))}, {len(config.targets)} targets")
    return 0


def _test(options: argparse.Namespace) -> int:
    command = [sys.executable, "-m", "pytest", *options.rest]
    return subprocess.run(command, cwd=options.dir, check=False).returncode  # noqa: S603


def _run(options: argparse.Namespace) -> int:
    from clinic_pilot.page import open_page

    _load(options)
    server, bench = open_page(options.dir.resolve(), options.config, options.port)
    port = server.server_address[1]
    if options.supervised:
        threading.Thread(target=_end_with_parent, args=(bench,), daemon=True).start()
        _print(json.dumps({"port": port}))
    else:
        _print(f"http://127.0.0.1:{port} shows the last report. Ctrl-C stops it.")
    try:
        server.serve_forever()
    finally:
        bench.stop()
        server.server_close()
    return 0


def _bench(options: argparse.Namespace) -> int:
    from clinic_pilot.bench import OwnWorkload, run_bench
    from clinic_pilot.describe_report import describe_report
    from clinic_pilot.report import check_writable, write_report, write_whole

    if not (math.isfinite(options.limit) and options.limit > 0):
        raise PilotError(USAGE, f"--limit {options.limit}: write the seconds one call may take, more than 0.")
    config = _load(options)
    check_writable(options.out)
    say = _say_json if options.progress == "json" else _say_text
    own = OwnWorkload(options.workload, options.code.resolve(), options.limit) if options.workload else None
    measured = run_bench(config, options.dir.resolve(), say, own)
    report = measured.report
    write_report(report, options.out)
    write_whole(options.out.with_suffix(".md"), describe_report(report, measured.first_ms))
    say("report", 1, 1, f"written to {options.out}")
    if report.outcome.status == "failed":
        reason = report.outcome.reason.rstrip(".")
        said = f"What was measured is in {options.out}"
        raise PilotError(UNAVAILABLE, f"the bench stopped in {report.outcome.stage}: {reason}. {said}.")
    for metric in report.metrics:
        if metric.value is not None and metric.low is not None:
            _print(f"{metric.name:16}{metric.value:8.3g} x, above {metric.low:.3g} x at 95 %")
    return 0


def _gate(options: argparse.Namespace) -> int:
    from clinic_pilot.gate import EXIT, check_unmoved, judge_report, overall
    from clinic_pilot.report import read_report

    report = read_report(options.report)
    check_unmoved(report, _load(options))
    verdicts = judge_report(report)
    for item in verdicts:
        sign = ">" if item.target.comparison == "gt" else "<"
        value = "none" if item.value is None else f"{item.value:.3g} x"
        _print(f"{item.verdict:12} {item.target.metric} {sign} {item.target.value:g}: {value}; {item.reason}.")
    outcome = overall(verdicts)
    _print(f"gate: {outcome}")
    return EXIT[outcome]


def _lesson(options: argparse.Namespace) -> int:
    from clinic_pilot.fingerprint import count_cores
    from clinic_pilot.lessons import measure_lessons, tabulate_lessons
    from clinic_pilot.speed_ups import choose_workers

    config = _load(options)
    workers = choose_workers(config.workers, count_cores())
    _print(tabulate_lessons(list(measure_lessons(config, workers))))
    return 0


def _end_with_parent(bench: "Bench") -> None:
    sys.stdin.read()
    bench.stop()
    os._exit(0)


def _say_json(phase: str, done: int, total: int, message: str) -> None:
    line = json.dumps({"phase": phase, "done": done, "total": total, "message": message}, ensure_ascii=False)
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def _say_text(phase: str, done: int, total: int, message: str) -> None:
    print(f"{phase:12} {done}/{total} {message}".rstrip(), file=sys.stderr, flush=True)  # noqa: T201


def _print(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
