"""A training that was killed goes on from its last whole epoch. Tensors and text only: nothing that runs when read."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from mlops_pilot.errors import DATA, PilotError
from mlops_pilot.workdir import write_whole

LAST, EARLIER = "checkpoint.safetensors", "checkpoint-earlier.safetensors"


@dataclass(frozen=True)
class Identity:
    """What a checkpoint belongs to; it is of no use for anything else."""

    config_sha256: str
    code_sha256: str
    data_sha256: str


def save_checkpoint(
    folder: Path, network: nn.Module, optimizer: torch.optim.Optimizer, epochs: int, identity: Identity
) -> None:
    """After `epochs` whole epochs. The one before stays as the earlier checkpoint."""
    tensors = {f"network.{name}": tensor.cpu().contiguous() for name, tensor in network.state_dict().items()}
    for index, state in optimizer.state_dict()["state"].items():
        tensors |= {f"optimizer.{index}.{name}": tensor.cpu().contiguous() for name, tensor in state.items()}
    metadata = {"epochs": str(epochs), "identity": json.dumps(asdict(identity), sort_keys=True)}
    with write_whole(folder / LAST) as draft:
        save_file(tensors, draft, metadata=metadata)
        if (folder / LAST).is_file():
            (folder / LAST).replace(folder / EARLIER)


def load_checkpoint(path: Path, network: nn.Module, optimizer: torch.optim.Optimizer, identity: Identity) -> int:
    """How many epochs it holds. 65 when it is cut off, or belongs to other code, settings or rows."""
    tensors, metadata = _read(path)
    found = json.loads(metadata["identity"])
    for key, value in asdict(identity).items():
        if found.get(key) != value:
            part = key.removesuffix("_sha256").replace("config", "settings").replace("data", "rows")
            raise PilotError(DATA, f"{path}: this checkpoint was made with other {part}; train anew (--resume none).")
    network.load_state_dict(_under("network.", tensors))
    state = optimizer.state_dict()
    state["state"] = {}
    for name, tensor in _under("optimizer.", tensors).items():
        index, _, key = name.partition(".")
        state["state"].setdefault(int(index), {})[key] = tensor
    optimizer.load_state_dict(state)
    return int(metadata["epochs"])


def _read(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    try:
        with safe_open(path, framework="pt", device="cpu") as file:
            return {name: file.get_tensor(name) for name in file.keys()}, file.metadata() or {}  # noqa: SIM118
    except (SafetensorError, OSError) as cause:
        said = " ".join(str(cause).split())[:120]
        earlier = path.with_name(EARLIER)
        way = (
            "--resume earlier goes on from the one before" if path.name == LAST and earlier.is_file() else "train anew"
        )
        raise PilotError(DATA, f"{path}: this checkpoint is cut off or damaged ({said}); {way}.") from cause


def _under(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}
