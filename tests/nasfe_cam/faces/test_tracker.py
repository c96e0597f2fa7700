"""Faces are found, followed from frame to frame, lost and found again; with the real networks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import cv2
import numpy as np
import pytest

from engine.errors import ModelFileDamaged
from engine.precision import Precision
from nasfe_cam.config.shipped_models import ModelFile, find_model
from nasfe_cam.core.frame import FloatArray, Frame, Image
from nasfe_cam.faces.landmark_network import LEFT_EYE, RIGHT_EYE
from nasfe_cam.faces.mediapipe_runtime import BaseOptions, mediapipe, vision
from nasfe_cam.faces.tracker import LOOK_SECONDS, Face, FaceTracker, parts_of
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from nasfe_cam.sources.bad_webcam import BadWebcam
from nasfe_cam.sources.video import VideoSource

Play = Callable[..., list[Sequence[Face]]]


@pytest.fixture(scope="module")
def clip() -> list[Image]:
    """The first 24 frames of the bundled clip: 720 x 1280 x 3."""
    source = VideoSource(BUNDLED_CLIP, paced=False)
    frames = [source.read() for _ in range(24)]
    source.close()
    return [frame.image for frame in frames if frame is not None]


@pytest.fixture
def play() -> Iterator[Play]:
    """Track pictures at 30 per second with a new tracker; a list of faces for each."""
    trackers: list[FaceTracker] = []

    def track(images: Sequence[Image], maximum_faces: int = 1) -> list[Sequence[Face]]:
        tracker = FaceTracker(
            find_model("face_landmarker.task"),
            find_model("face_landmarks.onnx"),
            maximum_faces,
            Precision.F32,
        )
        trackers.append(tracker)
        return [tracker.track(Frame(image, i / 30, i)) for i, image in enumerate(images)]

    yield track
    for tracker in trackers:
        tracker.close()


def eyes_apart(face: Face) -> float:
    return float(np.linalg.norm(face.landmarks[LEFT_EYE] - face.landmarks[RIGHT_EYE]))


def by_mediapipe(image: Image) -> FloatArray:
    """The mesh of MediaPipe's own graph: 478 x 2, pixels."""
    options = vision.FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(find_model("face_landmarker.task").path))
    )
    with vision.FaceLandmarker.create_from_options(options) as landmarker:
        rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
        result = landmarker.detect(
            mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)
        )
    points = np.array([(p.x, p.y) for p in result.face_landmarks[0]], np.float32)
    return points * np.float32(image.shape[1::-1])


def test_the_mesh_is_the_one_of_mediapipes_graph(play: Play, clip: list[Image]) -> None:
    (face,) = play(clip[:1])[0]
    error = np.linalg.norm(face.landmarks - by_mediapipe(clip[0]), axis=1)
    assert error.mean() < 0.01 * eyes_apart(face)


def test_a_face_is_followed_through_the_clip(play: Play, clip: list[Image]) -> None:
    for image, faces in list(zip(clip, play(clip), strict=True))[::6]:
        (face,) = faces
        error = np.linalg.norm(face.landmarks - by_mediapipe(image), axis=1)
        # The region comes from the frame before instead of the detector.
        assert error.mean() < 0.03 * eyes_apart(face)


def test_a_followed_face_is_steadier_than_one_that_is_found_anew(
    play: Play, clip: list[Image]
) -> None:
    """In the noise of a room at night, before a camera that does not move."""
    random = np.random.default_rng(1)
    noisy = [
        np.clip(clip[0] + random.normal(0, 20, clip[0].shape), 0, 255).astype(np.uint8)
        for _ in range(8)
    ]
    followed = [faces[0].landmarks for faces in play(noisy)]
    found_anew = [play([image])[0][0].landmarks for image in noisy]
    assert jitter(followed[1:]) < 0.8 * jitter(found_anew[1:])


def jitter(meshes: Sequence[FloatArray]) -> float:
    """Root mean square of how far the landmarks are from where they are on average; pixels."""
    return float(np.sqrt(np.var(np.stack(meshes), axis=0).sum(-1).mean()))


