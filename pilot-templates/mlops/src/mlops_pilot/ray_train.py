"""The same training on several machines by Ray Train: every worker takes its share of each batch. Extra `ray`.

The gradients are averaged over the workers, so that the effective batch is still `model.batchSize`. Only this module
knows Ray. The address comes from RAY_ADDRESS, as Ray itself reads it; without one it starts on this machine.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import torch
from torch import Tensor, nn

from mlops_pilot.config import MlopsConfig
from mlops_pilot.drop_known import feature_columns
from mlops_pilot.errors import DATA, UNAVAILABLE, PilotError
from mlops_pilot.model import save
from mlops_pilot.train import learning_rate, make_card, new_network, new_optimizer


def train_by_ray(
    frame: pl.DataFrame,
    config: MlopsConfig,
    out: Path,
    workers: int,
    storage: Path,
    lineage: Mapping[str, Any] | None = None,
) -> Path:
    """A model folder as `train.train` writes it. `storage`: a folder that every machine of the cluster reaches.

    Exit 69 without the extra or a cluster, 65 when a worker stopped for a reason in the data.
    """
    try:
        import ray
        from ray.train import RunConfig, ScalingConfig
        from ray.train.torch import TorchTrainer
    except ImportError as cause:
        raise PilotError(
            UNAVAILABLE, 'training by Ray needs ray, which is not installed; run: make setup EXTRAS="ray".'
        ) from cause
    names = feature_columns(frame)
    matrix = np.ascontiguousarray(frame.select(names).to_numpy(), dtype=np.float32)
    labels = frame["label"].to_numpy().astype(np.float32)
    if not np.isfinite(matrix).all():
        raise PilotError(DATA, "a feature holds values that are no finite numbers; pilot train names it.")
    if not ray.is_initialized():
        try:
            ray.init(address=os.environ.get("RAY_ADDRESS"), log_to_driver=False, include_dashboard=False)
        except (ConnectionError, RuntimeError) as cause:
            raise PilotError(UNAVAILABLE, f"the Ray cluster does not answer: {cause}.") from cause
    result_path = storage / f"{out.name}.weights.safetensors"
    trainer = TorchTrainer(
        _work,
        train_loop_config={
            "config": config.model_dump(mode="json"),
            "rows": ray.put((matrix, labels)),
            "result": str(result_path),
        },
        scaling_config=ScalingConfig(num_workers=workers, use_gpu=config.device.want == "cuda"),
        run_config=RunConfig(name=out.name, storage_path=str(storage)),
    )
    trainer.fit()
    from safetensors.torch import load_file

    network = new_network(config, torch.from_numpy(matrix))
    network.load_state_dict(load_file(result_path))
    result_path.unlink()
    save(out, network, make_card(frame, config, out.name, network) | {"workers": workers} | dict(lineage or {}))
    return out


def _work(given: dict[str, Any]) -> None:
    """One worker. All draw the same order, and each takes every n-th row of a batch."""
    import ray
    from ray import train as ray_train
    from ray.train.torch import get_device, prepare_model
    from safetensors.torch import save_file

    config = MlopsConfig.model_validate(given["config"])
    context, device = ray_train.get_context(), get_device()
    matrix, labels = (torch.from_numpy(np.array(part)).to(device) for part in ray.get(given["rows"]))
    network = new_network(config, matrix.cpu()).to(device)
    network.fit_wide(matrix, labels)
    shared = prepare_model(network) if context.get_world_size() > 1 else network
    optimizer = new_optimizer(shared, config)
    rank, workers = context.get_world_rank(), context.get_world_size()
    for epoch in range(config.model.epochs):
        _epoch(shared, optimizer, (matrix, labels), config, epoch, (rank, workers))
    if rank == 0:
        save_file({name: tensor.cpu().contiguous() for name, tensor in network.state_dict().items()}, given["result"])
    ray_train.report({"epochs": config.model.epochs})


def _epoch(
    network: nn.Module,
    optimizer: torch.optim.Optimizer,
    rows: tuple[Tensor, Tensor],
    config: MlopsConfig,
    epoch: int,
    share: tuple[int, int],
) -> None:
    matrix, labels = rows
    torch.manual_seed(config.model.seed * 1000 + epoch)
    batches = torch.randperm(len(matrix)).split(config.model.batchSize)
    network.train()
    for at, batch in enumerate(batches):
        # A last batch of fewer rows than workers would leave one without any: it is left out.
        picked = batch[share[0] :: share[1]].to(matrix.device)
        if len(batch) < share[1]:
            continue
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(config, (epoch * len(batches) + at) / (config.model.epochs * len(batches)))
        logits = network(matrix[picked])
        loss = nn.functional.binary_cross_entropy_with_logits(logits, labels[picked].expand_as(logits))
        if not torch.isfinite(loss):
            raise PilotError(DATA, f"the loss is {loss.item()} in epoch {epoch + 1}, batch {at + 1}.")
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
