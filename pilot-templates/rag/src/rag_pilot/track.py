"""Experiment tracking: the only module that knows MLflow. A SQLite file of our own; nothing leaves the machine."""

import logging
import math
import os
import warnings
from pathlib import Path

from rag_pilot.report import Report

EXPERIMENT = "rag-pilot"


def stay_quiet() -> None:
    """No telemetry and no tracing to anybody. Called first thing by the command line."""
    for name in ("MLFLOW_DISABLE_TELEMETRY", "DO_NOT_TRACK"):
        os.environ[name] = "true"
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        os.environ[name] = "false"


def log_report(report: Report, files: list[Path], var: Path) -> str:
    """One MLflow run: parameters, metrics, the report as artefact. Returns the MLflow run id."""
    var.mkdir(parents=True, exist_ok=True)
    stay_quiet()
    with warnings.catch_warnings():
        # MLflow's own models still use a loader that SQLAlchemy 2.1 calls deprecated.
        warnings.simplefilter("ignore")
        from mlflow.tracking import MlflowClient

        logging.getLogger("mlflow").setLevel(logging.WARNING)
        logging.getLogger("alembic").setLevel(logging.WARNING)
        client = MlflowClient(tracking_uri=f"sqlite:///{(var / 'mlflow.db').resolve()}")
        known = client.get_experiment_by_name(EXPERIMENT)
        artifacts = (var / "artifacts").resolve().as_uri()
        experiment = known.experiment_id if known else client.create_experiment(EXPERIMENT, artifacts)
        run = str(client.create_run(experiment, run_name=report.runId).info.run_id)
        for name, value in _parameters(report).items():
            client.log_param(run, name, value)
        for metric in report.metrics:
            if metric.value is not None and math.isfinite(metric.value):
                client.log_metric(run, metric.name, metric.value)
        for path in files:
            client.log_artifact(run, str(path))
        client.set_terminated(run, "FINISHED" if report.outcome.status == "completed" else "FAILED")
    return run


def _parameters(report: Report) -> dict[str, str]:
    config = report.config
    return {
        "runId": report.runId,
        "preset": report.preset,
        "configSha256": report.configSha256,
        "dataSha256": report.fingerprint.dataSha256,
        "data": report.data.name,
        "answer.mode": config.answer.mode,
        "answer.refuseBelow": str(config.answer.refuseBelow),
        "arrivalsPerSecond": str(config.workload.arrivalsPerSecond),
        "chunkCharacters": str(config.ingest.chunkCharacters),
        **{f"retrieval.{name}": str(value) for name, value in config.retrieval.model_dump().items()},
    }
