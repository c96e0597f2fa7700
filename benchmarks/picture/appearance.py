"""What a person notices in a picture: colour, the ring around a face, and sharpness.

Fidelity in decibels averages these away. All compare with the clean picture of the same
moment; colour and ring look at means over cells, which neither noise nor fine detail moves.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.tracker import FACE_OVAL

CELL = 8
"""Side, in pixels, of the cells whose means are compared."""

NEAR, FAR = 8, 24
"""The ring around the face ends so many pixels outside it, and what it is compared with."""

# Cells of the clean picture darker than this (luma, 0..255) have no colour that anybody sees; bars
# around a picture are among them.
DARKEST = 16.0
# Beyond this share of 255 a channel is cut off, and says nothing about colour.
_CUT_OFF = 0.98
_WEIGHTS = np.array([0.114, 0.587, 0.299], np.float32)
_POWER = 25.0**7


@dataclass(frozen=True, slots=True, eq=False)
class Regions:
    """Parts of a picture, each H x W bool.

    Attributes:
        face: inside the outline of the face.
        room: further from it than hair and shoulders reach.
        near, far: the ring of `NEAR` pixels around the face, and the one around that up to `FAR`.
    """

    face: Image
    room: Image
    near: Image
    far: Image


def regions(landmarks: FloatArray, height: int, width: int) -> Regions:
    """Where the face of a picture is, and what is around it.

    Args:
        landmarks: 478 x 2 float32, pixels.
    """
    outline = np.round(landmarks[FACE_OVAL]).astype(np.int32)
    face = np.zeros((height, width), np.uint8)
    cv2.fillPoly(face, [outline], 1)
    away = cv2.distanceTransform(1 - face, cv2.DIST_L2, 5)
    size = float(np.ptp(outline[:, 1]))
    room = away > 0.35 * size
    # Clothes are no wall: nothing below the chin.
    room[int(max(0, outline[:, 1].max())) :] = False
    near = (away > 0) & (away <= NEAR)
    far = (away > NEAR) & (away <= FAR)
    return Regions(face.astype(bool), room, near, far)


def colour_error(clean: Image, picture: Image, where: Image) -> float:
    """Mean CIEDE2000 of the cells of a region, each first brought to the clean one's luma.

    Args:
        clean, picture: H x W x 3 uint8 BGR.
        where: H x W bool; NaN where it holds no whole cell.
    """
    wanted, got, inside = (_cells(one) for one in (clean, picture, where.astype(np.float32)))
    light, lit = wanted @ _WEIGHTS, got @ _WEIGHTS
    seen = (inside > 0.99) & (light > DARKEST) & (wanted.max(-1) < 255 * _CUT_OFF)
    if not seen.any():
        return float("nan")
    matched = got[seen] * (light[seen] / np.maximum(lit[seen], 1))[:, None]
    return float(ciede2000(_lab(wanted[seen]), _lab(matched)).mean())


def light_error(clean: Image, picture: Image, where: Image) -> float:
    """How much lighter the picture is in a region, in L of CIELAB; negative for darker."""
    wanted, got = (
        _lab(_cells(one)[_cells(where.astype(np.float32)) > 0.99]) for one in (clean, picture)
    )
    return float((got[:, 0] - wanted[:, 0]).mean()) if len(wanted) else float("nan")


def ring(clean: Image, picture: Image, parts: Regions) -> float:
    """How much lighter, in percent, the rim of the face is than further out, beyond the clean one.

    Positive: a pale rim. The mean luma of the ring `near` is divided by that of `far`, and
    this by what the clean picture has.
    """
    return 100 * (_ring(picture, parts) / _ring(clean, parts) - 1)


def sharpness(clean: Image, picture: Image, face: Image) -> float:
    """How much of the fine detail of the clean face is there: 1 for all of it.

    The slope of the regression of one Laplacian on the other, after both were brought to the same
    mean luma. Noise and invented detail do not go with the clean one's, so that neither
    counts; energy alone would call noise sharp.

    Args:
        clean, picture: H x W x 3 uint8 BGR.
        face: H x W bool.
    """
    inner = cv2.erode(face.astype(np.uint8), np.ones((9, 9), np.uint8)).astype(bool)
    wanted, got = clean @ _WEIGHTS, picture @ _WEIGHTS
    gain = float(wanted[inner].mean() / max(got[inner].mean(), 1))
    truth, there = _laplacian(wanted)[inner], _laplacian(got)[inner]
    return gain * float((truth * there).mean() / (truth * truth).mean())


def ciede2000(one: FloatArray, other: FloatArray) -> FloatArray:
    """Colour difference of N x 3 CIELAB colours (Sharma, Wu and Dalal 2005), all weights 1."""
    l1, a1, b1 = one.astype(np.float64).T
    l2, a2, b2 = other.astype(np.float64).T
    mean7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * np.sqrt(mean7 / (mean7 + _POWER))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.arctan2(b1, a1) % (2 * np.pi), np.arctan2(b2, a2) % (2 * np.pi)
    turn = np.where(c1 * c2 > 0, (h2 - h1 + np.pi) % (2 * np.pi) - np.pi, 0)
    dl, dc, dh = l2 - l1, c2 - c1, 2 * np.sqrt(c1 * c2) * np.sin(turn / 2)
    middle, c = (l1 + l2) / 2, (c1 + c2) / 2
    h = np.where(c1 * c2 > 0, h1 + turn / 2, h1 + h2)
    t = (
        1
        - 0.17 * np.cos(h - np.radians(30))
        + 0.24 * np.cos(2 * h)
        + 0.32 * np.cos(3 * h + np.radians(6))
        - 0.20 * np.cos(4 * h - np.radians(63))
    )
    sl = 1 + 0.015 * (middle - 50) ** 2 / np.sqrt(20 + (middle - 50) ** 2)
    sc, sh = 1 + 0.045 * c, 1 + 0.015 * c * t
    blue = (np.degrees(h) % 360 - 275) / 25
    rt = -np.sin(np.radians(60) * np.exp(-(blue**2))) * 2 * np.sqrt(c**7 / (c**7 + _POWER))
    dl, dc, dh = dl / sl, dc / sc, dh / sh
    return np.asarray(np.sqrt(dl**2 + dc**2 + dh**2 + rt * dc * dh), np.float32)


def _ring(picture: Image, parts: Regions) -> float:
    luma = picture @ _WEIGHTS
    return float(luma[parts.near].mean() / max(luma[parts.far].mean(), 1))


def _cells(picture: Image | FloatArray) -> FloatArray:
    height, width = picture.shape[:2]
    cells = (width // CELL, height // CELL)
    whole = picture[: cells[1] * CELL, : cells[0] * CELL].astype(np.float32)
    return np.asarray(cv2.resize(whole, cells, interpolation=cv2.INTER_AREA), np.float32)


def _lab(colours: FloatArray) -> FloatArray:
    """N x 3 CIELAB of N x 3 BGR, 0..255."""
    scaled = np.clip(colours[None] / np.float32(255), 0, 1).astype(np.float32)
    return np.asarray(cv2.cvtColor(scaled, cv2.COLOR_BGR2Lab)[0], np.float32)


def _laplacian(luma: FloatArray) -> FloatArray:
    # Of a picture half as large: the finest pixels of a clip hold its codec's work.
    small = cv2.resize(luma.astype(np.float32), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    grown = cv2.Laplacian(small, cv2.CV_32F, ksize=1)
    return np.asarray(cv2.resize(grown, luma.shape[::-1], interpolation=cv2.INTER_NEAREST))
