"""The trained weights that are committed with the project, stored as float16."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from engine.errors import ModelFileDamaged, ModelFileMissing

WEIGHTS = Path(__file__).parent / "trained"


def save_weights(network: nn.Module, path: Path) -> None:
    """Write beside, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tensors = {
        name: value.detach().to(torch.float16).contiguous()
        for name, value in network.state_dict().items()
    }
    beside = path.with_suffix(".tmp")
    save_file(tensors, beside)
    beside.replace(path)


def read_weights(path: Path) -> dict[str, Tensor]:
    """Read the tensors of a weight file, as float32.

    Raises:
        ModelFileMissing, ModelFileDamaged: no such file, or cut short.
    """
    if not path.exists():
        raise ModelFileMissing(path)
    try:
        return {name: value.float() for name, value in load_file(path).items()}
    except (SafetensorError, OSError) as error:
        raise ModelFileDamaged(path, str(error).splitlines()[0]) from None


def load_weights(network: nn.Module, path: Path) -> None:
    """Fill a network from a weight file.

    Raises:
        ModelFileMissing, ModelFileDamaged: no such file, cut short, or of another network.
    """
    tensors = read_weights(path)
    try:
        network.load_state_dict(tensors)
    except RuntimeError as error:
        raise ModelFileDamaged(path, str(error).splitlines()[0]) from None
