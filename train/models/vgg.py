"""VGG-16 up to pool3: the feature network of eq. 7, 8 and 10."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from engine.errors import ModelFileDamaged, ModelFileMissing

# VGG-16 fine-tuned as a face identifier by `nasfe-train identifier`.
TRAINED_FEATURES = Path(__file__).parent.parent / "trained" / "vgg-identity.safetensors"

# Each number is a 3 x 3 convolution with ReLU; "pool" halves the resolution.
LAYERS = (64, 64, "pool", 128, 128, "pool", 256, 256, 256, "pool")
IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)


class VGGFeatures(nn.Module):
    """pool3 features: N x 3 x S x S RGB in 0..1 -> N x 256 x S/8 x S/8.

    The original VGGFace weights have this architecture but are no longer available;
    see `load_vgg_features` for what replaces them.
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
    """Load pool3 features; the network is frozen and in eval mode.

    Args:
        path: our fine-tuned identifier (`TRAINED_FEATURES`), torchvision's VGG-16
            or the user's own VGGFace weights: a safetensors file with tensors named
            `layers.<n>.weight` or `conv<block>_<n>.weight`, and `.bias`.

    Raises:
        ModelFileMissing, ModelFileDamaged: no such file, cut short, or another network.
    """
    network = VGGFeatures()
    if not path.exists():
        raise ModelFileMissing(path)
    convolutions = [
        (index, layer) for index, layer in enumerate(network.layers) if isinstance(layer, nn.Conv2d)
    ]
    stages = [(block, n) for block, count in ((1, 2), (2, 2), (3, 3)) for n in range(1, count + 1)]
    try:
        tensors = {name: value.float() for name, value in load_file(path).items()}
        for (block, number), (index, layer) in zip(stages, convolutions, strict=True):
            names = (f"layers.{index}", f"conv{block}_{number}")
            name = next(name for name in names if f"{name}.weight" in tensors)
            layer.load_state_dict({key: tensors[f"{name}.{key}"] for key in ("weight", "bias")})
    except (SafetensorError, OSError, RuntimeError, KeyError, StopIteration) as error:
        reason = str(error).splitlines()[0] if str(error) else "not the convolutions of VGG-16"
        raise ModelFileDamaged(path, reason) from None
    return network.eval().requires_grad_(False)
