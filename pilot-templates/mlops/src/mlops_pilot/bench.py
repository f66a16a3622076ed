"""Quality on the held-out rows, a day's steps as the scheduler runs them, throughput, then open-loop load over HTTP."""

import asyncio
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from mlops_pilot.bench_forecast import bench_forecast
from mlops_pilot.bench_pipeline import time_batches, time_day, time_training
from mlops_pilot.canonical import plain_numbers
from mlops_pilot.config import MlopsConfig
from mlops_pilot.device import choose_device
from mlops_pilot.errors import DATA, PilotError
from mlops_pilot.figures import Records, compute_metrics
from mlops_pilot.fingerprint import take_fingerprint
from mlops_pilot.gate import SERVE_STAGE
from mlops_pilot.ingest import accepted_days
from mlops_pilot.live_history import read_live_history
from mlops_pilot.load import RunResult, ask_alone, run_load
from mlops_pilot.not_run import list_not_run
from mlops_pilot.project import Project
from mlops_pilot.report import (
    MOST_SCORES,
    Batch,
    ChampionEntry,
    Completed,
    DataSummary,
    Failed,
    Report,
    ScoreRecord,
    SeriesRecord,
    StageTiming,
    Training,
    config_sha256,
    new_run_id,
)
from mlops_pilot.served_pilot import served_pilot
from mlops_pilot.set_up import set_up
from mlops_pilot.workdir import Workdir

Preset = Literal["quick", "standard"]
Say = Callable[[str, int, int, str], None]
RUNS = 10
REQUESTS_PER_RUN: dict[Preset, int] = {"quick": 60, "standard": 240}
# Repetitions: five are the fewest that bound a median.
REPEATS: dict[Preset, int] = {"quick": 5, "standard": 10}
BATCH_ROWS: dict[Preset, int] = {"quick": 100_000, "standard": 500_000}
# Of the quick preset, so that five trainings take less than one; standard trains as configured.
QUICK_EPOCHS = 1
# Rows that the load asks for, and requests of the profile without load.
ASKED_ROWS, ALONE_REQUESTS = 500, 200


@dataclass
class Gathered:
    """What is known so far; a stopped bench writes down what it has."""

    stage: str = "quality"
    data: DataSummary | None = None
    stages: list[StageTiming] = field(default_factory=list)
    scores: list[ScoreRecord] = field(default_factory=list)
    series: list[SeriesRecord] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    training: list[Training] = field(default_factory=list)
    runs: list[RunResult] = field(default_factory=list)
    left_out: int = 0


def apply_preset(config: MlopsConfig, preset: Preset | None) -> MlopsConfig:
    """A preset sets runs and requests; the rate stays the promised one."""
    if preset is None:
        return config
    value = config.model_dump(mode="json")
    value["workload"] |= {"runs": RUNS, "requestsPerRun": REQUESTS_PER_RUN[preset]}
    return MlopsConfig.model_validate(plain_numbers(value))


def name_preset(config: MlopsConfig, preset: Preset | None) -> Preset:
    if preset is not None:
        return preset
    return "quick" if config.workload.requestsPerRun < REQUESTS_PER_RUN["standard"] else "standard"


def open_bench(project: Project, folder: Path | None, say: Say) -> Project:
    """The project with a champion to measure: its own state, or a fresh one for other data."""
    if project.config.task == "forecast":
        if folder is None:
            return project
        data = project.config.data.model_copy(update={"path": str(folder.resolve())})
        return replace(project, config=project.config.model_copy(update={"data": data}))
    if folder is not None:
        name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
        project = replace(project, work=Workdir(project.work.state / "bench" / name))
    from mlops_pilot.registry import read_champion

    if read_champion(project.work) is None:
        set_up(project, folder, None, True, lambda text: say("setup", 0, 1, text))
    adapted = project.work.state / "pilot.json"
    if folder is not None and adapted.is_file():
        value = json.loads(adapted.read_text(encoding="utf-8"))
        project = replace(project, config=MlopsConfig.model_validate(value))
    return project


def hide_folder(config: MlopsConfig) -> MlopsConfig:
    """For the report, which travels: an absolute folder is cut to its name. The data's hash says which data it was."""
    path = Path(config.data.path)
    if not path.is_absolute():
        return config
    return config.model_copy(update={"data": config.data.model_copy(update={"path": path.name or "data"})})


