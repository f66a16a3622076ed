"""Training: seeded, resumable after any epoch, and stopped by a loss that is no number.

Two runs on one machine with one number of threads give the same weights, and so does one that was killed and resumed.
"""

import hashlib
import math
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import polars as pl
import torch
from torch import Tensor, nn

from mlops_pilot.canonical import canonical_sha256
from mlops_pilot.checkpoint import EARLIER, LAST, Identity, load_checkpoint, save_checkpoint
from mlops_pilot.code_version import code_sha256
from mlops_pilot.config import MlopsConfig
from mlops_pilot.device import choose_device, mixed_precision, said_memory
from mlops_pilot.drop_known import feature_columns
from mlops_pilot.errors import DATA, PilotError
from mlops_pilot.evaluate import average_precision
from mlops_pilot.model import load, save
from mlops_pilot.network import MEMBERS, Classifier

Resume = Literal["last", "earlier", "none"]
AfterEpoch = Callable[[int, float], None]
# Pulls weights to zero. Chosen on earlier days of a public card set, never on its test.
WEIGHT_DECAY = 0.01


@dataclass(frozen=True)
class TrainedModel:
    """`metrics`: of the rows that were learnt from. `seconds`: of this process, without those of a killed one."""

    path: Path
    metrics: dict[str, float]
    seconds: float
    device: str
    rows: int
    epochs: int


def train(
    frame: pl.DataFrame,
    config: MlopsConfig,
    out: Path,
    *,
    lineage: Mapping[str, Any] | None = None,
    resume: Resume = "last",
    after_epoch: AfterEpoch | None = None,
) -> TrainedModel:
    """Train on every row of `frame` (as `split_day` gives them) and write the model folder `out`.

    Exit 65: a loss that is no number (the last good checkpoint stays), a damaged checkpoint; 69: no such device;
    74: the disk is full (what is there stays).
    """
    started = time.perf_counter()
    device, names = choose_device(config.device), feature_columns(frame)
    matrix = np.ascontiguousarray(frame.select(names).to_numpy(), dtype=np.float32)
    labels = frame["label"].to_numpy().astype(np.float32)
    _require_finite(matrix, names, frame)
    identity = Identity(training_sha256(config), code_sha256(), _rows_sha256(matrix, labels))
    network = new_network(config, torch.from_numpy(matrix))
    with said_memory(config.model.batchSize):
        _fit(network, matrix, labels, config, device, out, identity, resume, after_epoch)
    card = make_card(frame, config, out.name, network) | {"device": device.type} | dict(lineage or {})
    save(out, network, card)
    for name in (LAST, EARLIER):
        with suppress(FileNotFoundError):
            (out / name).unlink()
    found = average_precision(labels, load(out).score(matrix))
    seconds = time.perf_counter() - started
    return TrainedModel(out, {"trainAveragePrecision": found}, seconds, device.type, frame.height, config.model.epochs)


def make_card(frame: pl.DataFrame, config: MlopsConfig, version: str, network: Classifier) -> dict[str, Any]:
    """What model.json says of a model that learnt from `frame` on the CPU; without the hash of its weights."""
    names = feature_columns(frame)
    matrix = np.ascontiguousarray(frame.select(names).to_numpy(), dtype=np.float32)
    labels = frame["label"].to_numpy().astype(np.float32)
    return {
        "schemaVersion": 1,
        "version": version,
        "features": names,
        "architecture": {"kind": config.model.kind, "hidden": _hidden(config), "members": network.members},
        "precision": config.model.precision,
        "seed": config.model.seed,
        "epochs": config.model.epochs,
        "rows": frame.height,
        "positives": int(labels.sum()),
        "trainFrom": str(frame["eventTime"].min()),
        "trainTo": str(frame["eventTime"].max()),
        "rowsSha256": _rows_sha256(matrix, labels),
        "configSha256": training_sha256(config),
        "codeSha256": code_sha256(),
        "torch": torch.__version__,
        "device": "cpu",
        "snapshots": {},
    }


def training_sha256(config: MlopsConfig) -> str:
    """Of what decides the weights: ports, targets and alerts may change without another model."""
    whole = config.model_dump()
    return canonical_sha256({key: whole[key] for key in ("task", "data", "features", "model")})


