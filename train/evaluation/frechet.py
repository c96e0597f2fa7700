"""FID: how far the distribution of restored pictures is from that of clean ones.

Heusel et al., "GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium"
(2017), eq. 6. The papers look with Inception-v3, whose weights no package carries; here it is our
VGG-16 up to pool3, each of its 256 features averaged over the picture. The figures compare with
each other, not with those of Inception; and, as always, only for equal numbers of pictures.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from nasfe_cam.core.frame import FloatArray
from train.evaluation.networks import as_tensor
from train.models.vgg import VGGFeatures

FEATURE_NETWORK = "VGG-16 to pool3, 256 features averaged over the picture"

Array = NDArray[np.float64]


class Moments:
    """Mean and covariance of features that are not kept."""

    def __init__(self) -> None:
        self.count = 0
        self._sum: Array | None = None
        self._products: Array | None = None

    def add(self, features: Array) -> None:
        """Take one picture's features in, D float64."""
        products = np.outer(features, features)
        self._sum = features.copy() if self._sum is None else self._sum + features
        self._products = products if self._products is None else self._products + products
        self.count += 1

    @property
    def mean(self) -> Array:
        """D."""
        assert self._sum is not None
        return self._sum / self.count

    @property
    def covariance(self) -> Array:
        """D x D, unbiased; needs two pictures."""
        assert self._products is not None
        mean = self.mean
        return (self._products - self.count * np.outer(mean, mean)) / (self.count - 1)


def frechet_distance(one: Moments, other: Moments) -> float | None:
    """|m - m'|^2 + Tr(C + C' - 2 (C C')^(1/2)); None for fewer than two pictures."""
    if min(one.count, other.count) < 2:
        return None
    # Tr (C C')^(1/2) is the sum of the roots of the eigenvalues of C^(1/2) C' C^(1/2).
    values, vectors = np.linalg.eigh(one.covariance)
    root = (vectors * np.sqrt(np.clip(values, 0, None))) @ vectors.T
    mixed = np.linalg.eigvalsh(root @ other.covariance @ root)
    trace = np.trace(one.covariance) + np.trace(other.covariance)
    trace -= 2 * np.sqrt(np.clip(mixed, 0, None)).sum()
    return float(np.square(one.mean - other.mean).sum() + max(trace, 0.0))


@torch.inference_mode()
def features_of_picture(vgg: VGGFeatures, picture: FloatArray) -> Array:
    """256 float64 of H x W x 3 float32, RGB, 0..1."""
    features = vgg(as_tensor(picture)).mean(dim=(2, 3))[0]
    return np.asarray(features.numpy(), np.float64)
