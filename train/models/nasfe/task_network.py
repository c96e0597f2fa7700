"""One task encoder with the simplest decoder: how encoders are trained first (section 4)."""

from __future__ import annotations

from enum import StrEnum

from torch import Tensor, nn

from train.models.nasfe.decoder import PATCH_CHANNELS
from train.models.nasfe.encoders import (
    deblur_encoder,
    denoise_encoder,
    low_light_encoder,
)
from train.models.nasfe.exposure import PATCH, exposed_patches, exposure_gain
from train.models.nasfe.network import NasfeSize


class Task(StrEnum):
    """The three tasks, by the names of their encoders in `Nasfe`."""

    DEBLUR = "deblur"
    DENOISE = "denoise"
    LOW_LIGHT = "low_light"


_MAKERS = {
    Task.DEBLUR: deblur_encoder,
    Task.DENOISE: denoise_encoder,
    Task.LOW_LIGHT: low_light_encoder,
}


class TaskNetwork(nn.Module):
    """x_hat = y + decoded(E(y)) for one encoder E; takes and ignores `Nasfe`'s other inputs.

    The encoder has the name that it has in `Nasfe`, so that its weights are
    taken over by name.
    """

    def __init__(self, size: NasfeSize, task: Task) -> None:
        super().__init__()
        self.task = task
        self.add_module(task.value, _MAKERS[task](size.encoder_channels, size.encoder_blocks))
        self.leave = nn.Sequential(
            nn.Conv2d(size.encoder_channels, PATCH_CHANNELS, 3, padding=1), nn.PixelShuffle(PATCH)
        )

    def forward(self, face: Tensor, *_others: Tensor) -> Tensor:
        """N x 3 x S x S, RGB, 0..1, to the same."""
        patches = exposed_patches(face, face * exposure_gain(face))
        encoded = self.get_submodule(self.task.value)(patches)
        correction: Tensor = self.leave(encoded)
        return face + correction
