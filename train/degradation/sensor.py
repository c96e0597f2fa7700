"""The degradation model of `nasfe_cam.degradation` for batches of tensors, on CPU or GPU."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import torch
import torch.nn.functional as F
from torch import Tensor

from nasfe_cam.degradation.camera import GREEN_WEIGHTS, RED_BLUE_WEIGHTS
from nasfe_cam.degradation.kernels import LARGEST_MOTION_KERNEL
from nasfe_cam.degradation.parameters import Degradation
from nasfe_cam.degradation.webcam import WebcamArtefacts
from train.degradation.webcam import add_webcam_artefacts


@dataclass(frozen=True, slots=True)
class DegradationBatch:
    """Parameters of N pictures as tensors.

    Attributes:
        kernels: N x 27 x 27; no blur is a single 1 in the middle.
        light, signal_noise, constant_noise, gamma: N x 1 x 1 x 1.
        through_sensor: N x 1 x 1 x 1, 1 where mosaic and noise apply.
        labels: N x 3, the class vectors c = {b, n, l}.
    """

    kernels: Tensor
    light: Tensor
    signal_noise: Tensor
    constant_noise: Tensor
    gamma: Tensor
    through_sensor: Tensor
    labels: Tensor

    @staticmethod
    def of(
        degradations: Sequence[Degradation], device: torch.device | str = "cpu"
    ) -> DegradationBatch:
        """Stack single degradations; smaller kernels are padded with zeros."""
        side = LARGEST_MOTION_KERNEL
        kernels = torch.zeros(len(degradations), side, side)
        for row, degradation in enumerate(degradations):
            if degradation.kernel is None:
                kernels[row, side // 2, side // 2] = 1
                continue
            size = degradation.kernel.shape[0]
            start = (side - size) // 2
            kernels[row, start : start + size, start : start + size] = torch.from_numpy(
                degradation.kernel
            )

        def column(values: list[float]) -> Tensor:
            return torch.tensor(values, dtype=torch.float32, device=device)[:, None, None, None]

        return DegradationBatch(
            kernels=kernels.to(device),
            light=column([d.light for d in degradations]),
            signal_noise=column([d.signal_noise for d in degradations]),
            constant_noise=column([d.constant_noise for d in degradations]),
            gamma=column([d.gamma for d in degradations]),
            through_sensor=column([float(d.has_noise or d.light < 1) for d in degradations]),
            labels=torch.tensor([d.label for d in degradations], device=device),
        )


def degrade(images: Tensor, batch: DegradationBatch, noise: Tensor) -> Tensor:
    """Apply eq. 1 to a batch.

    Args:
        images: N x 3 x H x W float32, RGB, 0..1; H and W even.
        batch: one set of parameters per picture.
        noise: N x 1 x H x W float32, standard normal.

    Returns:
        N x 3 x H x W float32, RGB, 0..1.
    """
    blurred = _blur(images, batch.kernels)
    irradiance = blurred.clamp(0, 1) ** batch.gamma * batch.light
    raw = _mosaic(irradiance)
    variance = raw * batch.signal_noise**2 + batch.constant_noise**2
    raw = raw + noise * variance.sqrt()
    seen = _demosaic(raw).clamp(0, 1) ** (1 / batch.gamma)
    return torch.where(batch.through_sensor > 0, seen, blurred)


def degrade_as_captured(
    images: Tensor,
    batch: DegradationBatch,
    noise: Tensor,
    artefacts: Sequence[WebcamArtefacts] | None = None,
) -> Tensor:
    """Apply eq. 1 at the size at which the camera captures, and scale to the crop.

    The live crop has one size, the face in the camera's picture any: its blur and
    noise are enlarged or reduced with it. The size is that of the noise.

    Args:
        images: N x 3 x H x W float32, RGB, 0..1; H and W even.
        batch: one set of parameters per picture, in pixels of the camera.
        noise: N x 1 x h x w float32, standard normal; h and w even.
        artefacts: N that the camera adds after its sensor, at its own size; None,
            the default, is eq. 1 alone.

    Returns:
        N x 3 x H x W float32, RGB, 0..1.
    """
    same_size = noise.shape[-2:] == images.shape[-2:]
    captured = images if same_size else _scaled(images, noise.shape[-2:])
    seen = degrade(captured, batch, noise)
    if artefacts is not None:
        seen = add_webcam_artefacts(seen, artefacts)
    return seen if same_size else _scaled(seen, images.shape[-2:]).clamp(0, 1)


def _scaled(images: Tensor, size: torch.Size) -> Tensor:
    return F.interpolate(images, size=list(size), mode="bilinear", antialias=True)


def _blur(images: Tensor, kernels: Tensor) -> Tensor:
    """Correlate every picture with its kernel, in the Fourier domain, with mirrored borders."""
    margin = kernels.shape[-1] // 2
    padded = F.pad(images, (margin, margin, margin, margin), mode="reflect")
    # Zeros up to a length that Fourier transforms are fast at: 282 is 2 * 3 * 47, and 288 is not.
    size = [-(-length // 32) * 32 for length in padded.shape[-2:]]
    spectrum = torch.fft.rfft2(padded, s=size) * torch.fft.rfft2(kernels[:, None], s=size).conj()
    blurred: Tensor = torch.fft.irfft2(spectrum, s=size)
    return blurred[..., : images.shape[-2], : images.shape[-1]]


def _bayer_masks(height: int, width: int, device: torch.device) -> Tensor:
    masks = torch.zeros(1, 3, height, width, device=device)
    masks[:, 0, 0::2, 0::2] = 1
    masks[:, 1, 0::2, 1::2] = 1
    masks[:, 1, 1::2, 0::2] = 1
    masks[:, 2, 1::2, 1::2] = 1
    return masks


def _mosaic(images: Tensor) -> Tensor:
    masks = _bayer_masks(images.shape[-2], images.shape[-1], images.device)
    return (images * masks).sum(1, keepdim=True)


def _demosaic(raw: Tensor) -> Tensor:
    # Each 2 x 2 block of the picture depends on 4 x 4 sensor pixels, always in the same way.
    blocks = F.conv2d(F.pad(raw, (1, 1, 1, 1), mode="reflect"), _block_weights().to(raw), stride=2)
    return F.pixel_shuffle(blocks, 2)


@lru_cache(maxsize=1)
def _block_weights() -> Tensor:
    """12 x 1 x 4 x 4: for R, G and B, the four pixels of a block from the sensor around it."""
    colours = torch.stack(
        [torch.from_numpy(w) for w in (RED_BLUE_WEIGHTS, GREEN_WEIGHTS, RED_BLUE_WEIGHTS)]
    )
    weights = torch.zeros(3, 2, 2, 4, 4)
    for down, right in product((0, 1), repeat=2):
        weights[:, down, right, down : down + 3, right : right + 3] = colours
    # The window starts one pixel before the block, at a blue one.
    sensor = _bayer_masks(4, 4, torch.device("cpu")).roll((1, 1), (-2, -1))[0]
    return (weights * sensor[:, None, None]).reshape(12, 1, 4, 4)
