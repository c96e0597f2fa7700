"""The bundled clip is what demo, self-test and benchmark take it for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

import nasfe_cam
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.mediapipe_runtime import BaseOptions, mediapipe, vision

ASSETS = Path(nasfe_cam.__file__).parent / "assets"
CLIP = ASSETS / "clips" / "portrait.mp4"
REFERENCES = sorted((ASSETS / "clips").glob("reference_*.jpg"))
MODEL = ASSETS / "models" / "face_landmarker.task"

WIDTH, HEIGHT, FRAMES_PER_SECOND, FRAME_COUNT = 1280, 720, 30, 180
SAMPLED_EVERY = 2
"""Short enough to meet every blink, which lasts about ten frames."""

NOSE, UPPER_LIP, LOWER_LIP = 1, 13, 14
UPPER_LID, LOWER_LID, EYE_CORNERS = 159, 145, (33, 133)


@pytest.fixture(scope="module")
def frames() -> Sequence[Image]:
    with av.open(str(CLIP)) as container:
        return [
            frame.to_ndarray(format="bgr24").astype(np.uint8) for frame in container.decode(video=0)
        ]


@pytest.fixture(scope="module")
def meshes(frames: Sequence[Image]) -> FloatArray:
    """Mesh of every sampled frame: n x 478 x 2, pixels; NaN where no face was found."""
    options = vision.FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(MODEL)),
        running_mode=vision.RunningMode.VIDEO,
    )
    found = []
    with vision.FaceLandmarker.create_from_options(options) as landmarker:
        for number in range(0, len(frames), SAMPLED_EVERY):
            result = landmarker.detect_for_video(
                _for_mediapipe(frames[number]), number * 1000 // FRAMES_PER_SECOND
            )
            found.append(_mesh(result.face_landmarks))
    return np.stack(found)


@pytest.fixture(scope="module")
def still_landmarker() -> Iterator[vision.FaceLandmarker]:
    options = vision.FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(MODEL)),
        running_mode=vision.RunningMode.IMAGE,
    )
    with vision.FaceLandmarker.create_from_options(options) as landmarker:
        yield landmarker


def _for_mediapipe(image: Image) -> mediapipe.Image:
    rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
    return mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)


def _mesh(faces: Sequence[Sequence[object]]) -> FloatArray:
    if not faces:
        return np.full((478, 2), np.nan, np.float32)
    shares = np.array([(p.x, p.y) for p in faces[0]], np.float32)  # type: ignore[attr-defined]
    mesh: FloatArray = shares * np.array([WIDTH, HEIGHT], np.float32)
    return mesh


def _eye_opening(meshes: FloatArray) -> NDArray[np.float32]:
    """Height over width of one eye for every mesh."""
    height = np.linalg.norm(meshes[:, UPPER_LID] - meshes[:, LOWER_LID], axis=-1)
    width = np.linalg.norm(meshes[:, EYE_CORNERS[0]] - meshes[:, EYE_CORNERS[1]], axis=-1)
    opening: NDArray[np.float32] = height / width
    return opening


def test_clip_has_the_stated_form() -> None:
    with av.open(str(CLIP)) as container:
        assert not container.streams.audio
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert (stream.width, stream.height) == (WIDTH, HEIGHT)
        assert stream.average_rate == FRAMES_PER_SECOND
        times = [frame.time for frame in container.decode(video=0)]
    assert np.allclose(times, np.arange(FRAME_COUNT) / FRAMES_PER_SECOND, atol=1e-3)


def test_clip_stays_small_enough_for_a_package() -> None:
    assert CLIP.stat().st_size <= 3_000_000


def test_every_sampled_frame_shows_a_face(meshes: FloatArray) -> None:
    assert not np.isnan(meshes).any()


def test_head_moves_enough_to_give_tracking_work(meshes: FloatArray) -> None:
    travel = np.ptp(meshes[:, NOSE], axis=0)
    assert travel[0] > 20
    assert travel[1] > 8


def test_eyes_blink_and_open_again(meshes: FloatArray) -> None:
    opening = _eye_opening(meshes)
    usual = float(np.median(opening))
    shut = opening < 0.65 * usual
    blinks = int(np.count_nonzero(shut[1:] & ~shut[:-1]))
    assert blinks >= 2
    assert shut.mean() < 0.3


def test_mouth_opens_and_closes(meshes: FloatArray) -> None:
    gap = np.linalg.norm(meshes[:, UPPER_LIP] - meshes[:, LOWER_LIP], axis=-1)
    assert gap.max() > 6
    assert gap.min() < 2


def test_last_frame_flows_into_the_first(frames: Sequence[Image]) -> None:
    small = np.stack([cv2.resize(f, (320, 180), interpolation=cv2.INTER_AREA) for f in frames])
    values = small.astype(np.float32)
    steps = np.abs(np.diff(values, axis=0)).mean((1, 2, 3))
    wrap = np.abs(values[0] - values[-1]).mean()
    assert wrap <= 1.5 * steps.max()


def test_three_references_are_bundled() -> None:
    assert len(REFERENCES) == 3


@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.stem)
def test_reference_shows_one_face(path: Path, still_landmarker: vision.FaceLandmarker) -> None:
    photo = cv2.imread(str(path))
    assert photo is not None
    assert photo.shape == (512, 512, 3)
    assert len(still_landmarker.detect(_for_mediapipe(photo.astype(np.uint8))).face_landmarks) == 1


def test_origin_and_licence_are_stated() -> None:
    text = (ASSETS / "clips" / "LICENSE.md").read_text(encoding="utf-8")
    assert "CC0 1.0" in text
    for path in (CLIP, REFERENCES[0], REFERENCES[-1]):
        assert path.name in text
