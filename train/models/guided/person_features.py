"""Identity information of the paper, without the search for what has moved."""

from __future__ import annotations

from torch import Tensor, nn

from train.models.nasfe.identity_information import (
    FEATURE_CHANNELS,
    FEATURE_SCALE,
    adaptive_instance_norm,
)


class PersonFeatures(nn.Module):
    """I_iden = sigma(F^y) * N + mu(F^y) (eq. 7), brought to the fusion network's width.

    The warped photo (`guidance`) tells where things are, so `IdentityAttention` of
    `IdentityInformation` has nothing left to find. Begins at zero: weights that were trained
    without identity are a start for training with it.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.project = nn.Conv2d(FEATURE_CHANNELS, channels, 1)
        nn.init.zeros_(self.project.weight)
        nn.init.zeros_(self.project.bias)  # type: ignore[arg-type]

    def forward(self, fused: Tensor, identity: Tensor, mean: Tensor, std: Tensor) -> Tensor:
        """N x C x h x w features, N x 256 x h x w normalised ones (0 for nobody), two N x 256."""
        features = adaptive_instance_norm(identity, mean, std) * FEATURE_SCALE
        present = (identity.abs().amax(dim=(1, 2, 3), keepdim=True) > 0).to(fused.dtype)
        out: Tensor = fused + present * self.project(features)
        return out
