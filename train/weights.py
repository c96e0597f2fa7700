"""The trained weights that are committed with the project, stored as float16."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from engine.errors import ModelFileDamaged, ModelFileMissing
from nasfe_cam.core.atomic_files import FileBeside

WEIGHTS = Path(__file__).parent / "trained"


def save_weights(
    network: nn.Module, path: Path, about: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Write the weight file, whole or not at all.

    Args:
        about: what the file says of itself, such as what the weights were trained on.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    tensors = {
        name: value.detach().to(torch.float16).contiguous()
        for name, value in network.state_dict().items()
    }
    with FileBeside(path, durable=True) as file:
        save_file(tensors, file.temporary, dict(about) or None)


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


def read_about(path: Path) -> dict[str, str]:
    """What a weight file says of itself; nothing where it was written without.

    Raises:
        ModelFileMissing, ModelFileDamaged: no such file, or cut short.
    """
    if not path.exists():
        raise ModelFileMissing(path)
    try:
        with safe_open(path, "pt") as file:
            return dict(file.metadata() or {})
    except (SafetensorError, OSError) as error:
        raise ModelFileDamaged(path, str(error).splitlines()[0]) from None


def round_to_half(network: nn.Module) -> None:
    """Give a network the weights that `save_weights` would keep of it."""
    with torch.no_grad():
        for value in network.state_dict().values():
            if value.is_floating_point():
                value.copy_(value.half().float())


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
