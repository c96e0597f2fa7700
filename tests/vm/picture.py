"""The picture of the fake webcam, and what can be told from a picture that a meeting sees.

A dark portrait in the middle; a row of colours above it; below it the number of
the picture, in white and black squares. Whoever sees it knows that it is ours,
whether its colours are right, whether it moves, and whether the face is restored.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]

WIDTH, HEIGHT = 640, 360
"""Of the fake webcam; everything below is measured in its pixels."""

ROW, PATCH = 40, 80
BITS = 6
NUMBERS = 1 << BITS
# Left, top, right, bottom of the cheeks and the nose.
FACE = (295, 145, 345, 195)
STRIPED = 6.0
"""Change from column to column, in grey levels: 2 as the webcam gives the face, 10 restored."""

YUV = np.array(
    [
        (217, 128, 128),
        (126, 128, 128),
        (42, 128, 128),
        (91, 106, 198),
        (133, 84, 72),
        (62, 200, 118),
        (180, 60, 138),
        (150, 160, 90),
    ]
)
"""The colours of the patches from left to right, in limited-range BT.601."""

_TO_RGB = np.array([[1.16438, 0, 1.59603], [1.16438, -0.39176, -0.81297], [1.16438, 2.01723, 0]])
COLOURS = np.rint((YUV - (16, 128, 128)) @ _TO_RGB.T).astype(int)
"""The same in red, green, blue."""

WHITE, BLACK = 235, 16


def compose(portrait: Image, number: int) -> Image:
    """The picture with this number, as webcams give it.

    Args:
        portrait: 280 x 640 x 3, uint8, BGR.
        number: 0..63.

    Returns:
        360 x 640 x 2, uint8, YUYV of limited-range BT.601.
    """
    image = np.full((HEIGHT, WIDTH, 2), 128, np.uint8)
    for index, (luma, blue, red) in enumerate(YUV):
        patch = image[:ROW, index * PATCH : (index + 1) * PATCH]
        patch[..., 0], patch[:, ::2, 1], patch[:, 1::2, 1] = luma, blue, red
    image[ROW : HEIGHT - ROW] = cv2.cvtColor(portrait, cv2.COLOR_BGR2YUV_YUY2)
    image[HEIGHT - ROW :, :, 0] = BLACK
    for bit in range(BITS):
        if number >> bit & 1:
            image[HEIGHT - ROW :, bit * PATCH : (bit + 1) * PATCH, 0] = WHITE
    return image


@dataclass(frozen=True, slots=True)
class Seen:
    """What a picture shows.

    Attributes:
        colour_error: largest difference of a patch to its colour, 0..255.
        number: of the picture.
        stripes: mean change from one column of the face to the next, in grey levels.
    """

    colour_error: float
    number: int
    stripes: float

    @property
    def is_frame(self) -> bool:
        """Whether it is the webcam's picture, and not a card or a broken one."""
        return self.colour_error < 40

    @property
    def is_restored(self) -> bool:
        """Whether the stand-in for the network has drawn its stripes on the face."""
        return self.is_frame and self.stripes > STRIPED


def look(image: Image) -> Seen:
    """Judge a picture of any size.

    Args:
        image: H x W x 3, uint8, RGB, the webcam's picture fitted into it.
    """
    height, width = image.shape[:2]
    scale = min(width / WIDTH, height / HEIGHT)
    left, top = (width - WIDTH * scale) / 2, (height - HEIGHT * scale) / 2

    def mean(x0: float, y0: float, x1: float, y1: float) -> NDArray[np.float64]:
        rows = slice(round(top + y0 * scale), round(top + y1 * scale))
        columns = slice(round(left + x0 * scale), round(left + x1 * scale))
        return np.asarray(cv2.mean(image[rows, columns])[:3])

    def patch(index: int, y: float) -> NDArray[np.float64]:
        # A quarter of it, far from its edges, which chroma smears.
        x = (index + 0.5) * PATCH
        return mean(x - PATCH / 4, y - ROW / 4, x + PATCH / 4, y + ROW / 4)

    colours = np.array([patch(index, ROW / 2) for index in range(len(COLOURS))])
    bits = [patch(bit, HEIGHT - ROW / 2).mean() > 125 for bit in range(BITS)]
    number = sum(1 << bit for bit, is_set in enumerate(bits) if is_set)
    return Seen(float(np.abs(colours - COLOURS).max()), number, _stripes(image, left, top, scale))


def _stripes(image: Image, left: float, top: float, scale: float) -> float:
    x0, y0, x1, y1 = FACE
    rows = slice(round(top + y0 * scale), round(top + y1 * scale))
    columns = slice(round(left + x0 * scale), round(left + x1 * scale))
    face = cv2.resize(image[rows, columns], (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
    return float(np.abs(np.diff(face.mean(axis=(0, 2)))).mean())
