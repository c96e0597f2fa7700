"""Landmarks of a face that nobody has."""

from __future__ import annotations

import numpy as np

from nasfe_cam.core.frame import FloatArray
from nasfe_cam.faces.facing import FACING_LANDMARKS, FRONTAL


def frontal_face(seed: int = 0) -> FloatArray:
    """478 points, 0..1, of a frontal face; another seed than 0 bends it a little."""
    rng = np.random.default_rng(0)
    angle, radius = rng.uniform(0, 2 * np.pi, 478), np.sqrt(rng.uniform(0, 1, 478))
    points = np.stack([0.5 + 0.26 * radius * np.cos(angle), 0.6 + 0.32 * radius * np.sin(angle)], 1)
    points[FACING_LANDMARKS] = FRONTAL
    if seed:
        x, y = (points - 0.5).T / 0.3
        bend = 0.012 * np.random.default_rng(seed).standard_normal((5, 2))
        points += np.stack([x, y, x * x, x * y, y * y], axis=1) @ bend
    return points.astype(np.float32)
