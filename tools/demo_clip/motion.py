"""What the person does when: every path has the clip's length as its period, so that it loops."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

FRAMES_PER_SECOND = 30
FRAME_COUNT = 180

_BLINKS = ((28, 5.0), (104, 5.5), (163, 4.5))
"""Frame of the closed eye and half-width in frames: three blinks, about as often as people do."""

_SPEECH = ((44, 92), (114, 152))
"""First and last frame of the two phrases."""


@dataclass(frozen=True, slots=True)
class Expression:
    """What the face does.

    Attributes:
        blink: 0 open .. 1 closed.
        mouth: how far the jaw is dropped, canvas pixels at the lower lip.
        spread: outward shift of the corners of the mouth, canvas pixels; negative for rounded lips.
        smile: upward shift of the corners of the mouth, canvas pixels.
        brows: upward shift of the brows, canvas pixels.
        gaze: shift of the irises to the right, canvas pixels.
    """

    blink: float = 0.0
    mouth: float = 0.0
    spread: float = 0.0
    smile: float = 0.0
    brows: float = 0.0
    gaze: float = 0.0


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the person is.

    Attributes:
        yaw, pitch, roll: degrees; positive turns to the image's right, down and clockwise.
        head_shift: x, y canvas pixels.
        sway: canvas pixels to the right at head height.
        breath: canvas pixels upwards at head height.
        zoom: size against the portrait, growing from the lower edge of the picture.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    head_shift: tuple[float, float] = (0.0, 0.0)
    sway: float = 0.0
    breath: float = 0.0
    zoom: float = 1.0


@dataclass(frozen=True, slots=True)
class Light:
    """How the scene is lit.

    Attributes:
        gain: brightness against the portrait.
        warmth: relative gain of red against blue, 0 as in the portrait.
        side: -1..1, more light from the left or from the right.
    """

    gain: float = 1.0
    warmth: float = 0.0
    side: float = 0.0


@dataclass(frozen=True, slots=True)
class Moment:
    """One frame's worth of all of it."""

    pose: Pose = field(default_factory=Pose)
    expression: Expression = field(default_factory=Expression)
    light: Light = field(default_factory=Light)


def plan(random: np.random.Generator) -> list[Moment]:
    """FRAME_COUNT moments; the one after the last is the first again."""
    yaw = 12.0 * _wander(random) + 1.0
    pitch = 5.5 * _wander(random)
    roll = 3.2 * _wander(random)
    shift_x, shift_y = 16 * _wander(random), 8 * _wander(random)
    sway = 60 * _wander(random)
    zoom = 1.0 + 0.03 * _wander(random)
    breath = 3.0 * np.sin(2 * np.pi * 2 * _phase())
    gain = 1.0 + 0.07 * np.sin(2 * np.pi * _phase() + random.uniform(0, 6.28))
    warmth = 0.02 * np.sin(2 * np.pi * _phase() + random.uniform(0, 6.28))
    side = np.sin(2 * np.pi * _phase() + random.uniform(0, 6.28))
    blink, (mouth, spread) = _blinks(), _speech(random)
    speaking = _smooth((mouth > 0.5).astype(np.float64), 12)
    brows = 7.0 * speaking * (0.5 + 0.5 * _wander(random))
    smile = 3.0 * (1 - speaking)
    # Eyes stay on the screen while the head turns.
    gaze = np.clip(-0.45 * yaw, -5.0, 5.0)
    nod = 1.6 * _smooth(mouth / max(mouth.max(), 1.0), 5)
    return [
        Moment(
            Pose(
                float(yaw[i]),
                float(pitch[i] + nod[i]),
                float(roll[i]),
                (float(shift_x[i]), float(shift_y[i])),
                float(sway[i]),
                float(breath[i]),
                float(zoom[i]),
            ),
            Expression(
                float(blink[i]),
                float(mouth[i]),
                float(spread[i]),
                float(smile[i]),
                float(brows[i]),
                float(gaze[i]),
            ),
            Light(float(gain[i]), float(warmth[i]), float(side[i])),
        )
        for i in range(FRAME_COUNT)
    ]


def enrolment_moments() -> list[Moment]:
    """Three "other photos": turned left and bright, turned right and warm, chin up and speaking."""
    return [
        Moment(
            Pose(yaw=-12, pitch=2.5, roll=-2, zoom=1.02),
            Expression(smile=9, spread=5, brows=4, gaze=3.5),
            Light(gain=1.05, warmth=-0.02, side=-0.8),
        ),
        Moment(
            Pose(yaw=12, pitch=-3, roll=3, sway=20, zoom=0.98),
            Expression(smile=2, gaze=-3.5),
            Light(gain=0.84, warmth=0.07, side=0.9),
        ),
        Moment(
            Pose(yaw=2, pitch=-8, roll=1),
            Expression(mouth=17, spread=2, brows=9),
            Light(gain=1.0, warmth=0.02, side=0.3),
        ),
    ]


Path = NDArray[np.float64]
"""FRAME_COUNT values over the clip."""


def _phase() -> Path:
    return np.arange(FRAME_COUNT) / FRAME_COUNT


def _wander(random: np.random.Generator) -> Path:
    """A smooth path within -1..1 of a few slow waves."""
    path = np.zeros(FRAME_COUNT)
    for cycles, strength in ((1, 1.0), (2, 0.6), (3, 0.28), (5, 0.07)):
        path += strength * np.sin(2 * np.pi * (cycles * _phase() + random.uniform()))
    path = path - (path.max() + path.min()) / 2
    wander: Path = path / np.abs(path).max()
    return wander


def _bump(centre: float, half_width: float) -> Path:
    """One raised cosine, 0..1, that runs over the end into the start."""
    distance = np.arange(FRAME_COUNT) - centre
    distance = (distance + FRAME_COUNT / 2) % FRAME_COUNT - FRAME_COUNT / 2
    return np.where(
        np.abs(distance) < half_width, 0.5 + 0.5 * np.cos(np.pi * distance / half_width), 0.0
    )


def _blinks() -> Path:
    # Steeper than a cosine and flat while closed: two to three frames are fully shut.
    waves = sum((_bump(centre, width) for centre, width in _BLINKS), np.zeros(FRAME_COUNT))
    return np.clip(1.25 * waves, 0, 1)


def _speech(random: np.random.Generator) -> tuple[Path, Path]:
    """Jaw drop and spread of the corners of the mouth: syllables of uneven size."""
    mouth, spread = np.zeros(FRAME_COUNT), np.zeros(FRAME_COUNT)
    for first, last in _SPEECH:
        at = float(first)
        while at < last:
            half_width = random.uniform(4.5, 6.5)
            mouth = np.maximum(mouth, random.uniform(9, 24) * _bump(at, half_width))
            spread += random.uniform(-6, 5) * _bump(at, half_width + 2)
            at += random.uniform(6.5, 10)
    return _smooth(mouth, 2), _smooth(spread, 3)


def _smooth(path: Path, reach: int) -> Path:
    """A moving average that wraps around."""
    smooth: Path = np.mean([np.roll(path, by) for by in range(-reach, reach + 1)], axis=0)
    return smooth