def test_two_people_are_both_followed(play: Play, clip: list[Image]) -> None:
    half = [np.ascontiguousarray(image[:, 320:960]) for image in clip]
    couple = [np.hstack([image, image[:, ::-1]]) for image in half]
    for faces in play(couple, maximum_faces=4):
        left, right = sorted(faces, key=lambda face: float(face.centre[0]))
        assert left.centre[0] < 640 < right.centre[0]
    assert all(len(faces) == 1 for faces in play(couple, maximum_faces=1))


def test_who_comes_in_is_seen_at_the_next_look(play: Play, clip: list[Image]) -> None:
    half = [np.ascontiguousarray(image[:, 320:960]) for image in clip]
    alone = [np.hstack([image, np.full_like(image, 90)]) for image in half]
    couple = [np.hstack([image, image[:, ::-1]]) for image in half]
    counts = [len(faces) for faces in play(alone[:4] + couple, maximum_faces=2)]
    assert set(counts[:4]) == {1}
    frames_to_next_look = round(LOOK_SECONDS * 30)
    assert set(counts[frames_to_next_look + 1 :]) == {2}


def test_a_face_that_leaves_is_lost_and_found_again_elsewhere(
    play: Play, clip: list[Image]
) -> None:
    empty = np.full_like(clip[0], 90)
    moved = [np.roll(image, -250, axis=1) for image in clip[6:12]]
    counts = [len(faces) for faces in play([*clip[:6], empty, empty, *moved])]
    assert counts == [1] * 6 + [0] * 2 + [1] * 6


def test_a_dark_frame_is_brightened_for_the_networks_too(play: Play, clip: list[Image]) -> None:
    source = VideoSource(BUNDLED_CLIP, paced=False)
    webcam = BadWebcam(source, 1.0)
    dark = [webcam.degrade(image) for image in clip]
    source.close()
    found = play(dark)
    assert dark[0].mean() < 30 and all(len(faces) == 1 for faces in found)
    truth = by_mediapipe(clip[-1])
    error = np.linalg.norm(found[-1][0].landmarks - truth, axis=1).mean()
    assert error < 0.1 * float(np.linalg.norm(truth[LEFT_EYE] - truth[RIGHT_EYE]))


def test_a_bundle_without_its_detector_is_said_to_be_damaged() -> None:
    other = find_model("face_landmarks.onnx")
    with pytest.raises(ModelFileDamaged, match=r"face_landmarks\.onnx.*face_detector"):
        FaceTracker(ModelFile(other.path, other.sha256), other)


@pytest.mark.parametrize("outline", [160, 120, 90])
def test_a_face_far_away_is_found_within_a_second_or_two(
    clip: list[Image], play: Play, outline: int
) -> None:
    """In a picture of 1280 x 720, off the middle; the detector alone sees 13 of its pixels."""
    (face,) = play([clip[0]])[0]
    landmarks = face.landmarks
    left, top = np.maximum(landmarks.min(axis=0) - 60, 0).astype(int)
    right, bottom = (landmarks.max(axis=0) + 60).astype(int)
    scale = outline / float(np.ptp(landmarks[:, 1]))
    person = cv2.resize(
        clip[0][top:bottom, left:right], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA
    )
    far = np.full((720, 1280, 3), 120, np.uint8)
    far[300 : 300 + person.shape[0], 800 : 800 + person.shape[1]] = person
    found = play([far] * 40)
    assert found[-1], "never found"
    assert np.ptp(found[-1][0].landmarks[:, 1]) == pytest.approx(outline, rel=0.15)


def test_every_place_of_the_picture_is_looked_at() -> None:
    for width, height in ((1280, 720), (640, 480), (720, 1280), (1920, 1080)):
        seen = np.zeros((height, width), bool)
        for left, top, side in parts_of(width, height):
            assert left >= 0 and top >= 0
            assert left + side <= width and top + side <= height
            seen[top : top + side, left : left + side] = True
        assert seen.all()
    assert parts_of(240, 240) == []
