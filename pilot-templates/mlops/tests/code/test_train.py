"""Training: the same twice, the same after a kill, and an end with a reason when it cannot go on."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import torch

from mlops_pilot import checkpoint, workdir
from mlops_pilot.checkpoint import EARLIER, LAST
from mlops_pilot.config import Device
from mlops_pilot.device import choose_device, mixed_precision
from mlops_pilot.errors import DATA, DISK, NO_INPUT, UNAVAILABLE, PilotError
from mlops_pilot.evaluate import average_precision
from mlops_pilot.model import CARD, WEIGHTS, load
from mlops_pilot.train import name_version, new_network, new_optimizer, train, train_epoch

from .conftest import ROOT
from .make_features import NAMES, make_features, make_learning_config

FRAME = make_features()


def matrix_of(frame: pl.DataFrame) -> np.ndarray:
    return frame.select(NAMES).to_numpy()


def weights_of(folder: Path) -> bytes:
    return (folder / WEIGHTS).read_bytes()


class Killed(Exception):
    pass


def stop_after(epochs: int):  # type: ignore[no-untyped-def]
    def stop(done: int, _loss: float) -> None:
        if done == epochs:
            raise Killed

    return stop


def test_the_same_seed_gives_the_same_weights_and_another_does_not(tmp_path: Path) -> None:
    config = make_learning_config()
    for name in ("a", "b"):
        train(FRAME, config, tmp_path / name)
    train(FRAME, make_learning_config(seed=8), tmp_path / "c")
    assert weights_of(tmp_path / "a") == weights_of(tmp_path / "b") != weights_of(tmp_path / "c")
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [CARD, WEIGHTS]


def test_a_model_scores_new_rows_as_it_learnt(tmp_path: Path) -> None:
    train(FRAME, make_learning_config(), tmp_path / "m")
    scorer, fresh = load(tmp_path / "m"), make_features(seed=2)
    scores = scorer.score(matrix_of(fresh))
    assert scores.dtype == np.float32
    assert ((scores >= 0) & (scores <= 1)).all()
    assert average_precision(fresh["label"].to_numpy(), scores) > 0.6
    assert scorer.score(matrix_of(fresh)[:1]) == pytest.approx(scores[:1], abs=1e-6)
    assert len(scorer.score(np.empty((0, 3), np.float32))) == 0
    with pytest.raises(PilotError, match="takes 3 features, not 2"):
        scorer.score(np.ones((1, 2), np.float32))


def test_a_linear_model_is_the_logistic_regression_that_it_says_it_is(tmp_path: Path) -> None:
    from mlops_pilot.baselines import score_logistic

    train(FRAME, make_learning_config(kind="linear", epochs=1, learningRate=1e-9), tmp_path / "m")
    expected = score_logistic(matrix_of(FRAME), FRAME["label"].to_numpy(), matrix_of(FRAME), 0)
    assert load(tmp_path / "m").score(matrix_of(FRAME)) == pytest.approx(expected, abs=2e-3)


def test_a_training_that_was_stopped_goes_on_to_the_same_weights(tmp_path: Path) -> None:
    config = make_learning_config()
    train(FRAME, config, tmp_path / "whole")
    with pytest.raises(Killed):
        train(FRAME, config, tmp_path / "cut", after_epoch=stop_after(2))
    assert not (tmp_path / "cut" / CARD).exists()
    seen: list[int] = []
    train(FRAME, config, tmp_path / "cut", after_epoch=lambda done, _loss: seen.append(done))
    assert seen == [3]
    assert weights_of(tmp_path / "cut") == weights_of(tmp_path / "whole")


KILL_ITSELF = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
import torch
torch.set_num_threads({threads})
from tests.code.make_features import make_features, make_learning_config
from mlops_pilot.train import train
def die(done, loss):
    if done == 2:
        os.kill(os.getpid(), signal.SIGKILL)
train(make_features(), make_learning_config(), Path({out!r}), after_epoch=die)
"""


def test_kill_minus_nine_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    code = KILL_ITSELF.format(root=str(ROOT), threads=torch.get_num_threads(), out=str(tmp_path / "killed"))
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, env=dict(os.environ))
    assert done.returncode == -signal.SIGKILL
    assert [path.name for path in (tmp_path / "killed").iterdir() if path.name in (LAST, CARD)] == [LAST]
    train(FRAME, make_learning_config(), tmp_path / "killed")
    train(FRAME, make_learning_config(), tmp_path / "whole")
    assert weights_of(tmp_path / "killed") == weights_of(tmp_path / "whole")


