"""The soft mask that says where in the crop the restored picture is shown, but not over hands."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.compositing.response_fit import GRID, apply_curves, fit_curves, grid_means
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.alignment import Matrix, box_in_frame
from nasfe_cam.faces.tracker import FACE_OVAL

# The mask is made small: it is soft anyway.
MASK_SIZE = 64
# The outline of the mesh ends at the hair line; the larger takes hair and chin in.
OUTLINE, WITH_HAIR = 1.08, 1.22
# Grey levels by which a local mean may miss the curve of light before the restored picture is
# mistrusted. Faces in heavy noise miss it by up to 14, a smeared hand by 50 and more.
TRUSTED_ERROR, REFUSED_ERROR = 22.0, 48.0

# What is less changes no grey level.
_LEAST_SHARE = 0.5 / 255

_SOFTNESS = cv2.getGaussianKernel(21, MASK_SIZE / 20)


def _fade_to_border() -> FloatArray:
    # The blur spills to the border of the crop, where any step would show as a rectangle.
    edge = np.minimum(np.arange(MASK_SIZE), np.arange(MASK_SIZE)[::-1])
    ramp = np.clip(edge / 4, 0, 1).astype(np.float32)
    return np.asarray(np.minimum.outer(ramp, ramp) / np.float32(255), np.float32)


_FADE_TO_BORDER = _fade_to_border()


def face_mask(
    landmarks: FloatArray, transform: Matrix, size: int, growth: float = WITH_HAIR
) -> FloatArray:
    """A soft mask around the outline of the face.

    Args:
        landmarks: 478 x 2 float32, frame pixels.
        transform: from frame to crop pixels.
        size: side S of the crop.
        growth: of the outline, from its centre.

    Returns:
        64 x 64 float32 over the crop, 0..1; 0 along its border.
    """
    outline = landmarks[FACE_OVAL] @ transform[:, :2].T + transform[:, 2]
    outline = (outline + 0.5) * (MASK_SIZE / size) - 0.5
    centre = outline.mean(0)
    grown = centre + (outline - centre) * growth
    mask = np.zeros((MASK_SIZE, MASK_SIZE), np.uint8)
    cv2.fillPoly(mask, [np.round(grown * 16).astype(np.int32)], 255, cv2.LINE_AA, shift=4)
    cv2.rectangle(mask, (0, 0), (MASK_SIZE - 1, MASK_SIZE - 1), 0, 4)
    # The kernel is given because GaussianBlur of 8 bits is exact to the bit, at six times the time.
    soft = cv2.sepFilter2D(mask, cv2.CV_32F, _SOFTNESS, _SOFTNESS)
    return np.asarray(soft * _FADE_TO_BORDER, np.float32)


def covered_box(
    mask: FloatArray, transform: Matrix, size: int, width: int, height: int
) -> tuple[int, int, int, int]:
    """The box in the frame outside of which nothing of the crop shows.

    Args:
        mask: M x M float32 over the crop, 0..1.
        transform: from frame to crop pixels.
        size: side S of the crop.
        width, height: of the frame.

    Returns:
        Left, top, right, bottom in frame pixels, the last two the first beyond it; all equal
        where nothing shows.
    """
    left, top, columns, rows = cv2.boundingRect((mask >= _LEAST_SHARE).view(np.uint8))
    if not columns:
        return 0, 0, 0, 0
    # Enlarged, a cell of the mask reaches to the middle of the next.
    cell = size / len(mask)
    edges = ((edge + 0.5) * cell - 0.5 for edge in (left - 1, top - 1, left + columns, top + rows))
    x, y, right, bottom = (min(max(edge, 0.0), size - 1.0) for edge in edges)
    return box_in_frame(transform, (x, y, right, bottom), width, height)


def agreement(before: FloatArray, after: Image) -> FloatArray:
    """Where the restored picture is the same scene as the camera's, only clearer.

    A network trained on faces may smear a hand or a microphone in front of the
    face. Local means do not change when noise and blur go, and light changes
    along one curve for all of the crop: where the means do not follow it, the
    camera's picture is kept.

    Args:
        before: S x S x 3 float32 BGR, 0..255, the steadied crop.
        after: S x S x 3 uint8 BGR, the restored one.

    Returns:
        64 x 64 float32, 1 where they agree, 0 where not.
    """
    seen, got = grid_means(before), grid_means(after)
    error = np.abs(apply_curves(fit_curves(seen, got), seen) - got).max(axis=1)
    trust = np.clip((REFUSED_ERROR - error) / (REFUSED_ERROR - TRUSTED_ERROR), 0, 1)
    full = cv2.resize(
        trust.reshape(GRID, GRID), (MASK_SIZE, MASK_SIZE), interpolation=cv2.INTER_LINEAR
    )
    return np.asarray(full, np.float32)
