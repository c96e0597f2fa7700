"""Moves a picture of a face from the landmarks that it has to those of another moment.

Affine moving least squares (Schaefer, McPhail and Warren, "Image Deformation Using Moving
Least Squares", 2006, eq. 5) of a part of the landmarks, solved on a coarse grid. The live
path and training call it alike.

Landmarks are 478 x 2 float32 of the aligned crop, 0..1 from edge to edge, whatever its size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.facing import FACING_LANDMARKS, facing

GRID = 25
"""Nodes of the grid in each direction."""

Window = tuple[int, int, int, int]
"""Left, top, width and height in pixels."""

# Every fourth landmark, and those that tell what faces away.
_CONTROLS = np.union1d(np.arange(0, 478, 4), FACING_LANDMARKS)
_FACING_COLUMNS = np.searchsorted(_CONTROLS, FACING_LANDMARKS)
# Squared distance added to all, in crops: landmarks that tremble by less move nothing much.
_SOFTNESS = 0.012**2
# Of the mask. The part of the surface that the source must have seen of what is seen now, and
# how far the map may shrink or enlarge an area before it is no picture of a face any more.
_HIDDEN, _SEEN = 0.25, 0.6
_EDGE = np.float32(0.1)
_SMALLEST_AREA, _LARGEST_AREA = 0.08, 6.0
# Inside the face the nearest landmark is at most so far away.
_INSIDE = 0.06
# OpenCV takes x and y in one map, and then an empty second one.
_NO_MAP = np.empty(0, np.float32)
# Mean distances from the middle of a face's landmarks, in crops, and of that from the crop's;
# all others are a mistake.
_SMALLEST_SPREAD, _LARGEST_SPREAD = 0.04, 0.5
_FURTHEST_MIDDLE = 0.6

_NODES = ((np.arange(GRID) + 0.5) / GRID).astype(np.float32)
_NODE_POSITIONS = np.stack(np.meshgrid(_NODES, _NODES), axis=-1).reshape(-1, 2)


@dataclass(frozen=True, slots=True)
class Levels:
    """What the levels of an 8-bit picture stand for: (level - zero) * scale."""

    scale: float
    zero: float = 0.0


PICTURE_LEVELS = Levels(1 / 255)
"""Of a picture with values 0..1."""


@dataclass(frozen=True, slots=True, eq=False)
class WarpField:
    """Where the pixels of a warped crop come from.

    A node lies in the middle of a cell of the crop.

    Attributes:
        ways: 25 x 25 x 2 float32, from each node to its source, x and y in crops.
        valid: 25 x 25 float32, whether that is a picture of the same place, 0..1.
    """

    ways: FloatArray
    valid: FloatArray

    def mirrored(self) -> WarpField:
        """The field between the same pictures, both mirrored left to right."""
        ways = self.ways[:, ::-1] * np.array([-1, 1], np.float32)
        return WarpField(ways, np.ascontiguousarray(self.valid[:, ::-1]))


@dataclass(frozen=True, slots=True, eq=False)
class WarpedPicture:
    """A picture on its way to the landmarks of now.

    Attributes:
        picture: H x H x 4 uint8, see `warp`.
        field: where its pixels come from.
        levels: what its levels stand for.
        share: 0..1, of the result where pictures are mixed.
    """

    picture: Image
    field: WarpField
    levels: Levels
    share: float = 1.0


class WarpTarget:
    """The landmarks of now, to which pictures of other moments are warped.

    Several warps to one target share most of their cost.

    Args:
        landmarks: of now.
    """

    def __init__(self, landmarks: FloatArray) -> None:
        self._usable = are_usable(landmarks)
        if not self._usable:
            return
        self._facing = np.maximum(facing(landmarks), 0)
        controls = landmarks[_CONTROLS].astype(np.float32)
        self._middle = controls.mean(0)
        self._controls = controls - self._middle
        across = np.square(_NODES[:, None] - controls[None, :, 0])
        down = np.square(_NODES[:, None] - controls[None, :, 1]) + np.float32(_SOFTNESS)
        # 25 x 25 nodes times the control points.
        self._weights = np.reciprocal(down[:, None] + across[None]).reshape(GRID * GRID, -1)
        x, y = self._controls.T
        sums = self._weights @ np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)
        self._total = sums[:, 0]
        mean = sums[:, 1:3] / self._total[:, None]
        xx, xy, yy = (sums[:, 3:] / self._total[:, None]).T
        xx, xy, yy = xx - mean[:, 0] ** 2, xy - mean[:, 0] * mean[:, 1], yy - mean[:, 1] ** 2
        # A little of the identity, so that points in a line do not blow up.
        xx, yy = xx + np.float32(1e-6), yy + np.float32(1e-6)
        determinant = xx * yy - xy * xy
        self._inverse = yy / determinant, -xy / determinant, xx / determinant
        self._mean = mean
        self._facing_weights = self._weights[:, _FACING_COLUMNS]
        self._facing_total = self._facing_weights.sum(1)

    def field_from(self, source: FloatArray, reach: float | None = None) -> WarpField | None:
        """How to warp a picture with other landmarks to those of now.

        Args:
            source: landmarks of that picture.
            reach: how far around the landmarks, in crops, the picture is still taken for valid:
                hair and room of another photo have nothing to do with now. None for no limit.

        Returns:
            None where landmarks are no face's: not numbers, or far outside the crop.
        """
        if not self._usable or not are_usable(source):
            return None
        moved = source[_CONTROLS].astype(np.float32) - self._middle - self._controls
        x, y = self._controls[:, :1], self._controls[:, 1:]
        columns = np.concatenate([moved, moved * x, moved * y], axis=1)
        sums = (self._weights @ columns) / self._total[:, None]
        mean_way = sums[:, :2]
        moments_x = sums[:, 2:4] - self._mean[:, :1] * mean_way
        moments_y = sums[:, 4:6] - self._mean[:, 1:] * mean_way
        xx, xy, yy = (part[:, None] for part in self._inverse)
        # The way's derivative along x and along y, N x 2 each.
        along_x = xx * moments_x + xy * moments_y
        along_y = xy * moments_x + yy * moments_y
        offset = _NODE_POSITIONS - self._middle - self._mean
        ways = mean_way + offset[:, :1] * along_x + offset[:, 1:] * along_y
        valid = self._seen(np.maximum(facing(source), 0)) * _unfolded(along_x, along_y)
        if reach is not None:
            # From each node to the landmark next to it, in crops.
            nearest = np.sqrt(1 / self._weights.max(1))
            valid *= np.clip(1 - (nearest - _INSIDE) / reach, 0, 1)
        return WarpField(ways.reshape(GRID, GRID, 2), valid.reshape(GRID, GRID))

    def _seen(self, source: FloatArray) -> FloatArray:
        """0 where the source did not see what is seen now, 1 where it saw it well; nodes."""
        share = np.asarray((source + _EDGE) / (self._facing + _EDGE), np.float32)
        seen = _smooth_step(share, _HIDDEN, _SEEN)
        return np.asarray((self._facing_weights @ seen) / self._facing_total, np.float32)


def warp(
    picture: Image,
    field: WarpField | None,
    size: int,
    window: Window | None = None,
    levels: Levels = PICTURE_LEVELS,
    out: FloatArray | None = None,
) -> FloatArray:
    """Warp a picture, and say where the result is valid.

    Args:
        picture: H x H x 4 uint8 of the whole crop; the fourth channel is a mask, 0..255, of what
            may be taken from it: what covers a face is no part of it.
        field: from `WarpTarget.field_from`; None gives zeros.
        size: S, side of the whole crop that is warped to.
        window: the part of it that is wanted; None is all of it.
        levels: what the levels of the picture stand for.
        out: 4 x h x w float32 to write to, such as the input of an engine; None makes it.

    Returns:
        4 x h x w float32: the picture's values times the mask, and the mask, 0..1.
    """
    left, top, width, height = window or (0, 0, size, size)
    result = np.empty((4, height, width), np.float32) if out is None else out
    if field is None:
        result[:] = 0
        return result
    side = picture.shape[0]
    valid = cv2.resize(field.valid, (size, size), interpolation=cv2.INTER_LINEAR)
    positions = _sources(field, size, side)
    rows, columns = slice(top, top + height), slice(left, left + width)
    # Outside of the picture there is nothing: its mask is 0 there.
    warped = cv2.remap(
        picture,
        positions[rows, columns],
        _NO_MAP,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
    )
    *planes, mask = cv2.split(warped)
    cv2.multiply(mask, valid[rows, columns], result[3], 1 / 255, cv2.CV_32F)
    for plane, target in zip(planes, result, strict=False):
        cv2.multiply(plane, result[3], target, levels.scale, cv2.CV_32F)
        if levels.zero:
            cv2.scaleAdd(result[3], -levels.zero * levels.scale, target, target)
    return result


def warp_whole(picture: Image, field: WarpField) -> Image:
    """Warp a picture without a mask.

    Args:
        picture: S x S x 3 uint8 of the whole crop.
        field: from `WarpTarget.field_from`.

    Returns:
        S x S x 3 uint8; where it would come from beyond the border, that goes on.
    """
    size = picture.shape[0]
    return np.asarray(
        cv2.remap(
            picture,
            _sources(field, size, size),
            _NO_MAP,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.uint8,
    )


def warp_mixed(pictures: Sequence[WarpedPicture], size: int, out: FloatArray) -> None:
    """Warp pictures and add them by their shares; none at all gives zeros.

    Args:
        pictures: each warped by its own field.
        size: S.
        out: 4 x S x S float32, see `warp`.
    """
    if not pictures:
        out[:] = 0
        return
    for number, each in enumerate(pictures):
        if number == 0:
            warp(each.picture, each.field, size, levels=each.levels, out=out)
            if each.share != 1:
                np.multiply(out, np.float32(each.share), out=out)
        else:
            more = warp(each.picture, each.field, size, levels=each.levels)
            for plane, target in zip(more, out, strict=True):
                cv2.scaleAdd(plane, each.share, target, target)


def _sources(field: WarpField, size: int, side: int) -> FloatArray:
    """Where the pixels of a warped crop of S x S come from in one of H x H: S x S x 2 float32."""
    # From nodes to pixels as OpenCV enlarges pictures: a node lies in the middle of its cell.
    ways = cv2.resize(field.ways, (size, size), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.scaleAdd(ways, float(side), _positions(size, side)), np.float32)


@lru_cache(maxsize=64)
def _positions(size: int, side: int) -> FloatArray:
    """Where the pixels of a crop of S x S lie in one of H x H: S x S x 2 float32."""
    line = ((np.arange(size) + 0.5) * (side / size) - 0.5).astype(np.float32)
    return np.stack(np.meshgrid(line, line), axis=-1)


def are_usable(landmarks: FloatArray) -> bool:
    """Whether these can be a face in the crop: numbers, spread like a face, most of them inside."""
    if landmarks.shape != (478, 2) or not np.isfinite(landmarks).all():
        return False
    middle = landmarks.mean(0)
    if (np.abs(middle - 0.5) > _FURTHEST_MIDDLE).any():
        return False
    spread = np.abs(landmarks - middle).mean(0)
    return bool(spread.min() > _SMALLEST_SPREAD and spread.max() < _LARGEST_SPREAD)


def _unfolded(along_x: FloatArray, along_y: FloatArray) -> FloatArray:
    """0 where the map folds or tears the picture, else 1, from the derivatives of its ways."""
    area = (1 + along_x[:, 0]) * (1 + along_y[:, 1]) - along_x[:, 1] * along_y[:, 0]
    inside = (area > _SMALLEST_AREA) & (area < _LARGEST_AREA)
    return inside.astype(np.float32)


def _smooth_step(values: FloatArray, low: float, high: float) -> FloatArray:
    part = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(part * part * (3 - 2 * part), np.float32)
