"""What the face does in place: lids, gaze, brows, mouth, drawn into the still portrait.

A lid slides over the eye and a lip away from its fellow: there the picture tears, which no smooth
warp can show. Each is therefore a layer of its own, composited along the mesh's lid and lip lines.
"""

from __future__ import annotations

import cv2
import numpy as np

from tools.demo_clip.geometry import (
    BROWS,
    CHIN,
    IMAGE_LEFT_EYE,
    IMAGE_RIGHT_EYE,
    INNER_LIPS,
    IRISES,
    MOUTH_CORNERS,
    FaceGeometry,
    Floats,
    Image,
    smoothstep,
)
from tools.demo_clip.motion import Expression

_LASH_SHARE = 0.16
"""The mesh's upper lid lies a little inside the eye; the lashes are this share of the opening above
it. A lid cut at the mesh would carry a rim of the iris down with it."""

_EDGE = 1.1
"""Softness of a layer's edge, canvas pixels."""

_MOUTH_DARK = np.array([14, 12, 26], np.float32)
_TEETH = np.array([108, 124, 134], np.float32)
_TONGUE = np.array([38, 36, 84], np.float32)
"""BGR."""


class ExpressionPainter:
    """Paints expressions into the canvas.

    Args:
        canvas: CANVAS_HEIGHT x CANVAS_WIDTH x 3 uint8 BGR.
        face: the mesh on it.
    """

    def __init__(self, canvas: Image, face: FaceGeometry) -> None:
        self._canvas = canvas
        low, high = face.points.min(0) - 60, face.points.max(0) + 120
        self._left, self._top = (int(v) for v in low)
        self._right, self._bottom = (int(v) for v in high)
        y, x = np.mgrid[self._top : self._bottom, self._left : self._right].astype(np.float32)
        self._x, self._y = x - self._left, y - self._top
        self._points: Floats = (face.points - [self._left, self._top]).astype(np.float32)

    def paint(self, expression: Expression) -> Image:
        """The canvas with this expression, a new array."""
        painted = self._canvas.copy()
        patch = painted[self._top : self._bottom, self._left : self._right].astype(np.float32)
        patch = self._look(patch, expression)
        if expression.blink > 0:
            for eye in (IMAGE_LEFT_EYE, IMAGE_RIGHT_EYE):
                patch = self._close_eye(patch, eye, expression.blink)
        patch = self._move_features(patch, expression)
        if expression.mouth > 0.2:
            patch = self._open_mouth(patch, expression)
        painted[self._top : self._bottom, self._left : self._right] = np.clip(
            patch.round(), 0, 255
        ).astype(np.uint8)
        return painted

    def _read(self, patch: Floats, x: Floats, y: Floats) -> Floats:
        read: Floats = cv2.remap(
            patch, x.astype(np.float32), y.astype(np.float32), cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REPLICATE,
        ).astype(np.float32)  # fmt: skip
        return read

    def _line(self, indices: tuple[int, ...], smoothing: float) -> tuple[Floats, float, float]:
        """y of a mesh line for every column of the patch, and its first and last x."""
        points = self._points[list(indices)]
        columns = self._x[0]
        y = np.interp(columns, points[:, 0], points[:, 1]).astype(np.float32)
        smooth: Floats = cv2.GaussianBlur(y[None], (0, 0), smoothing)[0].astype(np.float32)
        return smooth, float(points[0, 0]), float(points[-1, 0])

    def _eye(self, eye: tuple[tuple[int, ...], ...]) -> tuple[Floats, Floats, Floats]:
        """Upper lid, lower lid (y for every column) and 0..1 within the corners of the eye."""
        upper, first, last = self._line(eye[0], 3.0)
        lower, _, _ = self._line(eye[1], 3.0)
        columns = self._x[0]
        within = smoothstep(columns, first - 3, first + 7) * smoothstep(columns, last + 3, last - 7)
        opening = np.maximum(lower - upper, 0) * within
        raised: Floats = (upper - _LASH_SHARE * opening).astype(np.float32)
        return raised, lower, within

    def _look(self, patch: Floats, expression: Expression) -> Floats:
        shift = np.zeros_like(self._x)
        for eye, iris in ((IMAGE_LEFT_EYE, IRISES[0]), (IMAGE_RIGHT_EYE, IRISES[1])):
            upper, lower, within = self._eye(eye)
            inside = smoothstep(self._y, 0, 1) * within
            inside *= smoothstep(self._y - upper, 0.0, 5.0) * smoothstep(lower - self._y, -1.0, 5.0)
            reach = np.exp(-(((self._x - self._points[iris, 0]) / 26) ** 4))
            shift += expression.gaze * inside * reach
        return self._read(patch, self._x - shift, self._y)

    def _close_eye(self, patch: Floats, eye: tuple[tuple[int, ...], ...], blink: float) -> Floats:
        upper, lower, within = self._eye(eye)
        travel = np.maximum(lower - upper, 0) * within * blink
        edge = upper + travel
        # The skin comes from the whole height up to the fold under the brow, or it would smear.
        fold = upper - 1.5 * float(np.max(lower - upper))
        along = np.clip((self._y - fold) / np.maximum(edge - fold, 1), 0, 1)
        lid = self._read(patch, self._x, self._y - travel * along**1.4)
        # A closed lid is curved away from the light from above.
        lid *= 1 - 0.12 * blink * (along**3 * within)[..., None]
        alpha = smoothstep(edge - self._y, -_EDGE, _EDGE)[..., None]
        closed: Floats = (lid * alpha + patch * (1 - alpha)).astype(np.float32)
        return closed

    def _bump(self, centre: Floats, radius_x: float, radius_y: float) -> Floats:
        x, y = (self._x - centre[0]) / radius_x, (self._y - centre[1]) / radius_y
        bump: Floats = np.exp(-(x * x + y * y)).astype(np.float32)
        return bump

    def _move_features(self, patch: Floats, expression: Expression) -> Floats:
        dx, dy = np.zeros_like(self._x), np.zeros_like(self._y)
        for brow in BROWS:
            dy -= expression.brows * self._bump(self._points[brow], 75, 42)
        for corner, outward in zip(MOUTH_CORNERS, (-1, 1), strict=True):
            bump = self._bump(self._points[corner], 46, 52)
            dx += outward * expression.spread * bump
            dy -= expression.smile * bump
        return self._read(patch, self._x - dx, self._y - dy)

    def _open_mouth(self, patch: Floats, expression: Expression) -> Floats:
        drop = expression.mouth
        points = self._points.copy()
        for corner in (INNER_LIPS[0][0], INNER_LIPS[0][-1]):
            points[corner, 1] -= expression.smile
        upper, first, last = self._line(INNER_LIPS[0], 4.0)
        lower, _, _ = self._line(INNER_LIPS[1], 4.0)
        lips = (upper + lower) / 2
        columns = self._x[0]
        across = np.clip((columns - (first + last) / 2) / ((last - first) / 2 - 4), -1, 1)
        lips -= expression.smile * np.abs(across) ** 2
        gape = ((1 - across**2) ** 0.9).astype(np.float32)
        lift = 0.16 * drop * gape

        # The upper lip gives a little, fading out towards the nose.
        rise = lift * smoothstep(lips - self._y, 58.0, 0.0)
        above = self._read(patch, self._x, self._y + rise)

        chin = float(self._points[CHIN, 1])
        middle = float(self._points[CHIN, 0])
        jaw = 0.85 * np.exp(-(((columns - middle) / 165) ** 4))
        source_y = self._y.copy()
        for _ in range(6):
            below_lips = smoothstep(source_y - lips, 0.0, 75.0)
            fade = smoothstep(source_y, chin + 105, chin + 5)
            moved = drop * (gape * (1 - below_lips) + jaw * below_lips) * fade
            source_y = self._y - moved
        below = self._read(patch, self._x, source_y)

        top_edge, bottom_edge = lips - lift, lips + drop * gape
        inside = self._mouth_interior(top_edge, bottom_edge, across)
        over = smoothstep(top_edge - self._y, -_EDGE, _EDGE)[..., None]
        under = smoothstep(self._y - bottom_edge, -_EDGE, _EDGE)[..., None]
        # Beside the corners both edges are one line: half of each layer would draw it dark.
        parted = smoothstep(bottom_edge - top_edge, 0.3, 2.5)[None, :, None]
        hole = (1 - over) * (1 - under) * parted
        opened: Floats = (
            hole * inside + (1 - hole) * np.where(self._y[..., None] < lips[:, None], above, below)
        ).astype(np.float32)
        return opened

    def _mouth_interior(self, top: Floats, bottom: Floats, across: Floats) -> Floats:
        """Dark, with the shaded edge of the upper teeth and a hint of the tongue."""
        depth = self._y - top
        height = np.maximum(bottom - top, 1)
        teeth = smoothstep(depth, 0.0, 5.0) * smoothstep(depth, 11.0, 8.0)
        teeth = teeth * (1 - 0.9 * smoothstep(np.abs(across), 0.3, 0.72))
        # Teeth show only where the lips are well apart.
        teeth = teeth * smoothstep(height, 10.0, 22.0) * 0.8
        tongue = smoothstep(depth / height, 0.55, 1.0) * (1 - np.abs(across)) * 0.8
        colour = _MOUTH_DARK + tongue[..., None] * (_TONGUE - _MOUTH_DARK)
        inside: Floats = (colour + teeth[..., None] * (_TEETH - colour)).astype(np.float32)
        return inside
