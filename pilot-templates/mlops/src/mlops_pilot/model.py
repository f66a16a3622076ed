"""A model as a folder: `model.safetensors` and `model.json`. Written once, read everywhere it scores."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import nn

from mlops_pilot.code_version import file_sha256
from mlops_pilot.errors import DATA, NO_INPUT, PilotError
from mlops_pilot.network import Classifier
from mlops_pilot.workdir import write_text, write_whole

WEIGHTS, CARD = "model.safetensors", "model.json"
# Rows scored at once: large enough for the matrix product, small enough for the caches and for a GPU.
CHUNK = 65_536


@dataclass(frozen=True)
class Scorer:
    """`features`: names in the order of the matrix. `card`: what model.json holds."""

    features: list[str]
    card: dict[str, Any]
    network: nn.Module
    device: torch.device

    def score(self, matrix: np.ndarray) -> np.ndarray:
        """float32 [rows, features] -> probability of the label, float32 [rows]. Exit 65 for another width."""
        if matrix.ndim != 2 or matrix.shape[1] != len(self.features):
            raise PilotError(DATA, f"the model takes {len(self.features)} features, not {matrix.shape[-1]}.")
        rows = torch.from_numpy(np.ascontiguousarray(matrix, dtype=np.float32))
        with torch.inference_mode():
            parts = [torch.sigmoid(self.network(part.to(self.device))).cpu() for part in rows.split(CHUNK)]
        return np.asarray(torch.cat(parts).numpy()) if parts else np.empty(0, dtype=np.float32)

    @property
    def version(self) -> str:
        return str(self.card["version"])


def save(folder: Path, network: nn.Module, card: dict[str, Any]) -> None:
    """The card last, with the hash of the weights: a folder without it is no model, whatever else it holds."""
    tensors = {name: tensor.cpu().contiguous() for name, tensor in network.state_dict().items()}
    with write_whole(folder / WEIGHTS) as draft:
        save_file(tensors, draft)
    full = card | {"weightsSha256": file_sha256(folder / WEIGHTS)}
    write_text(folder / CARD, json.dumps(full, indent=2, sort_keys=True, ensure_ascii=False) + "\n")


def read_card(folder: Path) -> dict[str, Any]:
    try:
        card: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
    except FileNotFoundError as cause:
        raise PilotError(NO_INPUT, f"{folder}: there is no model ({CARD} is missing); run: pilot train.") from cause
    except (OSError, ValueError) as cause:
        raise PilotError(DATA, f"{folder / CARD}: cannot be read ({type(cause).__name__}).") from cause
    return card


def load(folder: Path, device: torch.device | None = None) -> Scorer:
    """66 without a model, 65 when its weights are not those that the card was written for."""
    card, place = read_card(folder), device or torch.device("cpu")
    weights = folder / WEIGHTS
    if not weights.is_file() or file_sha256(weights) != card["weightsSha256"]:
        raise PilotError(DATA, f"{weights}: these are not the weights that {CARD} was written for; train it again.")
    network = build_network(card["architecture"], len(card["features"]))
    try:
        network.load_state_dict(load_file(weights))
    except (SafetensorError, RuntimeError, OSError) as cause:
        raise PilotError(DATA, f"{weights}: does not fit its {CARD} ({type(cause).__name__}).") from cause
    return Scorer(list(card["features"]), card, network.to(place).eval(), place)


def build_network(architecture: dict[str, Any], features: int) -> Classifier:
    return Classifier(features, architecture["hidden"], architecture["members"])
