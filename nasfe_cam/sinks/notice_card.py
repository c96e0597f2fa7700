"""The notice card that viewers see while there is no picture."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.core.frame import Image

STARTING = "camera starting"
SILENT = "the camera program does not answer"
GONE = "the camera program has stopped"

Colour = tuple[int, int, int]

# BGR. Dark enough not to light up a meeting, light enough not to look switched off.
_TOP: Colour = (52, 44, 38)
_BOTTOM: Colour = (30, 25, 21)
_ACCENT: Colour = (214, 170, 96)
_NAME: Colour = (240, 238, 236)
_TEXT: Colour = (176, 168, 160)

# Drawn larger and shrunk: OpenCV's stroke fonts have ragged edges at their own size.
_OVERSAMPLING = 2
_FONT = cv2.FONT_HERSHEY_DUPLEX
_WIDEST_TEXT = 0.86


def render_card(width: int, height: int, name: str, text: str) -> Image:
    """Draw the notice card.

    Args:
        width: in pixels.
        height: in pixels.
        name: the large line; ASCII, others appear as question marks.
        text: the small line below it, such as "camera starting"; ASCII as well.

    Returns:
        height x width x 3, uint8, BGR.
    """
    wide, high = width * _OVERSAMPLING, height * _OVERSAMPLING
    ramp = np.linspace(np.array(_TOP, np.float32), np.array(_BOTTOM, np.float32), high)
    rows = ramp.round().astype(np.uint8)[:, None, :]
    card = np.ascontiguousarray(np.broadcast_to(rows, (high, wide, 3)))
    # The smaller side decides, so that upright and very wide cameras look right too.
    unit = min(high, wide * 9 / 16) / 720
    centre = wide / 2
    _draw_camera(card, centre, high / 2 - 120 * unit, unit)
    _draw_line(card, name, centre, high / 2 + 82 * unit, 54 * unit, _NAME)
    _draw_line(card, text, centre, high / 2 + 144 * unit, 26 * unit, _TEXT)
    return np.asarray(cv2.resize(card, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _draw_camera(card: Image, x: float, y: float, unit: float) -> None:
    """A webcam: a ring with a lens in it, on a foot."""
    centre = (round(x), round(y))
    thick = max(1, round(5 * unit))
    cv2.circle(card, centre, round(62 * unit), _ACCENT, thick, cv2.LINE_AA)
    cv2.circle(card, centre, round(26 * unit), _ACCENT, thick, cv2.LINE_AA)
    cv2.circle(
        card,
        (round(x - 8 * unit), round(y - 8 * unit)),
        max(1, round(5 * unit)),
        _ACCENT,
        cv2.FILLED,
        cv2.LINE_AA,
    )
    foot = round(y + 88 * unit)
    cv2.line(
        card,
        (round(x - 34 * unit), foot),
        (round(x + 34 * unit), foot),
        _ACCENT,
        thick,
        cv2.LINE_AA,
    )


def _draw_line(
    card: Image, text: str, x: float, baseline: float, size: float, colour: Colour
) -> None:
    """One centred line whose capitals are `size` pixels high, smaller where it is too long."""
    scale = cv2.getFontScaleFromHeight(_FONT, max(1, round(size)), 1)
    thick = max(1, round(size / 18))
    (wide, _), _ = cv2.getTextSize(text, _FONT, scale, thick)
    longest = _WIDEST_TEXT * card.shape[1]
    if wide > longest:
        scale *= longest / wide
        wide = round(longest)
    origin = (round(x - wide / 2), round(baseline))
    cv2.putText(card, text, origin, _FONT, scale, colour, thick, cv2.LINE_AA)
