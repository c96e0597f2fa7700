"""The degradations that the three papers train and measure with.

Sizes in pixels are those of the paper's pictures; for a picture of another side they grow and
shrink with it. All functions take and give H x W x 3 float32, RGB, 0..1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray
from nasfe_cam.degradation.kernels import motion_kernel

Degrade = Callable[[np.random.Generator, FloatArray], FloatArray]

# HiFaceGAN and MMRB work at 512 pixels, GFRNet at 256.
_HIFACEGAN_SIDE, _MMRB_SIDE, _GFRNET_SIDE = 512, 512, 256
_SMALLEST_KERNEL = 3


def jpeg(picture: FloatArray, quality: int) -> FloatArray:
    """What is left of a picture after JPEG of a quality from 1 to 100."""
    levels = np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8)
    # The order of the colours decides which of them JPEG keeps coarsely.
    written, data = cv2.imencode(".jpg", levels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert written
    read = cv2.imdecode(data, cv2.IMREAD_COLOR_RGB)
    return np.asarray(read, np.float32) / np.float32(255)


def down_and_up(picture: FloatArray, factor: float, up: int = cv2.INTER_CUBIC) -> FloatArray:
    """Bicubic downsampling, as `down`, and back to the picture's size."""
    return _resized(down(picture, factor), picture.shape[1], picture.shape[0], up)


def down(picture: FloatArray, factor: float) -> FloatArray:
    """The picture, smaller by a factor, by bicubic interpolation; by a factor below 1, larger.

    OpenCV's bicubic looks at four pixels whatever the factor: a blur before it keeps out what
    the small picture cannot hold, as the bicubic of the papers does.
    """
    height, width = picture.shape[:2]
    if factor > 1:
        picture = _blurred(picture, 0.35 * factor)
    size = max(1, round(width / factor)), max(1, round(height / factor))
    return _resized(picture, *size, cv2.INTER_CUBIC)


def super_resolution(
    rng: np.random.Generator, picture: FloatArray, factor: float = 4.0
) -> FloatArray:
    """Sub-task of HiFaceGAN: 4x bicubic."""
    return _clipped(down_and_up(picture, factor))


