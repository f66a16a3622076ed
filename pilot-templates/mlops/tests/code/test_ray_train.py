"""Ray Train on a real cluster of two node processes on this machine. Needs the extra: uv sync --extra ray."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from mlops_pilot.errors import UNAVAILABLE, PilotError
from mlops_pilot.evaluate import average_precision
from mlops_pilot.model import load
from mlops_pilot.ray_train import train_by_ray
from mlops_pilot.train import train

from .make_features import NAMES, make_features, make_learning_config

HAS_RAY = find_spec("ray") is not None
FRAME, FRESH = make_features(), make_features(seed=2)


@pytest.mark.skipif(HAS_RAY, reason="ray is installed")
def test_without_the_extra_the_command_that_installs_it_is_named(tmp_path: Path) -> None:
    with pytest.raises(PilotError, match=r'make setup EXTRAS="ray"') as stopped:
        train_by_ray(FRAME, make_learning_config(), tmp_path / "m", 2, tmp_path)
    assert stopped.value.exit_code == UNAVAILABLE


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if not HAS_RAY:
        pytest.skip("the extra ray is not installed")
    # Ray reports how it is used unless it is told not to.
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    import ray
    from ray.cluster_utils import Cluster

    two = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    two.add_node(num_cpus=1)
    monkeypatch.setenv("RAY_ADDRESS", two.address)
    yield two.address
    ray.shutdown()
    two.shutdown()


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_two_workers_on_two_nodes_learn_what_one_process_learns(tmp_path: Path, cluster: str) -> None:
    config = make_learning_config()
    train_by_ray(FRAME, config, tmp_path / "two", 2, tmp_path / "storage")
    train(FRAME, config, tmp_path / "one")
    matrix, labels = FRESH.select(NAMES).to_numpy(), FRESH["label"].to_numpy()
    one, two = load(tmp_path / "one"), load(tmp_path / "two")
    assert two.card["workers"] == 2
    found = {name: average_precision(labels, scorer.score(matrix)) for name, scorer in (("one", one), ("two", two))}
    # Not the same weights: each worker drops units of its own. As good, and alike.
    assert found["two"] == pytest.approx(found["one"], abs=0.03)
    assert np.corrcoef(one.score(matrix), two.score(matrix))[0, 1] > 0.98
