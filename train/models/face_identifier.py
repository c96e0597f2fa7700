"""A face identifier on VGG-16 pool3 features: what VGGFace is to the paper."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from train.models.nasfe.identity_information import FEATURE_CHANNELS, normalise_features
from train.models.vgg import VGGFeatures

GRID = 4
EMBEDDING = 128


class FaceIdentifier(nn.Module):
    """Aligned faces N x 3 x S x S, RGB, 0..1 -> N x 128 embeddings of length 1.

    The head is one linear layer on the normalised features N of eq. 7, pooled to
    4 x 4: so weak that the features themselves have to tell people apart, and
    without the means and deviations, which AdaIN takes from the degraded frame.
    """

    def __init__(self, vgg: VGGFeatures) -> None:
        super().__init__()
        self.vgg = vgg
        self.embed = nn.Linear(FEATURE_CHANNELS * GRID**2, EMBEDDING)

    def forward(self, faces: Tensor) -> Tensor:
        normalised, _, _ = normalise_features(self.vgg(faces).float())
        pooled = F.adaptive_avg_pool2d(normalised, GRID)
        return F.normalize(self.embed(pooled.flatten(1)))


def cosface_logits(
    embeddings: Tensor, centres: Tensor, labels: Tensor, margin: float = 0.25, scale: float = 24.0
) -> Tensor:
    """Cosines to all people, the right one made harder by a margin (Wang et al., CosFace, 2018).

    Args:
        embeddings: N x 128, of length 1.
        centres: P x 128, one direction per person, of any length.
        labels: N people.

    Returns:
        N x P logits for cross-entropy.
    """
    cosines = embeddings @ F.normalize(centres).T
    shifted = cosines - margin * F.one_hot(labels, len(centres))
    return scale * torch.as_tensor(shifted)
