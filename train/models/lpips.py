"""LPIPS v0.1 with AlexNet: how different two pictures look (Zhang et al., 2018)."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from engine.errors import ModelFileDamaged, ModelFileMissing

# Outputs, kernel, stride and padding of AlexNet's convolutions; pooling comes before 2 and 3.
CONVOLUTIONS = ((64, 11, 4, 2), (192, 5, 1, 2), (384, 3, 1, 1), (256, 3, 1, 1), (256, 3, 1, 1))
POOLED_BEFORE = (1, 2)
MEAN, SCALE = (-0.030, -0.088, -0.188), (0.458, 0.448, 0.450)


class LPIPS(nn.Module):
    """Two batches N x 3 x H x W, RGB, 0..1, to N distances; 0 is equal, 1 very different."""

    mean: Tensor
    scale: Tensor

    def __init__(self) -> None:
        super().__init__()
        channels = 3
        for number, (outputs, kernel, stride, padding) in enumerate(CONVOLUTIONS, start=1):
            self.add_module(f"conv{number}", nn.Conv2d(channels, outputs, kernel, stride, padding))
            self.add_module(f"lin{number - 1}", nn.Conv2d(outputs, 1, 1, bias=False))
            channels = outputs
        self.register_buffer("mean", torch.tensor(MEAN)[None, :, None, None], persistent=False)
        self.register_buffer("scale", torch.tensor(SCALE)[None, :, None, None], persistent=False)

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        total = first.new_zeros(len(first))
        one, other = ((images * 2 - 1 - self.mean) / self.scale for images in (first, second))
        for index in range(len(CONVOLUTIONS)):
            one, other = self._layer(index, one), self._layer(index, other)
            difference = (_unit(one) - _unit(other)).square()
            weighted = self.get_submodule(f"lin{index}")(difference)
            total = total + weighted.mean((1, 2, 3))
        return total

    def _layer(self, index: int, features: Tensor) -> Tensor:
        if index in POOLED_BEFORE:
            features = F.max_pool2d(features, 3, 2)
        return F.relu(self.get_submodule(f"conv{index + 1}")(features))


def _unit(features: Tensor) -> Tensor:
    return features / (features.square().sum(1, keepdim=True).sqrt() + 1e-10)


def load_lpips(path: Path) -> LPIPS:
    """Load `lpips_alex_v01.safetensors`; frozen and in eval mode.

    Raises:
        ModelFileMissing, ModelFileDamaged: no such file, cut short, or another network.
    """
    network = LPIPS()
    if not path.exists():
        raise ModelFileMissing(path)
    try:
        network.load_state_dict(load_file(path))
    except (SafetensorError, OSError, RuntimeError) as error:
        raise ModelFileDamaged(path, str(error).splitlines()[0]) from None
    return network.eval().requires_grad_(False)
