"""The 68 landmarks of the papers among the 478 of the face mesh, and what they tell."""

from __future__ import annotations

import numpy as np

from nasfe_cam.core.frame import FloatArray

JAW = (127, 234, 132, 58, 172, 150, 176, 148, 152, 377, 400, 379, 365, 288, 361, 454, 356)
BROWS = (70, 63, 105, 66, 107, 336, 296, 334, 293, 300)
NOSE = (168, 6, 195, 4, 98, 97, 2, 326, 327)
# Corner, two above, corner, two below; the person's right eye first.
EYES = ((33, 160, 158, 133, 153, 144), (362, 385, 387, 263, 373, 380))
MOUTH = (61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181, 78, 82, 13, 312, 308, 317, 14, 87)

OF_MESH = np.array([*JAW, *BROWS, *NOSE, *EYES[0], *EYES[1], *MOUTH])
"""Where they are in the mesh, in the usual order of the 68."""

RIGHT_EYE, LEFT_EYE, LIPS = slice(36, 42), slice(42, 48), slice(48, 68)
"""Where they are among the 68."""

# Mirrored left to right, landmark i becomes what landmark MIRRORED[i] was.
MIRRORED = np.array(
    [
        *range(16, -1, -1),
        *range(26, 16, -1),
        *range(27, 31),
        *range(35, 30, -1),
        *(45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40),
        *(54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55),
        *(64, 63, 62, 61, 60, 67, 66, 65),
    ]
)


def sixty_eight(mesh: FloatArray) -> FloatArray:
    """478 x 2 of the mesh -> 68 x 2."""
    return np.asarray(mesh[OF_MESH], np.float32)


def openness(mesh: FloatArray) -> float:
    """How far the eyes are open: mean height by width; about 0.3 open, 0.1 closed."""
    ratios = []
    for eye in EYES:
        outer, above1, above2, inner, below2, below1 = mesh[list(eye)]
        height = np.linalg.norm(above1 - below1) + np.linalg.norm(above2 - below2)
        ratios.append(height / (2 * max(1e-6, float(np.linalg.norm(outer - inner)))))
    return float(np.mean(ratios))


def turning(mesh: FloatArray) -> float:
    """How far a face is turned to a side: 0 frontal, 1 in profile."""
    nose = mesh[4, 0]
    right, left = abs(nose - mesh[234, 0]), abs(mesh[454, 0] - nose)
    return float(abs(right - left) / max(1e-6, right + left))


def guide_score(mesh: FloatArray) -> float:
    """How well a photo guides: frontal with eyes open (GFRNet, section 3). Larger is better."""
    if not np.isfinite(mesh).all():
        return -np.inf
    # An eye that is open beyond 0.3 says no more.
    return min(openness(mesh), 0.3) / 0.3 - turning(mesh)
