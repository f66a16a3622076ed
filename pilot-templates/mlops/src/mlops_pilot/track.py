"""Experiment tracking and the model registry: with `mlflow_code/` the only home of MLflow. Nothing is pickled.

Serving never comes here: when tracking is down a promotion stops, and the champion goes on.
"""

import io
import logging
import os
import re
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlops_pilot.config import MlopsConfig
from mlops_pilot.errors import UNAVAILABLE, PilotError
from mlops_pilot.model import CARD, WEIGHTS, read_card
from mlops_pilot.registry import MODEL_NAME
from mlops_pilot.workdir import Workdir

EXPERIMENT = "mlops-pilot"
_MLFLOW_VARIABLE = "MLFLOW_TRACKING_URI"
_QUIET = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "true",
    # A server that is down is said within seconds, not after minutes of trying again.
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "10",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
}


@dataclass(frozen=True)
class Tracked:
    run_id: str
    registry_version: str


def tracking_uri(config: MlopsConfig, work: Workdir) -> str:
    return os.environ.get(config.tracking.uriVariable) or f"sqlite:///{work.tracking_database}"


def log_training(
    config: MlopsConfig,
    work: Workdir,
    folder: Path,
    metrics: Mapping[str, float],
    lock: Path | None = None,
) -> Tracked:
    """One run with parameters, metrics and the model folder; the model is registered and named `challenger`.

    The same version is logged once: a second call finds it. Exit 69 when tracking does not answer.
    """
    card = read_card(folder)
    with _client(config, work) as (client, mlflow):
        known = _find_version(client, folder.name)
        if known is not None:
            client.set_registered_model_alias(MODEL_NAME, "challenger", known.version)
            return Tracked(str(known.run_id), str(known.version))
        experiment = client.get_experiment_by_name(EXPERIMENT)
        if experiment is None:
            # A server keeps artefacts where it was told to; a file of our own keeps them beside it.
            ours = tracking_uri(config, work).startswith("sqlite:")
            place = (work.state / "artifacts").as_uri() if ours else None
            experiment = client.get_experiment(client.create_experiment(EXPERIMENT, place))
        with (
            mlflow.start_run(experiment_id=experiment.experiment_id, run_name=folder.name) as run,
            tempfile.TemporaryDirectory() as plain,
            # MLflow says on the terminal what it registered, as if it had been asked.
            redirect_stderr(io.StringIO()),
        ):
            mlflow.log_params(_parameters(config, card))
            mlflow.log_metrics(dict(metrics))
            if lock is not None and lock.is_file():
                mlflow.log_artifact(str(lock), "environment")
            logged = mlflow.pyfunc.log_model(
                name="model",
                python_model=str(Path(__file__).parent / "mlflow_code" / "model.py"),
                artifacts={"model": str(_only_model(folder, Path(plain)))},
                signature=_signature(card["features"]),
                pip_requirements=[f"mlops-pilot=={config.templateVersion}"],
            )
            created = mlflow.register_model(logged.model_uri, MODEL_NAME, tags={"pilotVersion": folder.name})
        client.set_registered_model_alias(MODEL_NAME, "challenger", created.version)
        return Tracked(str(run.info.run_id), str(created.version))


def name_tracked_champion(config: MlopsConfig, work: Workdir, version: str) -> str | None:
    """Moves the alias `champion`; None when this version was never logged. Exit 69 when tracking does not answer."""
    with _client(config, work) as (client, _):
        found = _find_version(client, version)
        if found is None:
            return None
        client.set_registered_model_alias(MODEL_NAME, "champion", found.version)
        return str(found.version)


def tracked_facts(config: MlopsConfig, work: Workdir, version: str) -> dict[str, Any] | None:
    """Parameters, metrics and aliases of a version, for the audit pack; None when it was never logged."""
    with _client(config, work) as (client, _):
        found = _find_version(client, version)
        if found is None:
            return None
        run = client.get_run(found.run_id)
        aliases = client.get_registered_model(MODEL_NAME).aliases
        return {
            "runId": found.run_id,
            "registryVersion": str(found.version),
            "aliases": sorted(name for name, number in aliases.items() if str(number) == str(found.version)),
            "parameters": dict(sorted(run.data.params.items())),
            "metrics": dict(sorted(run.data.metrics.items())),
        }


@contextmanager
def _client(config: MlopsConfig, work: Workdir) -> Iterator[tuple[Any, Any]]:
    uri = tracking_uri(config, work)
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    work.state.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        # MLflow uses what SQLAlchemy and pydantic call deprecated; nothing here can change that.
        warnings.simplefilter("ignore")
        import mlflow
        import mlflow.pyfunc
        from mlflow.tracking import MlflowClient

        for name in ("mlflow", "alembic"):
            logging.getLogger(name).setLevel(logging.ERROR)
        before = os.environ.get(_MLFLOW_VARIABLE)
        try:
            mlflow.set_tracking_uri(uri)
            yield MlflowClient(tracking_uri=uri, registry_uri=uri), mlflow
        except PilotError:
            raise
        except Exception as cause:
            said = _without_secrets(" ".join(str(cause).split()))[:200]
            raise PilotError(
                UNAVAILABLE,
                f"tracking does not answer ({_without_secrets(uri)}): {type(cause).__name__}: {said}; "
                "the champion stays as it is and goes on serving.",
            ) from cause
        finally:
            # MLflow writes the address into the environment, where the next call would take it for a person's choice.
            if before is None:
                os.environ.pop(_MLFLOW_VARIABLE, None)
            else:
                os.environ[_MLFLOW_VARIABLE] = before


def _find_version(client: Any, version: str) -> Any:
    found = client.search_model_versions(f"name = '{MODEL_NAME}'")
    return next((item for item in found if item.tags.get("pilotVersion") == version), None)


def _only_model(folder: Path, plain: Path) -> Path:
    """Weights and card alone: a checkpoint or a judgement beside them is not part of the model."""
    for name in (WEIGHTS, CARD):
        shutil.copyfile(folder / name, plain / name)
    return plain


def _parameters(config: MlopsConfig, card: Mapping[str, Any]) -> dict[str, Any]:
    names = ("version", "rows", "positives", "trainFrom", "trainTo", "rowsSha256", "configSha256", "codeSha256")
    model = {f"model.{name}": value for name, value in config.model.model_dump().items()}
    # A value of a parameter holds 500 characters at most.
    snapshots = {f"snapshot.{day}": sha for day, sha in sorted(card["snapshots"].items())[:40]}
    return {**{name: card[name] for name in names}, **model, "device": card["device"], **snapshots}


def _signature(features: list[str]) -> Any:
    from mlflow.models import ModelSignature
    from mlflow.types import ColSpec, Schema

    return ModelSignature(
        inputs=Schema([ColSpec("float", name) for name in features]), outputs=Schema([ColSpec("float", "score")])
    )


def _without_secrets(text: str) -> str:
    return re.sub(r"://[^/@\s]+@", "://", text)
