"""`pilot setup | test | run | bench | gate`."""

import argparse
import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from rag_pilot.errors import INTERNAL, PilotError
from rag_pilot.guard_verb import add_guard_verb
from rag_pilot.retrieval_verbs import add_retrieval_verbs
from rag_pilot.store_verbs import add_store_verbs

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    from rag_pilot.track import stay_quiet

    stay_quiet()
    options = _parser().parse_args(arguments)
    try:
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
    parser = argparse.ArgumentParser(prog="pilot", description="Question answering over your own documents.")
    parser.add_argument("--dir", type=Path, default=Path(), help="folder of the pilot (default: here)")
    parser.add_argument("--debug", action="store_true", help="show where an error came from")
    verbs = parser.add_subparsers(
        required=True, metavar="setup|test|run|bench|gate|compare-retrieval|measure-retrieval|equivalence|guard-report"
    )

    setup = verbs.add_parser("setup", help="check pilot.json, read the documents, build the index")
    setup.set_defaults(verb=_setup)
    test = verbs.add_parser("test", help="tests of the code, of the data and of the answers")
    test.add_argument("rest", nargs="*", help="passed on to pytest")
    test.set_defaults(verb=_test)
    run = verbs.add_parser("run", help="serve on 127.0.0.1, with a page to try it")
    run.add_argument("--port", type=int, help="instead of serve.port; 0 takes a free one")
    run.add_argument(
        "--expose", action="store_true", help="listen on every address; needs a key (PILOT_API_KEY by default)"
    )
    run.add_argument("--allow-host", action="append", default=[], metavar="NAME", help="a name callers may use for it")
    run.add_argument("--supervised", action="store_true", help=argparse.SUPPRESS)
    run.set_defaults(verb=_run)
    bench = verbs.add_parser("bench", help="measure; writes report.json and report.md")
    bench.add_argument("--out", type=Path, default=Path("report.json"))
    bench.add_argument("--data", type=Path, help="folder in BEIR layout, instead of data.path")
    bench.add_argument("--preset", choices=["quick", "standard"], help="10 runs of 60 or of 240 requests")
    bench.add_argument("--progress", choices=["text", "json"], default="text", help="on stderr")
    bench.add_argument("--budget", type=float, metavar="USD", help="the most that a paid endpoint may cost")
    bench.add_argument("--accept-unknown-cost", action="store_true", help="ask an endpoint without a known price")
    bench.add_argument("--no-track", action="store_true", help="do not log the run to MLflow")
    bench.set_defaults(verb=_bench)
    gate = verbs.add_parser("gate", help="judge a report: exit 0 pass, 1 fail, 3 inconclusive")
    gate.add_argument("report", type=Path, nargs="?", default=Path("report.json"))
    gate.set_defaults(verb=_gate)
    measuring = [*add_retrieval_verbs(verbs), *add_store_verbs(verbs), add_guard_verb(verbs)]
    for verb in (setup, test, run, bench, gate, *measuring):
        # Also after the verb; SUPPRESS keeps what was said before it.
        verb.add_argument("--dir", type=Path, default=argparse.SUPPRESS, help="folder of the pilot")
        verb.add_argument(
            "--debug", action="store_true", default=argparse.SUPPRESS, help="show where an error came from"
        )
    for verb in (setup, run, bench, gate, *measuring):
        verb.add_argument("--config", type=Path, help="instead of pilot.json")
    return parser


def _load(options: argparse.Namespace):  # type: ignore[no-untyped-def]
    from rag_pilot.config import load_config

    return load_config(options.config or options.dir / "pilot.json")


def _setup(options: argparse.Namespace) -> int:
    from rag_pilot.pilot import open_pilot

    pilot = open_pilot(_load(options), options.dir.resolve(), _print, repair=True)
    library = pilot.library
    _print(f"{library.documents} documents, {library.chunks} chunks, {len(library.failures)} left out")
    for failure in library.failures[:20]:
        _print(f"  {failure.place}{f' ({failure.id})' if failure.id else ''}: {failure.reason}")
    if library.invisible_removed:
        _print(f"{library.invisible_removed} invisible characters were removed")
    return 0


