"""From a moment to a picture."""

from __future__ import annotations

import cv2
import numpy as np

from tools.demo_clip.expression import ExpressionPainter
from tools.demo_clip.geometry import (
    CANVAS_HEIGHT,
    CANVAS_WIDTH,
    HEIGHT,
    SUPERSAMPLING,
    WIDTH,
    FaceGeometry,
    Floats,
    Image,
    split,
)
from tools.demo_clip.head import BodyFields, build_fields, source_map
from tools.demo_clip.motion import Light, Moment


class Renderer:
    """Renders moments of one scene.

    Args:
        canvas: CANVAS_HEIGHT x CANVAS_WIDTH x 3 uint8 BGR, the still scene.
        face: the mesh on it.
    """

    def __init__(self, canvas: Image, face: FaceGeometry) -> None:
        self._painter = ExpressionPainter(canvas, face)
        self._fields = build_fields(face)

    def frame(self, moment: Moment) -> Image:
        """HEIGHT x WIDTH x 3 uint8 BGR."""
        large = self.canvas(moment)
        return cv2.resize(large, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA).astype(np.uint8)

    def canvas(self, moment: Moment) -> Image:
        """The same at the canvas's size, for crops: CANVAS_HEIGHT x CANVAS_WIDTH x 3 uint8 BGR."""
        painted = self._painter.paint(moment.expression)
        source = source_map(self._fields, moment.pose)
        shading = _shading(self._fields, source, moment.light)
        warped = cv2.remap(
            painted,
            *split(_enlarged(source)),
            cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REFLECT_101,
        )
        lit = warped.astype(np.float32) * shading
        picture: Image = np.clip(lit.round(), 0, 255).astype(np.uint8)
        return picture


def _enlarged(field: Floats) -> Floats:
    """HEIGHT x WIDTH x C samples at every SUPERSAMPLING-th canvas pixel, to the whole canvas."""
    # cv2.resize aligns pixel edges; the samples stand on the pixels' centres.
    grid = np.array([[1 / SUPERSAMPLING, 0, 0], [0, 1 / SUPERSAMPLING, 0]], np.float32)
    large: Floats = cv2.warpAffine(
        field,
        grid,
        (CANVAS_WIDTH, CANVAS_HEIGHT),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.float32)
    return large


def _shading(fields: BodyFields, source: Floats, light: Light) -> Floats:
    """Gain of every canvas pixel and colour: CANVAS_HEIGHT x CANVAS_WIDTH x 3 float32."""
    slope = cv2.remap(fields.slope, *split(source / np.float32(SUPERSAMPLING)), cv2.INTER_LINEAR)
    across = (fields.x / CANVAS_WIDTH - 0.5) * 2
    side = 1 + light.side * (0.14 * slope + 0.035 * across)
    colour = np.array([1 - light.warmth, 1, 1 + light.warmth], np.float32)
    gain: Floats = _enlarged((light.gain * side[..., None] * colour).astype(np.float32))
    return gain
