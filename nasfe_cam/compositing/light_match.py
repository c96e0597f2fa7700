"""Gives a restored crop the light and the hue that its surroundings have."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.compositing.response_fit import apply_curves, fit_curves, grid_means, halved
from nasfe_cam.compositing.tone_curve import look_up
from nasfe_cam.core.frame import Image

# Light is what remains over so many cells; finer is the network's.
CELLS, SMOOTHNESS = 64, 2.0


def match_light(restored: Image, lit: Image) -> Image:
    """Bring the restored crop to the light of the camera's own, lifted like all of the frame.

    A network believes that skin has the colour of the skin it was trained on, and that a face is
    as bright as those were: beside a wall, a neck and hands that it does not paint, that shows as
    a mask and as a pale rim. As in the pyramids of Burt and Adelson ("A Multiresolution Spline",
    1983), what is coarse comes from one picture and what is fine from the other: first along the
    one curve per channel that takes one light to the other, so that contrast goes with it, then
    by the difference that is left of local means.

    Args:
        restored: S x S x 3 uint8 BGR, from the network.
        lit: S x S x 3 uint8 BGR, the steadied crop through the tone curve of the frame.

    Returns:
        S x S x 3 uint8 BGR.
    """
    asked = _cells(lit)
    seen, wanted = grid_means(restored), grid_means(asked)
    levels = np.arange(256, dtype=np.float32)[:, None].repeat(3, axis=1)
    # Beyond the means that a cubic was fitted to it may run anywhere.
    inside = np.clip(levels, seen.min(0), seen.max(0))
    curves = fit_curves(seen, wanted)
    table = np.clip(apply_curves(curves, inside) + (levels - inside), 0, 255)
    rising = np.maximum.accumulate(table, axis=0)
    matched = look_up(restored, np.round(rising).astype(np.uint8)[:, None, :])
    missing = cv2.subtract(asked, _cells(matched), dtype=cv2.CV_32F)
    left = cv2.GaussianBlur(missing, (0, 0), SMOOTHNESS)
    full = cv2.resize(left, restored.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.add(matched, full, dtype=cv2.CV_8U), np.uint8)


def _cells(picture: Image) -> Image:
    """Local means over `CELLS` x `CELLS`: uint8 BGR, rounded up alike in all pictures."""
    cells = (CELLS, CELLS)
    coarse = halved(picture, CELLS)
    return np.asarray(cv2.resize(coarse, cells, interpolation=cv2.INTER_AREA), np.uint8)
