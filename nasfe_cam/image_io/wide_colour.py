"""High dynamic range and wide colour brought to what a usual screen shows.

New phones record HLG or PQ with the primaries of BT.2020; taken for BT.709, such a picture is
grey and dark.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from nasfe_cam.core.frame import FloatArray

_MOST_NITS = 10_000.0
_SDR_WHITE_NITS = 100.0
"""White of SDR in the studio (ITU-R BT.2035), which some programs keep in HDR."""
_HDR_WHITE_NITS = 203.0
"""White of HDR (ITU-R BT.2408, section 2.1), above which highlights are."""
_USUAL_PEAK_NITS = 1000.0
_KNEE = 0.8
"""Up to here of white, light is what it was; what is above shares the rest."""
_GAMMA = 2.4
"""Of a usual screen (ITU-R BT.1886)."""
_BRIGHTEST = 99.9
"""Per cent of the pixels that are no brighter than what is taken for the brightest."""

_LUMINANCE = np.array([0.2627, 0.6780, 0.0593], np.float32)


class Transfer(Enum):
    """How light became numbers."""

    SDR = "sdr"
    PQ = "pq"
    """Perceptual quantiser (SMPTE ST 2084): absolute, up to 10,000 nits."""
    HLG = "hlg"
    """Hybrid log-gamma (ITU-R BT.2100): relative, here for a screen of 1000 nits."""


class Primaries(Enum):
    """Which red, green and blue are meant."""

    BT709 = "bt709"
    BT2020 = "bt2020"
    P3 = "p3"
    ADOBE_RGB = "adobe-rgb"


_TO_BT709 = {
    Primaries.BT2020: np.array(
        [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]],
        np.float32,
    ),
    Primaries.P3: np.array(
        [[1.2249, -0.2247, 0.0], [-0.0420, 1.0419, 0.0], [-0.0197, -0.0786, 1.0979]], np.float32
    ),
    Primaries.ADOBE_RGB: np.array(
        [[1.3984, -0.3984, 0.0], [0.0, 1.0, 0.0], [0.0, -0.0429, 1.0429]], np.float32
    ),
}
"""Linear light, white D65: from the chromaticities of ITU-R BT.2020, SMPTE EG 432-1, Adobe RGB."""


@dataclass(frozen=True, slots=True)
class WideColour:
    """What a file states about its colours.

    Attributes:
        transfer: how light became numbers.
        primaries: which red, green and blue are meant.
        peak: nits of the brightest pixel that there may be, where it is known; 0 if not.
    """

    transfer: Transfer
    primaries: Primaries
    peak: float = 0.0

    @property
    def is_usual(self) -> bool:
        """Whether nothing need be converted."""
        return self.transfer is Transfer.SDR and self.primaries is Primaries.BT709


def white_of(colour: WideColour, signal: FloatArray) -> float:
    """Nits that are shown as white: those of HDR, or fewer where a picture stays below them.

    Args:
        colour: what the file states.
        signal: ... x 3 RGB values of a picture, 0..1.
    """
    if colour.transfer is Transfer.SDR:
        return _SDR_WHITE_NITS
    luminance = _light(colour, signal) @ _LUMINANCE
    brightest = np.percentile(luminance, _BRIGHTEST)
    return float(np.clip(brightest, _SDR_WHITE_NITS, _HDR_WHITE_NITS))


def to_screen(colour: WideColour, signal: FloatArray, white: float) -> FloatArray:
    """Signals of BT.709 for a usual screen.

    The tone curve is the one called Mobius in FFmpeg (libavfilter/vf_tonemap.c): light up to
    0.8 of white stays, the rest is compressed so that the brightest becomes white. It is applied
    to the largest channel and scales the others alike, which keeps the hue.

    Args:
        colour: what the file states.
        signal: ... x 3 RGB, 0..1, not linear.
        white: nits that are shown as white, from `white_of`.

    Returns:
        ... x 3 RGB, 0..1, for a screen with a gamma of 2.4.
    """
    light = _light(colour, signal) / np.float32(white)
    if colour.primaries in _TO_BT709:
        light = light @ _TO_BT709[colour.primaries].T
    if colour.transfer is not Transfer.SDR:
        largest = np.maximum(light.max(axis=-1, keepdims=True), np.float32(1e-6))
        light = light * (_mobius(largest, _peak(colour) / white) / largest)
    shown: FloatArray = np.clip(light, 0, 1) ** np.float32(1 / _GAMMA)
    return shown


def _peak(colour: WideColour) -> float:
    return float(np.clip(colour.peak or _USUAL_PEAK_NITS, 2 * _HDR_WHITE_NITS, _MOST_NITS))


def _light(colour: WideColour, signal: FloatArray) -> FloatArray:
    """Nits."""
    match colour.transfer:
        case Transfer.PQ:
            return _pq_light(signal)
        case Transfer.HLG:
            return _hlg_light(signal)
        case Transfer.SDR:
            light: FloatArray = signal ** np.float32(_GAMMA) * np.float32(_SDR_WHITE_NITS)
            return light


def _pq_light(signal: FloatArray) -> FloatArray:
    """SMPTE ST 2084, equation 4.1."""
    root = signal.astype(np.float64) ** (32 / 2523)
    share = np.maximum(root - 107 / 128, 0) / (2413 / 128 - 2392 / 128 * root)
    return (_MOST_NITS * share ** (8192 / 1305)).astype(np.float32)


def _hlg_light(signal: FloatArray) -> FloatArray:
    """ITU-R BT.2100, table 5: inverse OETF, then the gamma of a screen of 1000 nits.

    The gamma is applied to each channel, as FFmpeg's zscale does, not to luminance.
    """
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene: NDArray[np.float64] = np.where(
        signal <= 0.5, signal**2 / 3, (np.exp((signal.astype(np.float64) - c) / a) + b) / 12
    )
    return (_USUAL_PEAK_NITS * scene**1.2).astype(np.float32)


def _mobius(light: FloatArray, peak: float) -> FloatArray:
    a = -_KNEE * _KNEE * (peak - 1) / (_KNEE * _KNEE - 2 * _KNEE + peak)
    b = (_KNEE * _KNEE - 2 * _KNEE * peak + peak) / (peak - 1)
    scale = (b * b + 2 * b * _KNEE + _KNEE * _KNEE) / (b - a)
    curved = np.float32(scale) * (light + np.float32(a)) / (light + np.float32(b))
    mapped: FloatArray = np.where(light <= _KNEE, light, np.minimum(curved, 1))
    return mapped
