"""Around the face the light is the room's, and in the face the network's."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from nasfe_cam.frame import FloatArray, Image
from nasfe_cam.halo import join_light
from nasfe_cam.tone import tone_table

SIDE, CELLS = 256, 64


def disc(radius: float) -> FloatArray:
    y, x = np.mgrid[:CELLS, :CELLS] - (CELLS - 1) / 2
    return np.clip(radius - np.hypot(x, y), 0, 1).astype(np.float32)


def flat(level: int) -> Image:
    return np.full((SIDE, SIDE, 3), level, np.uint8)


@pytest.mark.parametrize("wall", [60, 140, 230])
def test_a_wall_behind_the_face_gets_the_light_of_the_room(wall: int) -> None:
    gain = np.full(3, 0.9, np.float32)
    crop, restored = flat(70), flat(wall)
    joined = join_light(restored, crop, gain, disc(16))
    room = int(tone_table(gain)[70, 0, 0])
    assert np.abs(joined[:20].astype(int) - room).max() <= 1
    middle = joined[112:144, 112:144]
    assert np.abs(middle.astype(int) - wall).max() <= 1


def test_beside_a_dark_cheek_the_wall_has_the_light_of_the_room_too() -> None:
    """A soft outline reaches over the cheek; in its width stood a bright seam."""
    y, x = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    distance = np.hypot(x, y)
    restored = np.where(distance < 56, 60, 200).astype(np.uint8)[..., None].repeat(3, axis=2)
    crop = np.where(distance < 56, 60, 150).astype(np.uint8)[..., None].repeat(3, axis=2)
    soft = cv2.GaussianBlur(disc(16), (0, 0), 3.2)
    joined = join_light(restored, crop, np.zeros(3, np.float32), soft).astype(int)
    seam, face = (distance > 62) & (distance < 90), distance < 46
    assert np.abs(joined[seam] - 150).mean() <= 8
    assert np.abs(joined[face] - 60).mean() <= 3


def test_between_face_and_wall_there_is_no_step() -> None:
    joined = join_light(flat(200), flat(70), np.zeros(3, np.float32), disc(16))
    assert np.abs(np.diff(joined.astype(int), axis=1)).max() <= 12


def test_fine_structure_outside_the_face_is_the_networks() -> None:
    rng = np.random.default_rng(0)
    grain = rng.integers(-20, 21, (SIDE, SIDE, 3))
    restored = (150 + grain).astype(np.uint8)
    joined = join_light(restored, flat(70), np.zeros(3, np.float32), disc(16))
    part = joined[:40].astype(np.float32)
    fine = part - cv2.blur(part, (31, 31))
    wanted = (grain[:40] - cv2.blur(grain[:40].astype(np.float32), (31, 31))).ravel()
    assert np.corrcoef(fine.ravel(), wanted)[0, 1] > 0.9


def test_where_both_agree_nothing_changes() -> None:
    gain = np.full(3, 0.5, np.float32)
    crop = flat(90)
    restored = cv2.LUT(crop, tone_table(gain))
    assert np.abs(join_light(restored, crop, gain, disc(16)).astype(int) - restored).max() <= 1
