"""Auto-framing on a real clip: a person who walks through a wide picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np
import pytest

from nasfe_cam.config.settings import Settings, TrackingSettings
from nasfe_cam.core.frame import FloatArray, Frame, Image
from nasfe_cam.faces.follower import FaceFollower, FollowedFace
from nasfe_cam.faces.tracker import FACE_OVAL, FaceTracker
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from nasfe_cam.pipeline.framing import HOLD_SECONDS, LARGEST_ZOOM, AutoFraming, View, crop
from nasfe_cam.restoration.face_networks import face_networks
from nasfe_cam.sources.video import VideoSource

WIDTH, HEIGHT, PERIOD = 640, 360, 1 / 30
FRAMES = 120
# Shares of the picture a frame; the person walks 0.01. More is seen as a jump, and so is
# a change of speed.
LARGEST_STEP, LARGEST_JERK = 0.02, 0.006


@pytest.fixture(scope="module")
def walk() -> list[tuple[Frame, FollowedFace | None]]:
    """The bundled person, half as large, stands on the left, walks to the right, and stands."""
    video = VideoSource(BUNDLED_CLIP, paced=False)
    tracker = face_networks(Settings()).tracker()
    follower = FaceFollower(TrackingSettings())
    try:
        return [(frame, _followed(frame, tracker, follower)) for frame in _walking(video)]
    finally:
        video.close()
        tracker.close()


def _walking(video: VideoSource) -> Iterator[Frame]:
    size = (WIDTH * 6 // 10, HEIGHT * 6 // 10)
    for index in range(FRAMES):
        clean = video.read()
        assert clean is not None
        person = cv2.resize(clean.image, size, interpolation=cv2.INTER_AREA)
        left = round((WIDTH - size[0]) * float(np.clip((index - 40) / 40, 0, 1)))
        room = np.full((HEIGHT, WIDTH, 3), person[0, 0], np.uint8)
        room[-size[1] :, left : left + size[0]] = person
        yield Frame(room, index * PERIOD, index)


def _followed(frame: Frame, tracker: FaceTracker, follower: FaceFollower) -> FollowedFace | None:
    return follower.follow(frame, tracker.track(frame))


def corners(view: View | None) -> FloatArray:
    """Left, top, right and bottom of a view, as shares of the picture."""
    if view is None:
        return np.array([0, 0, 1, 1], np.float32)
    left, top = view.left / WIDTH, view.top / HEIGHT
    return np.array([left, top, left + 1 / view.zoom, top + 1 / view.zoom], np.float32)


def centre_in(view: View | None, face: FollowedFace) -> FloatArray:
    """Where the face is in the shown picture, as shares of it."""
    outline = face.landmarks[FACE_OVAL]
    middle = (outline.min(0) + outline.max(0)) / 2 / (WIDTH, HEIGHT)
    left, top, right, bottom = corners(view)
    return np.asarray((middle - (left, top)) / (right - left, bottom - top), np.float32)


def test_it_brings_the_face_to_the_middle_and_keeps_it_there(
    walk: list[tuple[Frame, FollowedFace | None]],
) -> None:
    framing = AutoFraming(on=True)
    views = [framing.look(frame, face) for frame, face in walk]
    for place in (38, FRAMES - 1):
        face, view = walk[place][1], views[place]
        assert face is not None and view is not None
        across, down = centre_in(view, face)
        assert abs(across - 0.5) < 0.12 and 0.3 < down < 0.6, (place, across, down)
        assert 1.2 < view.zoom <= LARGEST_ZOOM
    unframed = centre_in(None, walk[38][1])  # type: ignore[arg-type]
    assert abs(unframed[0] - 0.5) > 0.15, "without it the face would be at the side"


def test_it_never_leaves_the_picture_and_never_jumps(
    walk: list[tuple[Frame, FollowedFace | None]],
) -> None:
    framing = AutoFraming()
    shown = []
    for index, (frame, face) in enumerate(walk):
        framing.on = 5 <= index < 100
        shown.append(corners(framing.look(frame, None if 70 <= index < 75 else face)))
    seen = np.array(shown)
    assert seen.min() >= 0 and seen.max() <= 1 + 1e-6
    steps = np.diff(seen, axis=0)
    assert np.abs(steps).max() < LARGEST_STEP
    assert np.abs(np.diff(steps, axis=0)).max() < LARGEST_JERK


def test_small_movements_do_not_move_the_view(
    walk: list[tuple[Frame, FollowedFace | None]],
) -> None:
    framing = AutoFraming(on=True)
    frame, face = walk[20]
    assert face is not None
    for index in range(150):
        framing.look(replace(frame, captured_at=index * PERIOD), face)
    before = corners(framing.look(replace(frame, captured_at=5.0), face))
    nodding = replace(face, landmarks=face.landmarks + np.float32((6, 4)))
    after = corners(framing.look(replace(frame, captured_at=5.1), nodding))
    assert np.abs(after - before).max() < 1e-3


def test_without_a_face_it_waits_and_then_shows_everything(
    walk: list[tuple[Frame, FollowedFace | None]],
) -> None:
    framing = AutoFraming(on=True)
    for frame, face in walk[:40]:
        close = framing.look(frame, face)
    assert close is not None
    frame, now = walk[39][0], 40 * PERIOD
    still = framing.look(replace(frame, captured_at=now + HOLD_SECONDS - 0.2), None)
    assert still is not None and still.zoom == pytest.approx(close.zoom, rel=0.1)
    view: View | None = still
    for index in range(200):
        view = framing.look(replace(frame, captured_at=now + HOLD_SECONDS + index * PERIOD), None)
    assert view is None


def test_the_shown_picture_is_the_part_of_the_frame_at_its_own_size(
    walk: list[tuple[Frame, FollowedFace | None]],
) -> None:
    frame = walk[20][0]
    assert crop(frame, None) is frame
    part = crop(frame, View(left=160.0, top=90.0, zoom=2.0))
    assert part.image.shape == frame.image.shape and part.captured_at == frame.captured_at
    expected: Image = np.asarray(
        cv2.resize(frame.image[90:270, 160:480], (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR),
        np.uint8,
    )
    inner = (slice(4, -4), slice(4, -4))
    difference = cv2.absdiff(part.image[inner], expected[inner])
    assert difference.mean() < 0.2 and difference.max() <= 4


@pytest.mark.parametrize("value", [np.nan, np.inf, -1e9, 1e9])
def test_landmarks_that_cannot_be_leave_a_view_inside_the_picture(
    walk: list[tuple[Frame, FollowedFace | None]], value: float
) -> None:
    framing = AutoFraming(on=True)
    seen_faces = [(frame, face) for frame, face in walk[:60] if face is not None]
    assert len(seen_faces) > 50
    for index, (frame, face) in enumerate(seen_faces):
        odd = replace(face, landmarks=np.full_like(face.landmarks, value))
        seen = corners(framing.look(frame, odd if 30 <= index < 35 else face))
        assert np.isfinite(seen).all() and seen.min() >= 0 and seen.max() <= 1 + 1e-6


def test_off_it_touches_no_frame(walk: list[tuple[Frame, FollowedFace | None]]) -> None:
    framing = AutoFraming()
    assert all(framing.look(frame, face) is None for frame, face in walk)
