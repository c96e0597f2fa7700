"""The perceptual loss of a guided training's last part, on several depths of VGG-16."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from train.autocast import autocast
from train.models.vgg import VGGFeatures

# After these layers of `VGGFeatures`: relu1_2, relu2_2 and relu3_3.
_DEPTHS = (3, 8, 15)


class Perception:
    """How unlike two pictures look to VGG-16 (Johnson, Alahi and Fei-Fei, "Perceptual Losses for
    Real-Time Style Transfer and Super-Resolution", 2016, eq. 2).

    Args:
        vgg: frozen; its first layers tell grain and edges, its later ones parts of a face.
        device: of the pictures.
    """

    def __init__(self, vgg: VGGFeatures, device: torch.device) -> None:
        self._vgg = vgg.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]

    def loss(self, restored: Tensor, clean: Tensor) -> Tensor:
        """Mean absolute difference at each depth over the mean there of what is clean, summed.

        Args:
            restored, clean: N x 3 x h x w, 0..1.
        """
        with autocast(restored.device):
            with torch.no_grad():
                wanted = self._features(clean)
            got = self._features(restored)
        parts = [
            (one.float() - other.float()).abs().mean() / other.float().mean().clamp(min=1e-3)
            for one, other in zip(got, wanted, strict=True)
        ]
        return torch.stack(parts).sum()

    def _features(self, pictures: Tensor) -> list[Tensor]:
        features = (pictures - self._vgg.mean) / self._vgg.std
        kept = []
        for depth, layer in enumerate(self._vgg.layers[: _DEPTHS[-1] + 1]):
            # Not in place: what is kept is needed as it is.
            features = torch.relu(features) if isinstance(layer, nn.ReLU) else layer(features)
            if depth in _DEPTHS:
                kept.append(features)
        return kept
