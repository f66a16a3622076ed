"""MLflow on a file of our own: what is logged, how it loads, the aliases, and a server that is down."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from mlops_pilot.config import MlopsConfig
from mlops_pilot.errors import UNAVAILABLE, PilotError
from mlops_pilot.model import load
from mlops_pilot.registry import MODEL_NAME
from mlops_pilot.track import log_training, name_tracked_champion, tracked_facts, tracking_uri
from mlops_pilot.train import train
from mlops_pilot.workdir import Workdir

from .conftest import ROOT
from .make_features import NAMES, make_features, make_learning_config

# What MLflow itself and its database layer warn about; ours are errors.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> tuple[MlopsConfig, Workdir]:
    work, config = Workdir(tmp_path_factory.mktemp("tracked") / ".pilot"), make_learning_config()
    snapshots = {"2026-01-01": "a" * 64}
    train(make_features(), config, work.models / "v1", lineage={"snapshots": snapshots})
    log_training(config, work, work.models / "v1", {"averagePrecision": 0.7}, ROOT / "uv.lock")
    return config, work


def test_a_run_holds_parameters_metrics_snapshots_and_the_environment(logged: tuple[MlopsConfig, Workdir]) -> None:
    config, work = logged
    facts = tracked_facts(config, work, "v1")
    assert facts is not None
    assert facts["metrics"] == {"averagePrecision": 0.7}
    card = load(work.models / "v1").card
    assert facts["parameters"]["rowsSha256"] == card["rowsSha256"]
    assert facts["parameters"]["codeSha256"] == card["codeSha256"]
    assert facts["parameters"]["snapshot.2026-01-01"] == "a" * 64
    assert facts["parameters"]["model.seed"] == "7"
    names = {path.name for path in (work.state / "artifacts").rglob("*") if path.is_file()}
    assert "uv.lock" in names


def test_nothing_that_is_logged_is_a_pickle(logged: tuple[MlopsConfig, Workdir]) -> None:
    files = [path for path in (logged[1].state / "artifacts").rglob("*") if path.is_file()]
    assert {"model.safetensors", "model.json", "MLmodel", "model.py"} <= {path.name for path in files}
    assert not [path for path in files if path.suffix in {".pkl", ".pickle", ".joblib", ".pt", ".pth"}]
    # Protocol 2 and later begin with this byte and the number of the protocol.
    assert not [path for path in files if path.read_bytes()[:1] == b"\x80"]


def test_the_logged_model_loads_by_its_alias_and_scores_the_same(logged: tuple[MlopsConfig, Workdir]) -> None:
    import mlflow

    config, work = logged
    mlflow.set_tracking_uri(tracking_uri(config, work))
    model = mlflow.pyfunc.load_model(f"models:/{MODEL_NAME}@challenger")
    assert [column.name for column in model.metadata.signature.inputs] == NAMES
    matrix = make_features(seed=2).select(NAMES).to_numpy()[:20]
    shuffled = pd.DataFrame(matrix, columns=NAMES)[NAMES[::-1]]
    assert np.asarray(model.predict(shuffled)) == pytest.approx(load(work.models / "v1").score(matrix))


def test_logging_the_same_version_again_finds_it_and_the_alias_moves_with_a_promotion(
    logged: tuple[MlopsConfig, Workdir],
) -> None:
    config, work = logged
    again = log_training(config, work, work.models / "v1", {"averagePrecision": 0.1})
    assert again.registry_version == "1"
    assert name_tracked_champion(config, work, "v1") == "1"
    facts = tracked_facts(config, work, "v1")
    assert facts is not None
    assert facts["aliases"] == ["challenger", "champion"]
    assert name_tracked_champion(config, work, "never logged") is None


def test_a_server_that_is_down_is_named_without_its_password(
    logged: tuple[MlopsConfig, Workdir], monkeypatch: pytest.MonkeyPatch
) -> None:
    config, work = logged
    monkeypatch.setenv(config.tracking.uriVariable, "http://ada:secret@127.0.0.1:9")
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    with pytest.raises(PilotError, match="the champion stays as it is and goes on serving") as stopped:
        name_tracked_champion(config, work, "v1")
    assert stopped.value.exit_code == UNAVAILABLE
    assert "http://127.0.0.1:9" in str(stopped.value)
    assert "secret" not in str(stopped.value)


def test_a_database_that_is_damaged_is_named_too(tmp_path: Path) -> None:
    work = Workdir(tmp_path)
    work.tracking_database.write_bytes(b"this is no database" * 100)
    with pytest.raises(PilotError, match=r"tracking does not answer \(sqlite:///.*mlflow\.db\)"):
        name_tracked_champion(make_learning_config(), work, "v1")
