"""A drawn, defocused room for the wall behind the person: bookcase, picture, lamp."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from tools.demo_clip.geometry import CANVAS_HEIGHT, CANVAS_WIDTH, Floats, Image

Colour = tuple[int, int, int]
"""Blue, green, red, 0..255."""

_WOOD: Colour = (78, 108, 140)
_WOOD_DARK: Colour = (50, 70, 94)
_BOOKS: tuple[Colour, ...] = (
    (92, 74, 58), (70, 84, 132), (120, 122, 96), (168, 182, 190), (58, 66, 70),
    (96, 130, 150), (128, 106, 84), (60, 60, 104), (150, 160, 158), (84, 100, 78),
)  # fmt: skip

DEFOCUS = 9.0
"""Gaussian sigma in canvas pixels: the room stands well behind the focus of a webcam."""

_SHADOW_SHIFT = (26, 20)
"""Right and down, canvas pixels: the portrait's light comes from the upper left."""


def furnish(wall: Floats, random: np.random.Generator) -> Floats:
    """Draw the room's things on the wall, out of the reach of the person's movement.

    Args:
        wall: CANVAS_HEIGHT x CANVAS_WIDTH x 3 float32 BGR, 0..255.
        random: widths, heights and colours of the books.

    Returns:
        A new array of the same kind.
    """
    things = np.zeros((CANVAS_HEIGHT, CANVAS_WIDTH, 3), np.uint8)
    cover = np.zeros((CANVAS_HEIGHT, CANVAS_WIDTH), np.uint8)
    _bookcase(things, cover, random)
    _picture(things, cover)
    _lamp(things, cover)

    shift = np.array([[1, 0, _SHADOW_SHIFT[0]], [0, 1, _SHADOW_SHIFT[1]]], np.float32)
    shadow = cv2.warpAffine(cover, shift, (CANVAS_WIDTH, CANVAS_HEIGHT))
    shade = _blur((shadow / 255).astype(np.float32), 30.0)[..., None]
    lit = wall * (1 - 0.22 * shade) + _lamp_glow(wall)

    # Blurred with its cover in step, or dark rims of the empty drawing would show.
    alpha = _blur((cover / 255).astype(np.float32), DEFOCUS)[..., None]
    colour = _blur(things.astype(np.float32), DEFOCUS)
    # The things take the light of the wall they stand at.
    light = wall / np.float32(wall.mean())
    furnished: Floats = (lit * (1 - alpha) + colour * light).astype(np.float32)
    return furnished


def _blur(image: Floats, sigma: float) -> Floats:
    return cv2.GaussianBlur(image, (0, 0), sigma).astype(np.float32)


def _box(things: Image, cover: Image, box: tuple[int, int, int, int], colour: Colour) -> None:
    left, top, right, bottom = box
    cv2.rectangle(things, (left, top), (right, bottom), colour, cv2.FILLED)
    cv2.rectangle(cover, (left, top), (right, bottom), 255, cv2.FILLED)


def _bookcase(things: Image, cover: Image, random: np.random.Generator) -> None:
    left, right, top = -20, 420, 210
    _box(things, cover, (left, top, right, CANVAS_HEIGHT), _WOOD_DARK)
    boards = (top, 560, 910, 1260)
    for board, below in pairwise(boards):
        x = 6 + int(random.integers(0, 30))
        while x < right - 90:
            width = int(random.integers(26, 58))
            tall = int(random.integers(190, 290))
            # A gap now and then: a shelf filled from end to end looks like a pattern.
            if random.random() < 0.07:
                x += int(random.integers(40, 90))
                continue
            colour = _BOOKS[int(random.integers(len(_BOOKS)))]
            _box(things, cover, (x, below - tall, x + width, below), colour)
            blue, green, red = (min(255, c + 45) for c in colour)
            band = below - int(tall * 0.78)
            _box(things, cover, (x + 4, band, x + width - 4, band + 22), (blue, green, red))
            x += width + 3
        _box(things, cover, (left, board - 12, right, board + 14), _WOOD)
    _box(things, cover, (left, boards[-1] - 12, right, boards[-1] + 14), _WOOD)
    _box(things, cover, (right - 26, top - 12, right, CANVAS_HEIGHT), _WOOD)


def _picture(things: Image, cover: Image) -> None:
    left, top, right, bottom = 1980, 130, 2250, 480
    _box(things, cover, (left, top, right, bottom), (44, 52, 60))
    _box(things, cover, (left + 16, top + 16, right - 16, bottom - 16), (214, 226, 230))
    view = (left + 56, top + 66, right - 56, bottom - 66)
    _box(things, cover, view, (196, 188, 160))
    cv2.circle(things, (view[0] + 108, view[1] + 62), 22, (150, 200, 226), cv2.FILLED)
    hills = ((0.55, (150, 150, 120)), (0.68, (112, 124, 96)), (0.82, (70, 92, 78)))
    width, height = view[2] - view[0], view[3] - view[1]
    for number, (level, colour) in enumerate(hills):
        xs = np.linspace(0, width, 30)
        ys = level * height + 14 * np.sin(xs / width * 5 + 2.1 * number)
        outline = np.column_stack([xs + view[0], ys + view[1]]).round().astype(np.int32)
        corners = np.array([[view[2], view[3]], [view[0], view[3]]], np.int32)
        cv2.fillPoly(things, [np.vstack([outline, corners])], colour)


_LAMP_X, _SHADE_TOP, _SHADE_BOTTOM = 2330, 660, 860


def _lamp(things: Image, cover: Image) -> None:
    _box(things, cover, (_LAMP_X - 8, _SHADE_BOTTOM, _LAMP_X + 8, CANVAS_HEIGHT), (52, 58, 64))
    shade = np.array(
        [
            [_LAMP_X - 80, _SHADE_TOP], [_LAMP_X + 80, _SHADE_TOP],
            [_LAMP_X + 130, _SHADE_BOTTOM], [_LAMP_X - 130, _SHADE_BOTTOM],
        ],
        np.int32,
    )  # fmt: skip
    cv2.fillPoly(cover, [shade], 255)
    cv2.fillPoly(things, [shade], (190, 228, 250))


def _lamp_glow(wall: Floats) -> Floats:
    y, x = np.mgrid[0 : wall.shape[0], 0 : wall.shape[1]].astype(np.float32)
    distance = np.hypot(x - _LAMP_X, (y - (_SHADE_TOP + _SHADE_BOTTOM) / 2) * 0.9)
    strength = np.exp(-((distance / 260) ** 2))[..., None]
    glow: Floats = (strength * np.array([8, 20, 30], np.float32)).astype(np.float32)
    return glow