def name_version(frame: pl.DataFrame, config: MlopsConfig) -> str:
    """`<last day>-<8 hex>` of rows, settings and code: training the same twice is the same version."""
    rows = _rows_sha256(
        np.ascontiguousarray(frame.select(feature_columns(frame)).to_numpy(), dtype=np.float32),
        frame["label"].to_numpy().astype(np.float32),
    )
    digest = hashlib.sha256(f"{rows}{training_sha256(config)}{code_sha256()}".encode()).hexdigest()
    last = frame["eventTime"].cast(pl.Date).cast(pl.String).max()
    return f"{last!s}-{digest[:8]}"


def new_network(config: MlopsConfig, matrix: Tensor) -> Classifier:
    torch.manual_seed(config.model.seed)
    network = Classifier(matrix.shape[1], _hidden(config), MEMBERS)
    network.fit_scaling(matrix)
    return network


def train_epoch(
    network: nn.Module,
    optimizer: torch.optim.Optimizer,
    rows: tuple[Tensor, Tensor],
    config: MlopsConfig,
    device: torch.device,
    epoch: int,
) -> float:
    """One pass in an order that only seed and epoch decide. The mean loss; exit 65 naming the step without one."""
    matrix, labels = rows
    torch.manual_seed(config.model.seed * 1000 + epoch)
    order = torch.randperm(len(matrix))
    batches = order.split(config.model.batchSize)
    total = torch.zeros((), device=device)
    network.train()
    for at, batch in enumerate(batches):
        picked = batch.to(device)
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(config, (epoch * len(batches) + at) / (config.model.epochs * len(batches)))
        with mixed_precision(device, config.model.precision):
            logits = network(matrix[picked])
        wanted = labels[picked].expand_as(logits)
        loss = nn.functional.binary_cross_entropy_with_logits(logits.float(), wanted)
        if not math.isfinite(loss.item()):
            step = epoch * len(batches) + at + 1
            raise PilotError(DATA, f"the loss is {loss.item()} at step {step} (epoch {epoch + 1})")
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        total += loss.detach() * len(batch)
    return float(total) / len(matrix)


def new_optimizer(network: nn.Module, config: MlopsConfig) -> torch.optim.Optimizer:
    return torch.optim.AdamW(network.parameters(), lr=config.model.learningRate, weight_decay=WEIGHT_DECAY)


def _fit(
    network: Classifier,
    matrix: np.ndarray,
    labels: np.ndarray,
    config: MlopsConfig,
    device: torch.device,
    out: Path,
    identity: Identity,
    resume: Resume,
    after_epoch: AfterEpoch | None,
) -> None:
    network.to(device)
    optimizer = new_optimizer(network, config)
    path = out / {"last": LAST, "earlier": EARLIER, "none": ""}[resume]
    done = load_checkpoint(path, network, optimizer, identity) if path.is_file() else 0
    rows = (torch.from_numpy(matrix).to(device), torch.from_numpy(labels).to(device))
    if not done:
        network.fit_wide(*rows)
    for epoch in range(done, config.model.epochs):
        try:
            loss = train_epoch(network, optimizer, rows, config, device, epoch)
        except PilotError as stop:
            last = out / LAST
            left = f"the last good checkpoint, of epoch {epoch}, is {last}" if epoch else "there is no checkpoint yet"
            raise PilotError(stop.exit_code, f"{stop}; {left}. No model was written.") from stop
        save_checkpoint(out, network, optimizer, epoch + 1, identity)
        if after_epoch:
            after_epoch(epoch + 1, loss)


def learning_rate(config: MlopsConfig, progress: float) -> float:
    """Up over the first tenth, then down along a cosine. `progress`: 0 to 1."""
    warm = min(1.0, (progress + 1e-3) / 0.1)
    return config.model.learningRate * warm * (1 + math.cos(math.pi * progress)) / 2


def _require_finite(matrix: np.ndarray, names: list[str], frame: pl.DataFrame) -> None:
    bad = ~np.isfinite(matrix)
    if bad.any():
        rows, columns = np.nonzero(bad)
        shown = ", ".join(frame["rowId"][row] for row in rows[:5].tolist())
        raise PilotError(DATA, f"{names[columns[0]]}: {len(rows)} values are no finite numbers, first rows {shown}.")


def _hidden(config: MlopsConfig) -> list[int]:
    return [] if config.model.kind == "linear" else list(config.model.hidden)


def _rows_sha256(matrix: np.ndarray, labels: np.ndarray) -> str:
    digest = hashlib.sha256(matrix.tobytes())
    digest.update(labels.tobytes())
    return digest.hexdigest()
