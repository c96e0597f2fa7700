"""Makes a restored crop sharper, and leaves its skin as smooth as it is."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.core.frame import Image

# A network that minimises the mean error draws edges as soft as it is unsure where they are. This
# much of what is finer than the blur is added.
AMOUNT = 1.2
# Of the blur, as a part of the crop's side: 1.5 pixels of 256.
DEVIATION = 1.5 / 256
# Grey levels: half of the amount is added to detail as strong as the first, hardly anything to
# the grain of skin, which is weaker, and no more than the second, so that edges get no halo.
GRAIN, LARGEST_CHANGE = 4.0, 24.0


def unsharp_mask(picture: Image) -> Image:
    """Add to the picture what it has beyond its blurred self, luminance only.

    Unsharp masking (Gonzalez and Woods, "Digital Image Processing", 4th edition, 2018, section
    3.6), with detail cored, as television sets do it.

    Args:
        picture: S x S x 3 uint8 BGR, from a network.

    Returns:
        S x S x 3 uint8 BGR.
    """
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.float32)
    blurred = cv2.GaussianBlur(grey, (0, 0), DEVIATION * grey.shape[0])
    detail = np.asarray(cv2.subtract(grey, blurred, dst=blurred), np.float32)
    squares = np.square(detail)
    detail *= squares
    squares += np.float32(GRAIN**2)
    detail /= squares
    detail *= np.float32(AMOUNT)
    np.clip(detail, -LARGEST_CHANGE, LARGEST_CHANGE, out=detail)
    return np.asarray(cv2.add(picture, cv2.merge([detail] * 3), dtype=cv2.CV_8U), np.uint8)
