"""What was restored a moment ago is shown again, and never what has nothing to do with now."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.warp import WarpTarget, warp_mixed
from nasfe_cam.restoration.face_memory import LONGEST_SECONDS, FaceMemory
from tests.nasfe_cam.faces.landmarks import frontal_face

SIDE = 64
FACE = frontal_face()


def scene(seed: int) -> Image:
    small = np.random.default_rng(seed).integers(0, 256, (8, 8, 3)).astype(np.uint8)
    return np.asarray(cv2.resize(small, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC), np.uint8)


def recalled(memory: FaceMemory, crop: Image, time: float, now: FloatArray = FACE) -> FloatArray:
    out = np.full((4, SIDE, SIDE), -1, np.float32)
    kept = memory.recall(WarpTarget(now), now, crop, time)
    warp_mixed(() if kept is None else (kept,), SIDE, out)
    return out


@pytest.fixture
def memory() -> FaceMemory:
    """Has seen scene 1 at second 10, and what was restored of it."""
    memory = FaceMemory()
    assert not recalled(memory, scene(1), 10.0).any()
    memory.keep(scene(2), FACE, 10.0)
    return memory


def test_what_was_restored_comes_back_in_the_colours_of_the_network(memory: FaceMemory) -> None:
    shown = recalled(memory, scene(1), 10.03)
    wanted = scene(2)[..., ::-1].transpose(2, 0, 1) / 255
    assert np.abs(shown[:3] - wanted).max() < 0.01
    assert shown[3].min() > 0.99


def test_it_follows_a_face_that_moves(memory: FaceMemory) -> None:
    way = np.array([4 / SIDE, 0], np.float32)
    shown = recalled(memory, scene(1), 10.03, FACE + way)
    wanted = np.roll(scene(2)[..., ::-1], 4, 1).transpose(2, 0, 1) / 255
    assert np.abs(shown[:3, :, 8:] - wanted[:, :, 8:]).max() < 0.02


@pytest.mark.parametrize("noise", [0, 12])
def test_noise_and_another_exposure_are_no_cut(memory: FaceMemory, noise: float) -> None:
    drawn = noise * np.random.default_rng(3).standard_normal((SIDE, SIDE, 3))
    darker = np.clip(scene(1) * 0.6 + drawn, 0, 255).astype(np.uint8)
    assert recalled(memory, darker, 10.03)[3].min() > 0.99


@pytest.mark.parametrize(
    ("crop", "time", "way"),
    [
        pytest.param(scene(5), 10.03, 0.0, id="a cut"),
        pytest.param(scene(1), 10.0 + LONGEST_SECONDS + 0.1, 0.0, id="too long ago"),
        pytest.param(scene(1), 9.0, 0.0, id="time that went back"),
        pytest.param(scene(1), 10.03, 0.15, id="landmarks that jumped"),
        pytest.param(scene(1), 10.03, np.nan, id="landmarks that are no numbers"),
    ],
)
def test_what_has_nothing_to_do_with_now_is_not_shown(
    memory: FaceMemory, crop: Image, time: float, way: float
) -> None:
    now = FACE + np.array([way, 0], np.float32)
    assert not recalled(memory, crop, time, now).any()


def test_nothing_is_shown_after_it_forgot(memory: FaceMemory) -> None:
    memory.forget()
    assert not recalled(memory, scene(1), 10.03).any()