def _test(options: argparse.Namespace) -> int:
    command = [sys.executable, "-m", "pytest", *options.rest]
    return subprocess.run(command, cwd=options.dir, check=False).returncode  # noqa: S603


def _run(options: argparse.Namespace) -> int:
    from rag_pilot.door import LOCAL_NAMES
    from rag_pilot.open_port import EVERY_ADDRESS, bind, require_key, serve_app
    from rag_pilot.pilot import data_folder, open_pilot
    from rag_pilot.serve import build_app, sample_questions

    config, root = require_key(_load(options), options.expose), options.dir.resolve()
    # The port first: it is known at once whether it is free, and the index may take minutes.
    listener = bind(
        EVERY_ADDRESS if options.expose else config.serve.host,
        config.serve.port if options.port is None else options.port,
    )
    with listener:
        pilot = open_pilot(config, root)
        if options.supervised:
            threading.Thread(target=_end_with_parent, daemon=True).start()

        def announce(port: int) -> None:
            if options.supervised:
                _print(json.dumps({"port": port}))
            else:
                _print(f"http://127.0.0.1:{port} answers from {pilot.library.documents} documents. Ctrl-C stops it.")

        names = LOCAL_NAMES | {name.lower() for name in options.allow_host}
        serve_app(build_app(pilot, root, sample_questions(data_folder(config, root)), names), listener, announce)
    return 0


def _bench(options: argparse.Namespace) -> int:
    from rag_pilot.bench import apply_flags, name_preset, run_bench
    from rag_pilot.consent import Consent
    from rag_pilot.describe_report import describe_pacing, describe_report
    from rag_pilot.report import write_report, write_whole

    root, preset = options.dir.resolve(), options.preset
    config = apply_flags(_load(options), root, options.data, preset)
    say = _say_json if options.progress == "json" else _say_text
    consent = Consent(options.budget, options.accept_unknown_cost)
    report = run_bench(config, root, name_preset(config, preset), say, consent)
    write_report(report, options.out)
    write_whole(options.out.with_suffix(".md"), describe_report(report))
    say("report", 1, 1, f"written to {options.out}")
    if not options.no_track:
        _track(report, options, root / "var", say)
    if report.outcome.status == "failed":
        from rag_pilot.errors import UNAVAILABLE

        reason = report.outcome.reason.rstrip(".")
        raise PilotError(
            UNAVAILABLE,
            f"the bench stopped in {report.outcome.stage}: {reason}. What was measured is in {options.out}.",
        )
    for metric in report.metrics:
        if metric.value is not None:
            _print(f"{metric.name:18} {metric.value:10.4g} {metric.unit}")
    _print(describe_pacing(report))
    return 0


def _track(report, options: argparse.Namespace, var: Path, say) -> None:  # type: ignore[no-untyped-def]
    """Tracking must never cost a measurement: what goes wrong here is said, not raised."""
    from rag_pilot.track import log_report

    try:
        run = log_report(report, [options.out, options.out.with_suffix(".md")], var)
        say("report", 1, 1, f"tracked as MLflow run {run}")
    except Exception as error:
        say("report", 1, 1, f"not tracked: {type(error).__name__}: {error}")


def _gate(options: argparse.Namespace) -> int:
    from rag_pilot.gate import EXIT, check_unmoved, judge_report, overall
    from rag_pilot.report import read_report

    report = read_report(options.report)
    check_unmoved(report, _load(options))
    verdicts = judge_report(report)
    for item in verdicts:
        sign = ">" if item.target.comparison == "gt" else "<"
        value = "none" if item.value is None else f"{item.value:.4g}"
        _print(f"{item.verdict:12} {item.target.metric} {sign} {item.target.value:g}: {value}; {item.reason}.")
    outcome = overall(verdicts)
    _print(f"gate: {outcome}")
    return EXIT[outcome]


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


def _say_json(phase: str, done: int, total: int, message: str) -> None:
    line = json.dumps({"phase": phase, "done": done, "total": total, "message": message}, ensure_ascii=False)
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def _say_text(phase: str, done: int, total: int, message: str) -> None:
    print(f"{phase:8} {done}/{total} {message}", file=sys.stderr, flush=True)  # noqa: T201


def _print(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
