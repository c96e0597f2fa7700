"""Which face is followed, and how it fades in and out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nasfe_cam.config.settings import TrackingSettings
from nasfe_cam.core.frame import Frame
from nasfe_cam.faces.follower import FaceFollower, FollowedFace
from nasfe_cam.faces.tracker import Face
from tests.nasfe_cam.stand_ins import face_at

FPS = 30


def frame(index: int) -> Frame:
    return Frame(np.zeros((480, 640, 3), np.uint8), 100 + index / FPS, index)


def presences(follower: FaceFollower, faces: list[Face], start: int, count: int) -> list[float]:
    followed = [follower.follow(frame(start + i), faces) for i in range(count)]
    return [0.0 if face is None else face.presence for face in followed]


def centre(face: FollowedFace | None) -> float:
    assert face is not None
    return float(face.landmarks[:, 0].mean())


def test_restoration_fades_in_and_out_over_the_fade_time() -> None:
    follower = FaceFollower(TrackingSettings(fade_seconds=0.2))
    follower.follow(frame(0), [])
    coming = presences(follower, [face_at(200, 100, 200)], 1, 10)
    going = presences(follower, [], 11, 10)
    for steps in (np.diff([0, *coming]), -np.diff([1, *going])):
        assert (steps >= -1e-6).all() and steps.max() <= 1 / (0.2 * FPS) + 1e-6
    assert coming[-1] == 1 and going[-1] == 0


def test_a_turned_face_fades_out() -> None:
    follower = FaceFollower(TrackingSettings())
    face = face_at(200, 100, 200)
    presences(follower, [face], 0, 20)
    assert presences(follower, [replace(face, turn=0.9)], 20, 20)[-1] == 0


def test_a_face_half_out_of_the_picture_is_restored_less() -> None:
    follower = FaceFollower(TrackingSettings())
    assert 0 < presences(follower, [face_at(-92, 100, 200)], 0, 30)[-1] < 1


def test_the_largest_face_is_taken_and_kept() -> None:
    follower = FaceFollower(TrackingSettings())
    small, large = face_at(0, 0, 100), face_at(300, 100, 200)
    follower.follow(frame(0), [])
    assert abs(centre(follower.follow(frame(1), [small, large])) - 400) < 30
    larger_now = face_at(0, 0, 220)
    for i in range(2, 30):
        kept = follower.follow(frame(i), [larger_now, large])
    assert abs(centre(kept) - 400) < 30


def test_another_face_waits_until_the_one_before_has_faded_out() -> None:
    follower = FaceFollower(TrackingSettings(fade_seconds=0.2))
    presences(follower, [face_at(0, 0, 150)], 0, 20)
    seen = [follower.follow(frame(20 + i), [face_at(400, 200, 200)]) for i in range(30)]
    jump = next(i for i, face in enumerate(seen) if face is not None and centre(face) > 300)
    before = [face for face in seen[:jump] if face is not None]
    after = seen[jump]
    assert after is not None and after.presence < 0.25
    assert before[0].presence > 0.75 and before[-1].presence < 0.25
    assert {face.person for face in before} == {after.person - 1}


def test_a_preferred_face_is_taken_though_it_is_smaller() -> None:
    follower = FaceFollower(TrackingSettings())
    small, large = face_at(0, 0, 100), face_at(300, 100, 200)
    follower.prefer(small.centre)
    for i in range(20):
        face = follower.follow(frame(i), [large, small])
    assert centre(face) < 100
