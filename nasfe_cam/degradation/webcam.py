"""Artefacts of webcams besides eq. 1: small captures, sharpening, banding, compression.

Eq. 1 of Yasarla, Vaezi Joze and Patel 2021 ends at the sensor; these steps come
after it and are not part of that paper's test sets. They run in the order of a real camera:
the sensor's picture is scaled to the size of the stream, its processor sharpens it
and rounds it to few levels, MJPG and then the video call compress it, and the
viewer scales it up. `train/degradation/webcam.py` is the batched twin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.degradation.codecs import through_h264, through_jpeg

LUMA = np.array([0.299, 0.587, 0.114], np.float32)
"""Weights of R, G and B in luma (BT.601), which cameras sharpen."""

BLUR_SIDE = 13
"""Side of the Gaussian kernel of the unsharp mask: three deviations of the widest one."""

ALL_LEVELS = 256
SMALLEST_CAPTURE = 16


@dataclass(frozen=True, slots=True)
class WebcamArtefacts:
    """What one camera does to its pictures; the default does nothing.

    Attributes:
        scale: side of the captured picture as a part of the shown one, (0, 1].
        sharpening: amount of the unsharp mask; 0 for none, above 1 shows halos.
        sharpening_radius: its deviation in captured pixels, at most 2.
        levels: of each colour channel, 2..256; 256 leaves the picture unrounded.
        jpeg_quality: 1..100 of libjpeg, or None for no JPEG.
        h264_quantiser: constant rate factor of x264, 0..51, or None for no H.264.
    """

    scale: float = 1.0
    sharpening: float = 0.0
    sharpening_radius: float = 1.0
    levels: int = ALL_LEVELS
    jpeg_quality: int | None = None
    h264_quantiser: int | None = None


NO_ARTEFACTS = WebcamArtefacts()


@dataclass(frozen=True, slots=True)
class WebcamRanges:
    """From where training draws artefacts: ranges, and how often each one is present.

    No measurements of webcams are at hand; the ranges go from what is just visible
    to what still leaves a face to restore (JPEG 30 and a quantiser of 38 give
    about 33 and 31 dB on the bundled clip at 256 x 256).
    """

    scale: tuple[float, float] = (0.4, 1.0)
    scale_share: float = 0.5
    sharpening: tuple[float, float] = (0.3, 2.0)
    sharpening_radius: tuple[float, float] = (0.6, 2.0)
    sharpening_share: float = 0.4
    levels: tuple[int, int] = (20, 96)
    levels_share: float = 0.25
    jpeg_quality: tuple[int, int] = (30, 95)
    jpeg_share: float = 0.5
    h264_quantiser: tuple[int, int] = (22, 38)
    h264_share: float = 0.35

    def sample(self, rng: np.random.Generator) -> WebcamArtefacts:
        """Draw the artefacts of one picture; each is present or not by itself."""
        # Always as many numbers: a changed share leaves what follows in the stream as it was.
        present = rng.random(5) < (
            self.scale_share,
            self.sharpening_share,
            self.levels_share,
            self.jpeg_share,
            self.h264_share,
        )
        scaled, sharpened, banded, jpeg, h264 = present.tolist()
        scale, sharpening, radius, levels, quality, quantiser = rng.random(6).tolist()
        return WebcamArtefacts(
            scale=_at(self.scale, scale) if scaled else 1.0,
            sharpening=_at(self.sharpening, sharpening) if sharpened else 0.0,
            sharpening_radius=_at(self.sharpening_radius, radius) if sharpened else 1.0,
            levels=round(_at(self.levels, levels)) if banded else ALL_LEVELS,
            jpeg_quality=round(_at(self.jpeg_quality, quality)) if jpeg else None,
            h264_quantiser=round(_at(self.h264_quantiser, quantiser)) if h264 else None,
        )


def _at(bounds: tuple[float, float], part: float) -> float:
    return float(bounds[0] + part * (bounds[1] - bounds[0]))


def add_webcam_artefacts(image: FloatArray, artefacts: WebcamArtefacts) -> FloatArray:
    """Apply the artefacts of a camera to one picture; of a video it is a key frame.

    Args:
        image: H x W x 3 float32, RGB, 0..1, as eq. 1 leaves it (`degrade`).
        artefacts: see there; the default gives back the very same picture.

    Returns:
        H x W x 3 float32, RGB, 0..1.
    """
    return add_webcam_artefacts_to_clip([image], artefacts)[0]


def add_webcam_artefacts_to_clip(
    images: Sequence[FloatArray], artefacts: WebcamArtefacts
) -> list[FloatArray]:
    """The same for the frames of a short clip, which H.264 predicts from each other.

    Args:
        images: of one size, see `add_webcam_artefacts`.
        artefacts: of the camera.
    """
    if artefacts == NO_ARTEFACTS:
        return list(images)
    height, width = images[0].shape[:2]
    captured = captured_size(height, width, artefacts.scale)
    processed = [_processed(_resized(i, captured, cv2.INTER_AREA), artefacts) for i in images]
    compressed = compress(processed, artefacts)
    return [_resized(image, (height, width), cv2.INTER_LINEAR) for image in compressed]


def captured_size(height: int, width: int, scale: float) -> tuple[int, int]:
    """Height and width at which a picture is captured; even, as streams are, unless scale is 1."""
    if scale >= 1:
        return height, width
    return (
        min(height, max(SMALLEST_CAPTURE, 2 * round(height * scale / 2))),
        min(width, max(SMALLEST_CAPTURE, 2 * round(width * scale / 2))),
    )


def compress(images: Sequence[FloatArray], artefacts: WebcamArtefacts) -> list[FloatArray]:
    """JPEG and H.264 of a clip, H x W x 3 float32, RGB, 0..1; both round to 8 bits."""
    if artefacts.jpeg_quality is None and artefacts.h264_quantiser is None:
        return list(images)
    frames = [_eight_bits_bgr(image) for image in images]
    if artefacts.jpeg_quality is not None:
        frames = [through_jpeg(frame, artefacts.jpeg_quality) for frame in frames]
    if artefacts.h264_quantiser is not None:
        frames = through_h264(frames, artefacts.h264_quantiser)
    return [np.asarray(frame[..., ::-1], np.float32) / np.float32(255) for frame in frames]


def _processed(image: FloatArray, artefacts: WebcamArtefacts) -> FloatArray:
    if artefacts.sharpening > 0:
        luma = image @ LUMA
        blurred = cv2.GaussianBlur(
            luma,
            (BLUR_SIDE, BLUR_SIDE),
            artefacts.sharpening_radius,
            borderType=cv2.BORDER_REFLECT_101,
        )
        detail = np.float32(artefacts.sharpening) * (luma - blurred)
        image = np.clip(image + detail[..., None], 0, 1)
    if artefacts.levels < ALL_LEVELS:
        steps = np.float32(artefacts.levels - 1)
        rounded = np.round(np.clip(image, 0, 1) * steps) / steps
        image = np.asarray(rounded, np.float32)
    return image


def _resized(image: FloatArray, size: tuple[int, int], interpolation: int) -> FloatArray:
    if image.shape[:2] == size:
        return image
    return np.asarray(cv2.resize(image, size[::-1], interpolation=interpolation), np.float32)


def _eight_bits_bgr(image: FloatArray) -> Image:
    rounded = np.round(np.clip(image, 0, 1) * np.float32(255)).astype(np.uint8)
    return np.ascontiguousarray(rounded[..., ::-1])
