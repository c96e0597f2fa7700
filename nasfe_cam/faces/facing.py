"""Which parts of a face look at the camera, told from its landmarks alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nasfe_cam.core.frame import FloatArray

# fmt: off
FACING_LANDMARKS = np.array([
    10, 297, 284, 389, 454, 361, 397, 379, 400, 152, 176, 150, 172, 132, 234, 162, 54, 67, 168, 6,
    197, 195, 4, 2, 98, 327, 129, 358, 50, 280, 101, 330, 205, 425, 36, 266, 118, 347, 187, 411,
    9, 151, 69, 299, 107, 336, 105, 334, 199,
])
"""Points of outline, nose, cheeks, forehead and chin; lids and lips move without being hidden."""

FRONTAL = np.array([
    [0.5, 0.283], [0.632, 0.295], [0.725, 0.351], [0.762, 0.44], [0.764, 0.554], [0.753, 0.672],
    [0.713, 0.789], [0.648, 0.859], [0.586, 0.903], [0.5, 0.924], [0.414, 0.903], [0.352, 0.859],
    [0.287, 0.789], [0.247, 0.672], [0.236, 0.554], [0.238, 0.44], [0.275, 0.351], [0.368, 0.295],
    [0.5, 0.473], [0.5, 0.503], [0.5, 0.531], [0.5, 0.555], [0.5, 0.613], [0.5, 0.66],
    [0.433, 0.649], [0.567, 0.649], [0.419, 0.623], [0.581, 0.623], [0.309, 0.606],
    [0.691, 0.606], [0.366, 0.579], [0.634, 0.579], [0.341, 0.64], [0.659, 0.64], [0.381, 0.611],
    [0.619, 0.611], [0.329, 0.554], [0.671, 0.554], [0.29, 0.661], [0.71, 0.661], [0.5, 0.409],
    [0.5, 0.344], [0.381, 0.344], [0.619, 0.344], [0.444, 0.405], [0.556, 0.405], [0.342, 0.395],
    [0.658, 0.395], [0.5, 0.881],
])
"""Where they lie in the crop of a face that looks into the camera: means over generated faces."""

_TRIANGLES = np.array([
    [46, 15, 16], [13, 38, 12], [10, 48, 9], [48, 10, 11], [25, 48, 23], [48, 25, 7], [25, 33, 6],
    [7, 25, 6], [17, 42, 16], [42, 46, 16], [42, 17, 0], [15, 36, 14], [46, 36, 15], [3, 47, 2],
    [41, 42, 0], [33, 39, 6], [39, 5, 6], [48, 8, 9], [8, 48, 7], [22, 25, 23], [36, 28, 14],
    [28, 13, 14], [13, 28, 38], [30, 28, 36], [43, 47, 45], [41, 43, 45], [43, 1, 2], [47, 43, 2],
    [1, 43, 0], [43, 41, 0], [42, 44, 46], [41, 44, 42], [44, 36, 46], [44, 30, 36], [25, 35, 33],
    [35, 31, 33], [31, 19, 45], [44, 19, 30], [31, 29, 33], [29, 39, 33], [5, 29, 4], [39, 29, 5],
    [28, 32, 38], [30, 32, 28], [38, 32, 12], [40, 41, 45], [40, 44, 41], [29, 37, 4],
    [37, 29, 31], [37, 3, 4], [37, 47, 3], [47, 37, 45], [37, 31, 45], [26, 21, 22], [21, 26, 30],
    [18, 19, 44], [40, 18, 44], [19, 18, 45], [18, 40, 45], [35, 27, 31], [27, 21, 31],
    [27, 35, 25], [22, 27, 25], [21, 27, 22], [20, 19, 31], [21, 20, 31], [19, 20, 30],
    [20, 21, 30], [34, 32, 30], [26, 34, 30], [24, 11, 12], [32, 24, 12], [34, 24, 32],
    [24, 34, 26], [48, 24, 23], [24, 48, 11], [24, 22, 23], [24, 26, 22],
])
"""Delaunay's triangulation of those points, all with the same sense of rotation."""
# fmt: on


def _areas(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Twice the area of each triangle; below 0 where it is seen from behind."""
    first, second, third = (points[_TRIANGLES[:, corner]] for corner in range(3))
    one, other = second - first, third - first
    areas: NDArray[np.float64] = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
    return areas


# 49 x triangles: 1 where a point is a corner.
_AROUND = np.zeros((len(FACING_LANDMARKS), len(_TRIANGLES)), np.float32)
_AROUND[_TRIANGLES.T, np.arange(len(_TRIANGLES))] = 1
_FRONTAL_AREAS = (_AROUND @ _areas(FRONTAL)).astype(np.float32)


def facing(landmarks: FloatArray) -> FloatArray:
    """How much of the surface around each point is seen, against a frontal view.

    Args:
        landmarks: 478 x 2 float32, 0..1 from edge to edge of the aligned crop.

    Returns:
        49 float32 for `FACING_LANDMARKS`: about 1 as in a frontal view, 0 edge-on, below 0
        where the surface is folded behind what is in front of it.
    """
    areas = _areas(landmarks[FACING_LANDMARKS].astype(np.float64)).astype(np.float32)
    around: FloatArray = _AROUND @ areas
    return around / _FRONTAL_AREAS
