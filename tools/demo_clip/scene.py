"""The still scene: the portrait set into a wider room that is lit like its own wall."""

from __future__ import annotations

import cv2
import numpy as np

from tools.demo_clip.geometry import (
    CANVAS_HEIGHT,
    CANVAS_WIDTH,
    PORTRAIT_LEFT,
    PORTRAIT_SCALE,
    PORTRAIT_SIDE,
    PORTRAIT_TOP,
    Floats,
    Image,
    smoothstep,
)
from tools.demo_clip.room import furnish

SHOULDERS = np.array(
    [
        (-90, 1060), (0, 848), (40, 765), (150, 708), (330, 640), (700, 640),
        (900, 712), (960, 768), (1000, 838), (1023, 892), (1100, 1060),
    ],
    np.float32,
)  # fmt: skip
"""Outline of this portrait's shoulders, portrait pixels, by rising x; the first and the last point
lie outside: there the arms go on below the portrait's edges."""

_SEAM = 50.0
"""Portrait pixels over which the portrait's own wall gives way to the fitted one. Less than the
distance from the hair to the upper edge, or mirrored hair would show."""


def build_scene(portrait: Image, random: np.random.Generator) -> Image:
    """Extend the portrait to the whole canvas.

    The wall is a smooth fit of the portrait's wall; the upper arms, cut by the portrait's edges,
    go on as their own mirror image, sheared down along the outline of the arm.

    Args:
        portrait: 1024 x 1024 x 3 uint8 BGR.
        random: for the room and the grain.

    Returns:
        CANVAS_HEIGHT x CANVAS_WIDTH x 3 uint8 BGR.
    """
    y, x = np.mgrid[0:CANVAS_HEIGHT, 0:CANVAS_WIDTH].astype(np.float32)
    x = (x - np.float32(PORTRAIT_LEFT)) / np.float32(PORTRAIT_SCALE)
    y = (y - np.float32(PORTRAIT_TOP)) / np.float32(PORTRAIT_SCALE)
    last = PORTRAIT_SIDE - 1

    fit = _WallFit(portrait)
    mirrored_x = np.clip(np.where(x > last, 2 * last - x, np.abs(x)), 0, last)
    outline, mirrored_outline = _outline(x), _outline(mirrored_x)
    mirrored_y = np.abs(y - (outline - mirrored_outline) * (mirrored_x != x))
    original = cv2.remap(
        portrait,
        mirrored_x.astype(np.float32),
        mirrored_y.astype(np.float32),
        cv2.INTER_LANCZOS4,
        borderMode=cv2.BORDER_REFLECT_101,
    ).astype(np.float32)
    own_wall = fit.at(mirrored_x, mirrored_y)

    outside = np.maximum(np.maximum(-x, x - last), -y)
    keep = smoothstep(outside.astype(np.float32), _SEAM, 0.0)
    # At the arm's outline the mirror image holds, so that its edge stays the photo's own.
    beside = np.maximum(-x, x - last) > 0
    arm = smoothstep((y - outline).astype(np.float32), -14.0, -4.0) * beside
    keep = np.maximum(keep, arm)[..., None]

    wall = fit.at(x, y)
    # The photo comes on top as its difference from its wall: glow and shadows of the room then
    # run through it without a border.
    room = furnish(wall, random) + _grain(random) * (1 - keep)
    scene = room + (original - own_wall) * keep
    still: Image = np.clip(scene.round(), 0, 255).astype(np.uint8)
    return still


class _WallFit:
    """The portrait's wall as a smooth surface, which can be read far outside of the portrait."""

    def __init__(self, portrait: Image) -> None:
        y, x = np.mgrid[0:PORTRAIT_SIDE:8, 0:PORTRAIT_SIDE:8].astype(np.float32)
        # Head and shoulders with a margin; what is left is wall.
        wall = (np.abs(x - 512) > 260) & (y < _outline(x) - 40) | (y < 45)
        terms = self._terms(x[wall], y[wall])
        colours = portrait[::8, ::8][wall].astype(np.float32)
        self._weights = np.linalg.lstsq(terms, colours, rcond=None)[0].astype(np.float32)

    def at(self, x: Floats, y: Floats) -> Floats:
        """Colour at portrait pixels (H x W each): H x W x 3 float32 BGR."""
        colour: Floats = (self._terms(x, y) @ self._weights).astype(np.float32)
        return colour

    @staticmethod
    def _terms(x: Floats, y: Floats) -> Floats:
        # Saturating: a plain polynomial runs away outside of the portrait.
        u = np.tanh((x - 512) / 900)
        v = np.tanh((y - 300) / 900)
        terms: Floats = np.stack([np.ones_like(u), u, v, u * v, u * u, v * v], -1)
        return terms


def _outline(x: Floats) -> Floats:
    """y of the shoulders' outline at x, portrait pixels."""
    y: Floats = np.interp(x, SHOULDERS[:, 0], SHOULDERS[:, 1]).astype(np.float32)
    return y


def _grain(random: np.random.Generator) -> Floats:
    """Faint still grain, against banding in the smooth wall: canvas x 1 float32."""
    noise = random.normal(0, 1, (CANVAS_HEIGHT, CANVAS_WIDTH)).astype(np.float32)
    grain: Floats = cv2.GaussianBlur(noise, (0, 0), 1.6).astype(np.float32)[..., None] * 2.5
    return grain
