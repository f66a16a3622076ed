"""Two passes: a stage profile without load, then open-loop load over HTTP; quality on the whole set between them."""

import asyncio
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from rag_pilot.canonical import plain_numbers
from rag_pilot.config import PilotConfig
from rag_pilot.consent import Consent, check_consent
from rag_pilot.documents import Question, data_sha256, read_corpus, read_questions
from rag_pilot.energy import energy_between, read_energy
from rag_pilot.errors import UNAVAILABLE, PilotError
from rag_pilot.exchange import Asked
from rag_pilot.fingerprint import take_fingerprint
from rag_pilot.judge_answer import judge_answer, pick_rule, state_rules
from rag_pilot.language_model import ModelError
from rag_pilot.load import RunResult, run_load, warm_up
from rag_pilot.metrics import compute_metrics
from rag_pilot.not_run import list_not_run
from rag_pilot.pilot import Pilot, data_folder, open_pilot
from rag_pilot.probe import probe_search
from rag_pilot.report import (
    Completed,
    DataSummary,
    Energy,
    Failed,
    Probe,
    QuestionRecord,
    Report,
    StageTiming,
    Usage,
    config_sha256,
    new_run_id,
    write_whole,
)
from rag_pilot.stages import SIDES, StageClock

Preset = Literal["quick", "standard"]
REQUESTS_PER_RUN: dict[Preset, int] = {"quick": 60, "standard": 240}
RUNS = 10
# Enough for a stable mean, few enough to stay cheap when every question is a paid call.
PROFILED_QUESTIONS = {"extractive": 100, "openai_compatible": 10, "transformers": 10}
START_SECONDS = 120

Say = Callable[[str, int, int, str], None]


@dataclass
class _Gathered:
    """What is known so far; a stopped bench writes down what it has."""

    stage: str = "ingest"
    documents: int = 0
    chunks: int = 0
    questions: tuple[Question, ...] = ()
    rules: str = "not judged: the bench stopped before"
    stages: list[StageTiming] = field(default_factory=list)
    records: list[QuestionRecord] = field(default_factory=list)
    runs: list[RunResult] = field(default_factory=list)
    usage: Usage = field(default_factory=lambda: Usage(tokensIn=0, tokensOut=0, answers=0))
    probe: Probe | None = None
    energy: Energy | None = None


def apply_flags(config: PilotConfig, root: Path, data: Path | None, preset: Preset | None) -> PilotConfig:
    """The configuration that is really measured. A preset sets runs and requests; the rate stays the promised one."""
    value = config.model_dump(mode="json")
    if data is not None:
        value["data"]["path"] = str(data.resolve())
    if preset is not None:
        value["workload"] |= {"runs": RUNS, "requestsPerRun": REQUESTS_PER_RUN[preset]}
    return PilotConfig.model_validate(plain_numbers(value))


def hide_folder(config: PilotConfig) -> PilotConfig:
    """For the report, which travels: an absolute folder is cut to its name. The data's hash says which data it was."""
    path = Path(config.data.path)
    if not path.is_absolute():
        return config
    return config.model_copy(update={"data": config.data.model_copy(update={"path": path.name or "data"})})


def name_preset(config: PilotConfig, preset: Preset | None) -> Preset:
    if preset is not None:
        return preset
    return "quick" if config.workload.requestsPerRun < REQUESTS_PER_RUN["standard"] else "standard"


def run_bench(config: PilotConfig, root: Path, preset: Preset, say: Say, consent: Consent) -> Report:
    """Measure. An expected failure in the middle comes back as a report with outcome `failed`."""
    started = _now()
    shown = hide_folder(config)
    seal = config_sha256(shown)
    folder = data_folder(config, root)
    say("ingest", 0, 1, f"reading {folder.name}")
    fingerprint = take_fingerprint(root, data_sha256(folder), config.device)
    gathered = _Gathered(questions=read_questions(folder))
    outcome: Completed | Failed = Completed(status="completed")
    try:
        _measure(config, root, folder, gathered, say, consent)
    except (PilotError, ModelError, TimeoutError, OSError) as cause:
        if gathered.stage == "ingest":
            raise
        reason = str(cause) or type(cause).__name__
        outcome = Failed(status="failed", stage=gathered.stage, reason=reason[:1_000])
    say("report", 0, 1, "computing the figures")
    requests = [record for run in gathered.runs for record in run.records]
    seconds = [run.seconds for run in gathered.runs]
    return Report(
        schemaVersion=1,
        kind="rag",
        runId=new_run_id(),
        templateVersion=config.templateVersion,
        modified=None,
        projectId=config.projectId,
        configSha256=seal,
        config=shown,
        preset=preset,
        startedAt=started,
        finishedAt=_now(),
        outcome=outcome,
        fingerprint=fingerprint,
        data=DataSummary(
            name=folder.name[:120] or "data",
            documents=gathered.documents,
            chunks=gathered.chunks,
            questions=len(gathered.questions),
            judged=sum(record.correct is not None for record in gathered.records),
            answerRule=gathered.rules,
        ),
        runSeconds=seconds,
        stages=gathered.stages,
        requests=requests,
        questions=gathered.records,
        metrics=compute_metrics(config, gathered.records, requests, seconds, gathered.usage),
        usage=gathered.usage,
        probe=gathered.probe,
        energy=gathered.energy,
        notRun=list(list_not_run(config, gathered.energy)),
    )


