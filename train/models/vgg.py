"""VGG-16 up to pool3: the feature network of eq. 7, 8 and 10."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

# Each number is a 3 x 3 convolution with ReLU; "pool" halves the resolution.
LAYERS = (64, 64, "pool", 128, 128, "pool", 256, 256, 256, "pool")
IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)


class VGGFeatures(nn.Module):
    """pool3 features: N x 3 x S x S RGB in 0..1 -> N x 256 x S/8 x S/8.

    The original VGGFace weights have this architecture, but were not to be had
    (MODELS.md); the ones loaded here were trained on ImageNet.
    """

    mean: Tensor
    std: Tensor

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        channels = 3
        for layer in LAYERS:
            if layer == "pool":
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(channels, int(layer), 3, padding=1), nn.ReLU()]
                channels = int(layer)
        self.layers = nn.Sequential(*layers)
        self.register_buffer("mean", torch.tensor(IMAGENET_MEAN)[None, :, None, None])
        self.register_buffer("std", torch.tensor(IMAGENET_STD)[None, :, None, None])

    def forward(self, images: Tensor) -> Tensor:
        features: Tensor = self.layers((images - self.mean) / self.std)
        return features


def load_vgg_features(path: Path) -> VGGFeatures:
    """Load `vgg16_torchvision_pool3.safetensors`; the network is frozen and in eval mode."""
    network = VGGFeatures()
    tensors = load_file(path)
    convolutions = [layer for layer in network.layers if isinstance(layer, nn.Conv2d)]
    stages = [(block, index) for block, n in ((1, 2), (2, 2), (3, 3)) for index in range(1, n + 1)]
    for (block, index), layer in zip(stages, convolutions, strict=True):
        layer.load_state_dict(
            {key: tensors[f"conv{block}_{index}.{key}"] for key in ("weight", "bias")}
        )
    return network.eval().requires_grad_(False)