def test_a_loss_that_is_no_number_stops_at_its_step_and_keeps_the_last_good_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, calls = make_learning_config(), 0
    original = torch.nn.functional.binary_cross_entropy_with_logits

    def spoilt(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        nonlocal calls
        # Logits of a batch are [members, rows]; those of the linear start are not counted.
        calls += logits.dim() == 2
        return original(logits, labels) * (float("nan") if calls == 8 else 1.0)

    monkeypatch.setattr(torch.nn.functional, "binary_cross_entropy_with_logits", spoilt)
    # Six batches an epoch: the eighth is the second of epoch two.
    with pytest.raises(
        PilotError, match=r"the loss is nan at step 8 \(epoch 2\); the last good checkpoint, of epoch 1"
    ) as stop:
        train(FRAME, config, tmp_path / "m")
    assert stop.value.exit_code == DATA
    assert (tmp_path / "m" / LAST).is_file()
    with pytest.raises(PilotError, match="there is no model"):
        load(tmp_path / "m")
    monkeypatch.undo()
    train(FRAME, config, tmp_path / "m")
    train(FRAME, config, tmp_path / "whole")
    assert weights_of(tmp_path / "m") == weights_of(tmp_path / "whole")


def test_infinite_features_are_named_before_anything_is_learnt(tmp_path: Path) -> None:
    spoilt = FRAME.with_columns(pl.lit(float("inf"), pl.Float32).alias("amount"))
    with pytest.raises(PilotError, match="amount: 1500 values are no finite numbers, first rows r1-00000, r1-00001"):
        train(spoilt, make_learning_config(), tmp_path / "m")


def test_a_checkpoint_that_was_cut_off_is_an_error_and_the_one_before_is_a_choice(tmp_path: Path) -> None:
    config, folder = make_learning_config(), tmp_path / "m"
    with pytest.raises(Killed):
        train(FRAME, config, folder, after_epoch=stop_after(2))
    whole = (folder / LAST).read_bytes()
    (folder / LAST).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(PilotError, match=r"cut off or damaged .* --resume earlier") as stopped:
        train(FRAME, config, folder)
    assert stopped.value.exit_code == DATA
    assert (folder / EARLIER).is_file()
    train(FRAME, config, folder, resume="earlier")
    train(FRAME, config, tmp_path / "whole")
    assert weights_of(folder) == weights_of(tmp_path / "whole")


@pytest.mark.parametrize(
    ("frame", "config", "said"),
    [
        pytest.param(FRAME, make_learning_config(learningRate=0.5), "other settings", id="settings"),
        pytest.param(make_features(seed=5), make_learning_config(), "other rows", id="rows"),
    ],
)
def test_a_checkpoint_of_something_else_is_refused(tmp_path: Path, frame: pl.DataFrame, config, said: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Killed):
        train(FRAME, make_learning_config(), tmp_path, after_epoch=stop_after(1))
    with pytest.raises(PilotError, match=said):
        train(frame, config, tmp_path)
    train(frame, config, tmp_path, resume="none")


def test_a_checkpoint_of_other_code_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Killed):
        train(FRAME, make_learning_config(), tmp_path, after_epoch=stop_after(1))
    monkeypatch.setattr("mlops_pilot.train.code_sha256", lambda: "0" * 64)
    with pytest.raises(PilotError, match="other code"):
        train(FRAME, make_learning_config(), tmp_path)


def test_a_full_disk_says_so_and_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Killed):
        train(FRAME, make_learning_config(), tmp_path, after_epoch=stop_after(1))
    before = (tmp_path / LAST).read_bytes()

    def full(*_arguments: object, **_names: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(checkpoint, "save_file", full)
    with pytest.raises(PilotError, match="the disk is full; what was there before is untouched") as stopped:
        train(FRAME, make_learning_config(), tmp_path)
    assert stopped.value.exit_code == DISK
    assert (tmp_path / LAST).read_bytes() == before
    assert workdir.Workdir(tmp_path).models == tmp_path / "models"


def test_weights_that_are_not_the_card_s_are_never_scored_with(tmp_path: Path) -> None:
    train(FRAME, make_learning_config(), tmp_path)
    whole = weights_of(tmp_path)
    (tmp_path / WEIGHTS).write_bytes(whole[:-4])
    with pytest.raises(PilotError, match=r"not the weights that model\.json was written for"):
        load(tmp_path)
    (tmp_path / CARD).unlink()
    with pytest.raises(PilotError) as stopped:
        load(tmp_path)
    assert stopped.value.exit_code == NO_INPUT


def test_a_device_that_is_not_there_is_an_error_unless_a_fallback_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(PilotError, match="torch finds no GPU here") as stopped:
        choose_device(Device(want="cuda", fallback=False))
    assert stopped.value.exit_code == UNAVAILABLE
    assert choose_device(Device(want="cuda", fallback=True)).type == "cpu"


def test_mixed_precision_learns_about_the_same() -> None:
    """On the CPU, which knows bfloat16 too: the same lines run on a GPU."""
    losses = {}
    cpu, rows = torch.device("cpu"), torch.from_numpy(matrix_of(FRAME))
    labels = torch.from_numpy(FRAME["label"].to_numpy().astype(np.float32))
    for precision in ("float32", "bfloat16"):
        config = make_learning_config().model_copy()
        config = config.model_copy(update={"model": config.model.model_copy(update={"precision": precision})})
        network = new_network(config, rows)
        network.fit_wide(rows, labels)
        optimizer = new_optimizer(network, config)
        losses[precision] = [train_epoch(network, optimizer, (rows, labels), config, cpu, epoch) for epoch in range(3)]
        with mixed_precision(cpu, precision), torch.inference_mode():
            assert network(rows[:4]).dtype == (torch.float32 if precision == "float32" else torch.bfloat16)
    assert losses["bfloat16"] == pytest.approx(losses["float32"], rel=0.05)
    assert losses["bfloat16"] != losses["float32"]


def test_a_version_is_named_by_rows_settings_and_code(monkeypatch: pytest.MonkeyPatch) -> None:
    name = name_version(FRAME, make_learning_config())
    assert name.startswith("2026-01-11-")
    assert name_version(FRAME, make_learning_config()) == name
    assert name_version(FRAME, make_learning_config(seed=8)) != name
    assert name_version(make_features(seed=5), make_learning_config()) != name