def _measure(config: PilotConfig, root: Path, folder: Path, gathered: _Gathered, say: Say, consent: Consent) -> None:
    pilot = open_pilot(config, root, lambda message: say("ingest", 0, 1, message))
    gathered.documents, gathered.chunks = pilot.library.documents, pilot.library.chunks
    left_out = len(pilot.library.failures)
    say("ingest", 1, 1, f"{gathered.documents} documents, {gathered.chunks} chunks, {left_out} left out")
    questions = gathered.questions
    check_consent(pilot, [question.text for question in questions], _times_asked(config, len(questions)), consent, say)
    gathered.probe = probe_search(config, pilot.library.retriever, [question.text for question in questions])
    gathered.stage = "profile"
    gathered.stages = _profile(pilot, questions, say)
    gathered.stage = "quality"
    _ask_all(pilot, folder, gathered, say)
    with served_pilot(config, root) as (port, key):
        asked = {question.id: Asked(question.text, _audiences(config, question)) for question in questions}
        gathered.stage = "warmup"
        say("warmup", 0, config.workload.warmupRequests, "warming up the server")
        asyncio.run(warm_up(port, asked, config.workload, key=key))
        gathered.stage = "load"
        total = config.workload.runs
        say("load", 0, total, f"{total} runs of {config.workload.requestsPerRun} requests")
        tell = lambda done: say("load", done, total, f"run {done} of {total}")  # noqa: E731
        before = read_energy(config.device)
        gathered.runs = asyncio.run(run_load(port, asked, config.workload, tell, key=key))
        answered = sum(record.status == "ok" for run in gathered.runs for record in run.records)
        gathered.energy = energy_between(before, read_energy(config.device), answered)


def _audiences(config: PilotConfig, question: Question) -> tuple[str, ...] | None:
    return None if config.retrieval.permissions == "off" else question.audiences or ()


def _times_asked(config: PilotConfig, questions: int) -> float:
    """How often the whole set is asked, on average: quality, profile, warm-up and load together."""
    profiled = min(questions, PROFILED_QUESTIONS[config.answer.mode]) + 1
    sent = config.workload.warmupRequests + config.workload.runs * config.workload.requestsPerRun
    return (questions + profiled + sent) / max(1, questions)


def _profile(pilot: Pilot, questions: tuple[Question, ...], say: Say) -> list[StageTiming]:
    """One question at a time, warm: here the processor time of the process belongs to the stage."""
    config = pilot.config
    chosen = questions[: PROFILED_QUESTIONS[config.answer.mode]]
    pilot.chain.ask(chosen[0].text, audiences=_audiences(config, chosen[0]))
    clock = StageClock()
    for number, question in enumerate(chosen, 1):
        pilot.chain.ask(question.text, clock, audiences=_audiences(config, question))
        if number % 25 == 0 or number == len(chosen):
            say("profile", number, len(chosen), "timing the stages without load")
    return [
        StageTiming(
            name=name,
            side=SIDES[name],
            calls=stage.calls,
            wallMs=round(stage.wall_ms, 3),
            cpuMs=round(stage.cpu_ms, 3),
        )
        for name, stage in clock.stages.items()
    ]


def _ask_all(pilot: Pilot, folder: Path, gathered: _Gathered, say: Say) -> None:
    texts = {document.id: document.text for document in read_corpus(folder).documents}
    tokens_in = tokens_out = 0
    used = set()
    total = len(gathered.questions)
    for number, question in enumerate(gathered.questions, 1):
        answer = pilot.chain.ask(question.text, audiences=_audiences(pilot.config, question))
        gold_texts = tuple(texts[name] for name in question.relevant if name in texts)
        rule, spans = pick_rule(question, gold_texts)
        judged = judge_answer(question, rule, spans, answer, gold_texts)
        used.add(rule)
        tokens_in, tokens_out = tokens_in + answer.tokens_in, tokens_out + answer.tokens_out
        gathered.records.append(
            QuestionRecord(
                id=question.id,
                tag=question.tag,
                rule=rule,
                correct=judged.correct,
                refused=answer.refused,
                answer=_at_most(answer.text, 4_000),
                retrieved=list(answer.document_ids),
                relevant=list(question.relevant),
                errorClass=judged.error_class,
                tokensIn=answer.tokens_in,
                tokensOut=answer.tokens_out,
            )
        )
        if number % 50 == 0 or number == total:
            say("quality", number, total, "asking the golden questions")
    gathered.usage = Usage(tokensIn=tokens_in, tokensOut=tokens_out, answers=total)
    judged_count = sum(record.correct is not None for record in gathered.records)
    gathered.rules = state_rules(used, judged_count, total)


@contextmanager
def served_pilot(config: PilotConfig, root: Path) -> Iterator[tuple[int, str | None]]:
    """The pilot in a process of its own, on a free port, with a key of its own where it asks for one; it ends with this
    one, however this one ends. Without cache and rate limit: those would be measured instead of the answers."""
    answer = config.answer.model_copy(update={"cacheEntries": 0})
    serve = config.serve.model_copy(update={"requestsPerMinute": None})
    value = plain_numbers(config.model_copy(update={"answer": answer, "serve": serve}).model_dump(mode="json"))
    path = root / "var" / "bench" / "pilot.json"
    write_whole(path, json.dumps(value, ensure_ascii=False))
    command = [sys.executable, "-m", "rag_pilot.cli", "--dir", str(root), "run", "--config", str(path)]
    command += ["--port", "0", "--supervised"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    variable, key = config.serve.apiKeyVariable, None
    if variable is not None:
        environment[variable] = key = secrets.token_hex(24)
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


def _at_most(text: str, units: int) -> str:
    """Cut to a length in UTF-16 units, which is how the app counts."""
    encoded = text.encode("utf-16-le")
    return text if len(encoded) <= units * 2 else encoded[: units * 2].decode("utf-16-le", "ignore")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
