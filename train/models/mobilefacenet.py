"""MobileFaceNet (Chen et al. 2018), the recogniser of the identity loss.

The weights are those of github.com/foamliu/MobileFaceNet at a6cc9032a659 (Apache-2.0),
trained with ArcFace loss.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from nasfe_cam.faces.alignment import CANONICAL_POSITIONS, similarity_transform
from train.models.vgg import IMAGENET_MEAN, IMAGENET_STD

ARCFACE_SIDE = 112
# Where ArcFace puts eyes, nose tip and mouth corners, from left to right in the picture.
ARCFACE_POINTS = np.array(
    [[38.29, 51.70], [73.53, 51.50], [56.03, 71.74], [41.55, 92.37], [70.73, 92.20]]
)
# Expansion, channels, repetitions and stride of every group of inverted residuals.
GROUPS = ((2, 64, 5, 2), (4, 128, 1, 2), (2, 128, 6, 1), (4, 128, 1, 2), (2, 128, 2, 1))


def canonical_five_points() -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """The five points in the unit crop, where every aligned face has them."""
    points = CANONICAL_POSITIONS
    nose_tip = points[6] + 0.65 * (points[7] - points[6])
    return np.array([points[0:2].mean(0), points[2:4].mean(0), nose_tip, points[10], points[11]])


class MobileFaceNet(nn.Module):
    """Aligned crops N x 3 x S x S, RGB, 0..1 -> N x 128 embeddings of length 1."""

    grid: Tensor
    mean: Tensor
    std: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = _unit(3, 64, 3, stride=2)
        self.dw_conv = _DepthwiseSeparable(64, 64)
        features: list[nn.Module] = []
        channels = 64
        for expansion, width, repetitions, stride in GROUPS:
            for index in range(repetitions):
                features.append(
                    _InvertedResidual(channels, width, stride if index == 0 else 1, expansion)
                )
                channels = width
        self.features = nn.Sequential(*features)
        self.conv2 = _unit(128, 512, 1)
        self.gdconv = _GlobalDepthwise(512, 7)
        self.conv3 = nn.Conv2d(512, 128, 1)
        self.bn = nn.BatchNorm1d(128)
        self.register_buffer("grid", _arcface_grid(), persistent=False)
        self.register_buffer(
            "mean", torch.tensor(IMAGENET_MEAN)[None, :, None, None], persistent=False
        )
        self.register_buffer(
            "std", torch.tensor(IMAGENET_STD)[None, :, None, None], persistent=False
        )

    def forward(self, faces: Tensor) -> Tensor:
        grid = self.grid.expand(len(faces), -1, -1, -1)
        crops = F.grid_sample(faces, grid, padding_mode="border", align_corners=False)
        features = self.features(self.dw_conv(self.conv1((crops - self.mean) / self.std)))
        embedding = self.bn(self.conv3(self.gdconv(self.conv2(features))).flatten(1))
        return F.normalize(embedding)


def load_mobilefacenet(path: Path) -> MobileFaceNet:
    """Load `mobilefacenet_arcface.safetensors`; frozen and in eval mode."""
    network = MobileFaceNet()
    network.load_state_dict(load_file(path))
    return network.eval().requires_grad_(False)


def _unit(inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU6(),
    )


class _DepthwiseSeparable(nn.Module):
    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.depthwise = nn.Conv2d(inputs, inputs, 3, padding=1, groups=inputs, bias=False)
        self.bn1 = nn.BatchNorm2d(inputs)
        self.pointwise = nn.Conv2d(inputs, outputs, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)

    def forward(self, features: Tensor) -> Tensor:
        features = F.relu(self.bn1(self.depthwise(features)))
        return F.relu(self.bn2(self.pointwise(features)))


class _GlobalDepthwise(nn.Module):
    def __init__(self, channels: int, side: int) -> None:
        super().__init__()
        self.depthwise = nn.Conv2d(channels, channels, side, groups=channels, bias=False)
        self.bn = nn.BatchNorm2d(channels)

    def forward(self, features: Tensor) -> Tensor:
        out: Tensor = self.bn(self.depthwise(features))
        return out


class _InvertedResidual(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int, expansion: int) -> None:
        super().__init__()
        hidden = inputs * expansion
        self.residual = stride == 1 and inputs == outputs
        self.conv = nn.Sequential(
            _unit(inputs, hidden, 1),
            _unit(hidden, hidden, 3, stride, groups=hidden),
            nn.Conv2d(hidden, outputs, 1, bias=False),
            nn.BatchNorm2d(outputs),
        )

    def forward(self, features: Tensor) -> Tensor:
        out: Tensor = self.conv(features)
        return features + out if self.residual else out


def _arcface_grid() -> Tensor:
    """Where the 112 x 112 crop samples an aligned crop, in `grid_sample` coordinates."""
    transform = similarity_transform(ARCFACE_POINTS, canonical_five_points())
    axis = np.arange(ARCFACE_SIDE)
    x, y = np.meshgrid(axis, axis)
    points = np.stack([x, y], -1) @ transform[:, :2].T + transform[:, 2]
    return torch.from_numpy(points * 2 - 1).float()[None]
