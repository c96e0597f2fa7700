"""The similarity transform between frame and crop."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nasfe_cam.faces.alignment import (
    CANONICAL_POSITIONS,
    STABLE_LANDMARKS,
    bounding_box,
    crop_transform,
    invert,
    scale_of,
    similarity_transform,
    warp_crop,
)

angles = st.floats(-3.1, 3.1)
scales = st.floats(0.2, 5)
shifts = st.floats(-500, 500)


def similarity(angle: float, scale: float, x: float, y: float) -> np.ndarray:
    a, b = scale * np.cos(angle), scale * np.sin(angle)
    return np.array([[a, -b, x], [b, a, y]])


def landmarks_of(transform: np.ndarray, size: int) -> np.ndarray:
    """A mesh whose stable points lie where `transform` takes the canonical ones."""
    mesh = np.zeros((478, 2), np.float32)
    canonical = CANONICAL_POSITIONS * size - 0.5
    mesh[STABLE_LANDMARKS] = canonical @ transform[:, :2].T + transform[:, 2]
    return mesh


@given(angles, scales, shifts, shifts)
def test_a_similarity_is_found_exactly(angle: float, scale: float, x: float, y: float) -> None:
    wanted = similarity(angle, scale, x, y)
    points = CANONICAL_POSITIONS * 100
    found = similarity_transform(points, points @ wanted[:, :2].T + wanted[:, 2])
    np.testing.assert_allclose(found, wanted, atol=1e-6 * max(1, abs(x), abs(y)))


@given(angles, scales, shifts, shifts)
def test_the_inverse_undoes_the_transform(angle: float, scale: float, x: float, y: float) -> None:
    transform = similarity(angle, scale, x, y)
    points = np.array([[0, 0, 1], [10, -3, 1], [400, 80, 1]])
    there = np.column_stack([points @ transform.T, np.ones(3)])
    np.testing.assert_allclose(there @ invert(transform).T, points[:, :2], atol=1e-6)


@given(st.lists(st.tuples(shifts, shifts), min_size=12, max_size=12, unique=True))
def test_any_landmarks_give_a_rotation_with_uniform_scale(
    points: list[tuple[float, float]],
) -> None:
    transform = similarity_transform(np.array(points), CANONICAL_POSITIONS)
    a, b = transform[:, 0], transform[:, 1]
    np.testing.assert_allclose(a @ b, 0, atol=1e-9)
    np.testing.assert_allclose(a @ a, b @ b, atol=1e-9)


def test_the_crop_shows_the_face_upright_and_centred() -> None:
    frame = np.zeros((720, 1280, 3), np.uint8)
    to_frame = similarity(0.3, 1.4, 400, 150)
    mesh = landmarks_of(to_frame, 256)
    for x, y in mesh[STABLE_LANDMARKS[:4]]:
        frame[round(y) - 3 : round(y) + 4, round(x) - 3 : round(x) + 4] = 255
    crop = warp_crop(frame, crop_transform(mesh, 256), 256)
    for u, v in CANONICAL_POSITIONS[:4] * 256 - 0.5:
        assert crop[round(v), round(u)].min() > 200


def test_crop_and_inverse_bring_a_picture_back() -> None:
    rng = np.random.default_rng(0)
    smooth = rng.random((9, 16, 3)) * 255
    import cv2

    frame = cv2.resize(smooth, (1280, 720), interpolation=cv2.INTER_CUBIC).clip(0, 255)
    frame = frame.astype(np.uint8)
    transform = invert(similarity(0.2, 1.2, 500, 200))
    crop = warp_crop(frame, transform, 256)
    back = cv2.warpAffine(crop, invert(transform), (1280, 720))
    inside = (
        cv2.warpAffine(np.full((250, 250), 255, np.uint8), invert(transform), (1280, 720)) > 250
    )
    assert np.abs(back[inside].astype(int) - frame[inside]).mean() < 1.0


def test_a_large_face_is_averaged_not_skipped() -> None:
    frame = np.zeros((1080, 1080, 3), np.uint8)
    frame[::2] = 255  # one line in two: skipping would give black or white, averaging gives grey
    crop = warp_crop(frame, similarity(0, 0.25, 0, 0), 256)
    assert abs(int(crop[100, 100, 0]) - 128) < 20
    assert scale_of(similarity(0, 0.25, 0, 0)) == 0.25


@given(angles, scales, shifts, shifts)
def test_the_box_stays_in_the_frame(angle: float, scale: float, x: float, y: float) -> None:
    left, top, right, bottom = bounding_box(similarity(angle, scale, x, y), 256, 640, 480)
    assert 0 <= left <= right <= 640 and 0 <= top <= bottom <= 480
