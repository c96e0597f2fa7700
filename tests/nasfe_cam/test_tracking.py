"""Faces are found, followed from frame to frame, lost and found again; with the real networks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import cv2
import numpy as np
import pytest

from engine import Precision
from engine.errors import ModelFileDamaged
from nasfe_cam.benchmarking import BUNDLED_CLIP
from nasfe_cam.frame import FloatArray, Frame, Image
from nasfe_cam.landmarks import LEFT_EYE, RIGHT_EYE
from nasfe_cam.mediapipe_runtime import BaseOptions, mediapipe, vision
from nasfe_cam.models import ModelFile, find_model
from nasfe_cam.sources.bad_webcam import BadWebcam
from nasfe_cam.sources.video import VideoSource
from nasfe_cam.tracking import LOOK_SECONDS, Face, FaceTracker

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


def test_a_following_face_is_steadier_than_one_that_is_found_anew(
    play: Play, clip: list[Image]
) -> None:
    """On a picture that does not move, the landmarks come to rest."""
    centres = [faces[0].landmarks.mean(0) for faces in play([clip[0]] * 12)]
    assert np.linalg.norm(centres[-1] - centres[-2]) < 0.05


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