def run_bench(project: Project, preset: Preset, say: Say) -> Report:
    """Measure. An expected failure in the middle comes back as a report with outcome `failed`."""
    started, config = _now(), project.config
    shown = hide_folder(config)
    seal = config_sha256(shown)
    gathered = Gathered()
    device = choose_device(config.device)
    data_sha256 = _data_sha256(project)
    fingerprint = take_fingerprint(project.root, data_sha256, device)
    outcome: Completed | Failed = Completed(status="completed")
    try:
        if config.task == "forecast":
            bench_forecast(project, gathered, say)
        else:
            _measure(project, preset, gathered, say)
    except (PilotError, TimeoutError, OSError) as cause:
        if gathered.data is None:
            raise
        outcome = Failed(status="failed", stage=gathered.stage, reason=(str(cause) or type(cause).__name__)[:1_000])
    assert gathered.data is not None  # noqa: S101 - narrows the type: measuring without data raised above
    say("report", 0, 1, "computing the figures")
    requests = [record for run in gathered.runs for record in run.records]
    records = Records(gathered.scores, gathered.series, requests, gathered.batches, gathered.training)
    return Report(
        schemaVersion=1,
        kind="mlops",
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
        data=gathered.data,
        runSeconds=[run.seconds for run in gathered.runs],
        stages=gathered.stages,
        requests=requests,
        scores=gathered.scores,
        series=gathered.series,
        batches=gathered.batches,
        training=gathered.training,
        champion=_decisions(project),
        metrics=compute_metrics(config, records),
        notRun=list(list_not_run(config, preset, gathered.left_out)),
    )


def _measure(project: Project, preset: Preset, gathered: Gathered, say: Say) -> None:
    from mlops_pilot.bench_quality import measure_quality

    config = project.config
    say("quality", 0, 1, "scoring the held-out rows")
    day, split = measure_quality(project, gathered)
    say("quality", 1, 1, f"{len(gathered.scores):,} held-out rows of the champion's day {day}")
    gathered.stage = "pipeline"
    say("pipeline", 0, 1, f"a day from its data to its scores, in a copy: {day}")
    gathered.stages = time_day(project, day)
    gathered.stage = "training"
    epochs = QUICK_EPOCHS if preset == "quick" else config.model.epochs
    # The first one also loads and compiles what the others find.
    time_training(split.train, config, 1)
    for number in range(REPEATS[preset]):
        say("training", number, REPEATS[preset], f"{split.train.height:,} rows, {epochs} epochs")
        gathered.training.append(time_training(split.train, config, epochs))
    gathered.stage = "batch"
    say("batch", 0, REPEATS[preset], f"{BATCH_ROWS[preset]:,} rows and more at once, features included")
    gathered.batches = time_batches(project, BATCH_ROWS[preset], REPEATS[preset])
    gathered.stage = "load"
    asked, workload = _asked(project), config.workload
    with served_pilot(project) as (port, key):
        say("warmup", 0, workload.warmupRequests, "warming up the server")
        asyncio.run(ask_alone(port, asked, workload.warmupRequests, workload.timeoutSeconds, key=key))
        alone = asyncio.run(ask_alone(port, asked, ALONE_REQUESTS, workload.timeoutSeconds, key=key))
        wall = round(sum(alone), 3)
        gathered.stages.append(StageTiming(name=SERVE_STAGE, side="wrapper", calls=len(alone), wallMs=wall, cpuMs=wall))
        total = workload.runs
        say("load", 0, total, f"{total} runs of {workload.requestsPerRun} requests")
        tell = lambda done: say("load", done, total, f"run {done} of {total}")  # noqa: E731
        gathered.runs = asyncio.run(run_load(port, asked, workload, tell, key=key))


def _asked(project: Project) -> dict[str, bytes]:
    """The newest rows known, one a request."""
    rows = read_live_history(project.config, project.work).newest_rows(ASKED_ROWS)
    if not rows:
        raise PilotError(DATA, "there are no rows to ask for.")
    return {str(row[project.config.data.key]): _body(row) for row in rows}


def _body(row: dict[str, Any]) -> bytes:
    said = {name: value.isoformat(" ") if isinstance(value, datetime) else value for name, value in row.items()}
    return json.dumps({"rows": [said]}).encode()


def _data_sha256(project: Project) -> str:
    """Of the accepted days' hashes; for series, of the files."""
    digest = hashlib.sha256()
    if project.config.task == "forecast":
        for path in sorted((project.root / project.config.data.path).glob("*.csv*")):
            digest.update(path.read_bytes())
    else:
        for each in accepted_days(project.work, date(1, 1, 1), date(9999, 12, 31)):
            digest.update(f"{each.day} {each.sha256}\n".encode())
    return digest.hexdigest()


def _decisions(project: Project) -> list[ChampionEntry]:
    from mlops_pilot.registry import history

    return [
        ChampionEntry(
            version=entry["version"], at=entry["at"], outcome=entry["outcome"], reason=str(entry["reason"])[:1_000]
        )
        for entry in history(project.work)[-1_000:]
    ]


def keep_most(scores: list[ScoreRecord]) -> tuple[list[ScoreRecord], int]:
    """The newest whole days that fit into a report, and how many rows were left out."""
    if len(scores) <= MOST_SCORES:
        return scores, 0
    days = sorted({record.day for record in scores}, reverse=True)
    kept: list[ScoreRecord] = []
    for day in days:
        more = [record for record in scores if record.day == day]
        if len(kept) + len(more) > MOST_SCORES:
            break
        kept = more + kept
    return kept, len(scores) - len(kept)


def last_day(moment: datetime) -> str:
    """The last day before an end that is not part of the span."""
    return (moment - timedelta(days=1)).date().isoformat()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
