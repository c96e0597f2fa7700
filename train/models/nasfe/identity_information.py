"""Identity information: features of the person's own clean photos, in the style of the input."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from train.models.nasfe.exposure import exposure_gain
from train.models.nasfe.identity_attention import IdentityAttention

FEATURE_CHANNELS = 256
# pool3 features of VGG-16 are of the order of ten; the rest of the network of one.
FEATURE_SCALE = 0.1


class IdentityInformation(nn.Module):
    """I_iden = sigma(F^y) * N + mu(F^y) (eq. 7), brought to the fusion network's width.

    N, the mean of the normalised features of the clean photos, is computed once
    at enrolment. N = 0 means that nobody is enrolled: then a learned vector
    replaces the features. `IdentityAttention` adds what
    N has to say about places that have moved.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.project = nn.Conv2d(FEATURE_CHANNELS, channels, 1)
        self.attention = IdentityAttention(channels, FEATURE_CHANNELS)
        self.no_identity = nn.Parameter(torch.zeros(1, channels, 1, 1))

    def forward(self, fused: Tensor, identity: Tensor, mean: Tensor, std: Tensor) -> Tensor:
        """Add the identity information to the encoders' features.

        Args:
            fused: N x C x h x w.
            identity: N x 256 x h x w normalised features; all 0 for nobody.
            mean, std: N x 256, of the live features.

        Returns:
            N x C x h x w.
        """
        features = adaptive_instance_norm(identity, mean, std) * FEATURE_SCALE
        present = (identity.abs().amax(dim=(1, 2, 3), keepdim=True) > 0).to(features.dtype)
        known = self.project(features) + self.attention(fused, identity)
        out: Tensor = fused + present * known + (1 - present) * self.no_identity
        return out


def live_statistics(vgg: nn.Module, face: Tensor) -> tuple[Tensor, Tensor]:
    """mu(F^y) and sigma(F^y) of eq. 7 for degraded crops, as lit and at half their size.

    Only these and the class vector come from live frames. At half size they
    cost a quarter of the time, and the noise, which is not the picture's style,
    is halved. As lit, a dark crop has features of the size of a bright one's: the
    features of a nearly black one hardly differ from each other, and with their
    deviations eq. 7 would hide the person.

    Args:
        vgg: pool3 features.
        face: N x 3 x S x S, RGB, 0..1; S a multiple of 16.

    Returns:
        Means and deviations, N x 256 each.
    """
    small = nn.functional.avg_pool2d(face, 2)
    features = vgg((small * exposure_gain(face)).clamp(max=1))
    _, mean, std = normalise_features(features.float())
    return mean, std


def adaptive_instance_norm(normalised: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """sigma * N + mu per channel (eq. 7): N x C x h x w and two N x C."""
    return normalised * std[:, :, None, None] + mean[:, :, None, None]


def normalise_features(features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Split N x C x h x w features into the parts of eq. 7: N (same shape), mu, sigma (N x C)."""
    mean = features.mean(dim=(2, 3))
    std = (features.var(dim=(2, 3), unbiased=False) + 1e-5).sqrt()
    return (features - mean[:, :, None, None]) / std[:, :, None, None], mean, std