def hallucination(rng: np.random.Generator, picture: FloatArray) -> FloatArray:
    """Sub-task of HiFaceGAN: mosaic of 16 x 16 pixels."""
    height, width = picture.shape[:2]
    small = _resized(picture, max(1, width // 16), max(1, height // 16), cv2.INTER_AREA)
    return _clipped(_resized(small, width, height, cv2.INTER_NEAREST))


def noising(rng: np.random.Generator, picture: FloatArray) -> FloatArray:
    """Sub-task of HiFaceGAN: Gaussian, Poisson or Laplacian noise, each in a third.

    The intensities are those of the authors' program, in levels of 256.
    """
    kind = int(rng.integers(3))
    if kind == 0:
        noise = rng.uniform(20, 40) * rng.standard_normal(picture.shape)
    elif kind == 1:
        noise = rng.poisson(rng.uniform(15, 30), picture.shape).astype(np.float64)
    else:
        noise = rng.laplace(0, rng.uniform(20, 40), picture.shape)
    return _clipped(picture + np.asarray(noise / 255, np.float32))


def blurring(rng: np.random.Generator, picture: FloatArray) -> FloatArray:
    """Sub-task of HiFaceGAN: motion blur in one half, Gaussian blur in the other."""
    part = picture.shape[0] / _HIFACEGAN_SIDE
    if rng.random() < 0.5:
        return _clipped(_moved(rng, picture, part * rng.uniform(10, 20)))
    return _clipped(_blurred(picture, part * rng.uniform(3, 8)))


def compressing(rng: np.random.Generator, picture: FloatArray) -> FloatArray:
    """Sub-task of HiFaceGAN: JPEG; the authors' compression of 50 to 85 is quality 15 to 50."""
    return jpeg(picture, int(rng.integers(15, 51)))


def _downsampling(rng: np.random.Generator, picture: FloatArray) -> FloatArray:
    return super_resolution(rng, picture, rng.uniform(4, 8))


_RENOVATED: tuple[Degrade, ...] = (_downsampling, noising, blurring, compressing)


def renovation(rng: np.random.Generator, picture: FloatArray) -> FloatArray:
    """Full face renovation: four degradations in random order, of random intensity."""
    for index in rng.permutation(len(_RENOVATED)):
        picture = _RENOVATED[int(index)](rng, picture)
    return picture


def general(
    rng: np.random.Generator, picture: FloatArray, factor: float | None = None
) -> FloatArray:
    """Eq. 4 of GFRNet: Gaussian blur, bicubic downsampling, noise, JPEG; then bicubic back.

    Args:
        rng: draws blur from {0, 1 to 3}, scale from 1 to 8, noise from 0 to 7, and
            quality from {lossless, 10 to 40}.
        picture: the truth.
        factor: the scale, where it is given, as in Table 1.
    """
    part = picture.shape[0] / _GFRNET_SIDE
    height, width = picture.shape[:2]
    blur = float(rng.choice([0.0, *np.arange(1.0, 3.05, 0.1)]))
    drawn = float(rng.choice(np.arange(1.0, 8.05, 0.1)))
    seen = down(_blurred(picture, part * blur), drawn if factor is None else factor)
    noise = rng.integers(8) / 255 * rng.standard_normal(seen.shape)
    seen = _clipped(seen + noise.astype(np.float32))
    quality = int(rng.choice([0, *range(10, 41)]))
    if quality:
        seen = jpeg(seen, quality)
    return _clipped(_resized(seen, width, height, cv2.INTER_CUBIC))


def serious(rng: np.random.Generator, picture: FloatArray) -> FloatArray:
    """Eq. 17 of the paper of MMRB: blur of 41 pixels, scale 0.4 to 8, noise 0 to 25, JPEG 5 to 50.

    The paper names the size of its kernels, not how wide its Gaussians are: up to a
    quarter of the size.
    """
    part = picture.shape[0] / _MMRB_SIDE
    height, width = picture.shape[:2]
    if rng.random() < 0.5:
        seen = _moved(rng, picture, part * 41)
    else:
        seen = _blurred(picture, part * rng.uniform(0.5, 41 / 4))
    seen = down(seen, rng.uniform(0.4, 8))
    noise = rng.uniform(0, 25) / 255 * rng.standard_normal(seen.shape)
    seen = jpeg(seen + noise.astype(np.float32), int(rng.integers(5, 51)))
    return _clipped(_resized(seen, width, height, cv2.INTER_CUBIC))


DEGRADATIONS: Mapping[str, Degrade] = {
    "FR-4x": super_resolution,
    "FR-16x": hallucination,
    "FR-noise": noising,
    "FR-blur": blurring,
    "FR-JPEG": compressing,
    "FR-full": renovation,
    "GFR": general,
    "GFR-4x": lambda rng, picture: general(rng, picture, 4.0),
    "GFR-8x": lambda rng, picture: general(rng, picture, 8.0),
    "MMRB": serious,
}
"""By the name of the test set; FR is face renovation, the task of HiFaceGAN."""


def _resized(picture: FloatArray, width: int, height: int, how: int) -> FloatArray:
    return np.asarray(cv2.resize(picture, (width, height), interpolation=how), np.float32)


def _blurred(picture: FloatArray, deviation: float) -> FloatArray:
    if deviation <= 0:
        return picture
    blurred = cv2.GaussianBlur(picture, (0, 0), deviation, borderType=cv2.BORDER_REFLECT_101)
    return np.asarray(blurred, np.float32)


def _moved(rng: np.random.Generator, picture: FloatArray, length: float) -> FloatArray:
    size = max(_SMALLEST_KERNEL, 2 * int(length // 2) + 1)
    kernel = motion_kernel(rng, size)
    blurred = cv2.filter2D(picture, -1, kernel, borderType=cv2.BORDER_REFLECT_101)
    return np.asarray(blurred, np.float32)


def _clipped(picture: FloatArray) -> FloatArray:
    return np.asarray(np.clip(picture, 0, 1), np.float32)
