"""How sharp a crop is."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.core.frame import Image

_SIDE = 96


def sharpness(crop: Image) -> float:
    """How sharp an S x S x 3 uint8 BGR crop is; the measure of the training data's index.

    Returns:
        Variance of the Laplacian over the middle half of the crop at 96 x 96.
    """
    side = (_SIDE, _SIDE)
    grey = cv2.cvtColor(cv2.resize(crop, side, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    quarter = _SIDE // 4
    middle = grey[quarter:-quarter, quarter:-quarter]
    return float(np.var(cv2.Laplacian(middle, cv2.CV_64F)))
