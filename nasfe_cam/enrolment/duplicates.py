"""Recognises copies of a photo: saved again, scaled, cropped or tinted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.enrolment.examine import ExaminedFace

SAME_PICTURE = 0.93
"""Correlation of the fine structure of two aligned faces from which they are one picture."""

_SIDE = 64
_COARSE = 4.0


def duplicates(faces: Mapping[Path, ExaminedFace]) -> dict[Path, Path]:
    """Photos that another, better one makes superfluous, each with that other."""
    kept: dict[Path, FloatArray] = {}
    found: dict[Path, Path] = {}
    for file in sorted(faces, key=lambda file: faces[file].quality.score, reverse=True):
        own = fingerprint(faces[file].crop)
        for other, theirs in kept.items():
            if float(own @ theirs) >= SAME_PICTURE:
                found[file] = other
                break
        else:
            kept[file] = own
    return found


def fingerprint(crop: Image) -> FloatArray:
    """The fine structure of the face in an S x S x 3 uint8 BGR crop: 4096 float32 of length 1."""
    size = crop.shape[0]
    face = crop[size * 3 // 16 : size * 7 // 8, size * 3 // 16 : size * 13 // 16]
    small = cv2.resize(
        cv2.cvtColor(face, cv2.COLOR_BGR2GRAY), (_SIDE, _SIDE), interpolation=cv2.INTER_AREA
    ).astype(np.float32)
    # Without what is coarse, light and tone do not count.
    fine = (small - cv2.GaussianBlur(small, (0, 0), _COARSE)).ravel()
    unit: FloatArray = fine / max(float(np.linalg.norm(fine)), 1e-6)
    return unit
