"""Which enrolled photo guides the network: the nearest, for a while, and never with a pop."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import cv2
import numpy as np
import pytest

from engine.precision import Precision
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.core.errors import ProfileCopiesUnusable
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.alignment import crop_transform, warp_crop
from nasfe_cam.faces.expression import expression_of, unlikeness
from nasfe_cam.faces.landmark_network import LandmarkNetwork
from nasfe_cam.faces.still_detector import StillDetector
from nasfe_cam.faces.warp import WarpTarget, warp_mixed
from nasfe_cam.image_io.crop_png import encode_copy
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from nasfe_cam.profiles.photo_quality import PhotoQuality
from nasfe_cam.profiles.profile import EnrolledPhoto, Profile
from nasfe_cam.restoration.photo_guides import (
    FADE_SECONDS,
    PATIENCE_SECONDS,
    GuideChoice,
    GuidePhoto,
    guide_photos,
)
from nasfe_cam.sources.video import VideoSource
from tests.nasfe_cam.faces.landmarks import frontal_face

SIDE = 64
UPPER_LIP, LOWER_LIP = 13, 14


def speaking(landmarks: FloatArray, opening: float) -> FloatArray:
    opened = landmarks.copy()
    opened[UPPER_LIP] = (0.5, 0.72)
    opened[LOWER_LIP] = (0.5, 0.72 + opening)
    opened[[61, 291]] = (0.4, 0.74), (0.6, 0.74)
    return opened


def photo(opening: float, grey: int) -> GuidePhoto:
    landmarks = speaking(frontal_face(), opening)
    picture = np.full((SIDE, SIDE, 4), grey, np.uint8)
    picture[..., 3] = 255
    return GuidePhoto(picture, landmarks, expression_of(landmarks))


SHUT, OPEN = photo(0.0, 160), photo(0.1, 224)
# In the levels of normalised photos: (160 - 128) / 32 and (224 - 128) / 32.
SHUT_LEVEL, OPEN_LEVEL = 1.0, 3.0


def level(choice: GuideChoice, opening: float, time: float) -> float:
    """What the network is shown in the middle of the face."""
    now = speaking(frontal_face(), opening)
    out = np.empty((4, SIDE, SIDE), np.float32)
    warp_mixed(choice.choose(WarpTarget(now), now, time), SIDE, out)
    return float(out[0, SIDE // 2, SIDE // 2])


def test_the_photo_nearest_in_expression_is_shown() -> None:
    assert level(GuideChoice([SHUT, OPEN]), 0.01, 0.0) == pytest.approx(SHUT_LEVEL, abs=0.05)
    assert level(GuideChoice([SHUT, OPEN]), 0.09, 0.0) == pytest.approx(OPEN_LEVEL, abs=0.05)


def test_one_gives_way_to_another_gently_and_only_after_a_while() -> None:
    choice = GuideChoice([SHUT, OPEN])
    levels = [level(choice, 0.01, 0.0)]
    step = 1 / 30
    frames = round((PATIENCE_SECONDS + FADE_SECONDS) / step) + 4
    levels += [level(choice, 0.1, step * number) for number in range(1, frames)]
    changes = np.diff(levels)
    assert levels[-1] == pytest.approx(OPEN_LEVEL, abs=0.05)
    assert changes.min() > -0.01 and changes.max() < 0.35
    assert np.abs(changes[: int(PATIENCE_SECONDS / step) - 1]).max() < 0.01


def test_a_word_does_not_change_the_photo() -> None:
    choice = GuideChoice([SHUT, OPEN])
    opening = [0.0, 0.0, 0.1, 0.1, 0.1, 0.0, 0.0, 0.1, 0.1, 0.0]
    shown = [level(choice, wide, number / 30) for number, wide in enumerate(opening)]
    assert shown == pytest.approx([SHUT_LEVEL] * len(opening), abs=0.05)


@pytest.mark.parametrize("wrong", [np.nan, np.inf, 40.0])
def test_landmarks_that_are_no_face_show_nothing(wrong: float) -> None:
    now = np.full((478, 2), wrong, np.float32)
    assert GuideChoice([SHUT]).choose(WarpTarget(now), now, 0.0) == []


def test_nobody_is_shown_no_photo() -> None:
    assert level(GuideChoice(), 0.0, 0.0) == 0


def test_an_open_mouth_is_unlike_a_shut_one_and_a_face_like_itself() -> None:
    assert unlikeness(SHUT.expression, SHUT.expression) == 0
    assert unlikeness(SHUT.expression, OPEN.expression) > 1


@pytest.fixture(scope="module")
def mesh() -> LandmarkNetwork:
    return LandmarkNetwork(find_model("face_landmarks.onnx"), Precision.F32)


@pytest.fixture(scope="module")
def crop() -> Image:
    source = VideoSource(BUNDLED_CLIP, paced=False)
    frame = source.read()
    source.close()
    assert frame is not None
    finder = StillDetector(find_model("face_landmarker.task"))
    (face,) = finder.find(frame.image)
    finder.close()
    return warp_crop(frame.image, crop_transform(face.landmarks, 256), 256)


def profile(*copies: bytes | None) -> Profile:
    quality = PhotoQuality(**dict.fromkeys(PhotoQuality.__dataclass_fields__, 1))
    return Profile(
        name="Ada",
        created=datetime(2026, 1, 1, tzinfo=UTC),
        identity=np.zeros((256, 32, 32), np.float32),
        embedding=np.eye(128, dtype=np.float32)[0],
        extractor_sha256="",
        photo_count=len(copies),
        photos=tuple(EnrolledPhoto(quality, copy) for copy in copies),
    )


def test_the_copies_of_a_profile_guide(mesh: LandmarkNetwork, crop: Image) -> None:
    small = np.asarray(cv2.resize(crop, (128, 128), interpolation=cv2.INTER_AREA), np.uint8)
    guides = list(guide_photos(profile(encode_copy(crop), None, encode_copy(small)), mesh, 256))
    assert len(guides) == 2
    assert np.abs(guides[0].landmarks - guides[1].landmarks).mean() < 0.01
    face = guides[0].picture[110:190, 90:166, :3].astype(np.float32)
    # Light and contrast are taken out.
    assert abs(float(face.mean()) - 128) < 20 and 15 < float(face.std()) < 50


def test_one_photo_is_made_ready_at_a_time(mesh: LandmarkNetwork, crop: Image) -> None:
    """Ten of them take longer than a frame may."""

    class Counted:
        finds = 0

        def find(self, *arguments: Any) -> Any:
            self.finds += 1
            return mesh.find(*arguments)

    counted: Any = Counted()
    copy = encode_copy(crop)
    guides = guide_photos(profile(copy, copy, copy), counted, 256)
    next(guides)
    after_one = counted.finds
    assert after_one > 0
    assert len(list(guides)) == 2 and counted.finds == 3 * after_one


def test_a_photo_that_comes_later_is_chosen_from_too() -> None:
    choice = GuideChoice([SHUT])
    assert level(choice, 0.09, 0.0) == pytest.approx(SHUT_LEVEL, abs=0.05)
    choice.add(OPEN)
    for time in (0.1, 0.5, 1.0):
        shown = level(choice, 0.09, time)
    assert shown == pytest.approx(OPEN_LEVEL, abs=0.05)


def test_damaged_copies_are_left_out(mesh: LandmarkNetwork, crop: Image) -> None:
    whole = encode_copy(crop)
    assert len(list(guide_photos(profile(whole[: len(whole) // 2], whole), mesh, 256))) == 1


def test_a_profile_whose_copies_show_no_face_says_so(mesh: LandmarkNetwork) -> None:
    grey = encode_copy(np.full((256, 256, 3), 90, np.uint8))
    with pytest.raises(ProfileCopiesUnusable, match="Ada"):
        next(guide_photos(profile(grey, b"no picture"), mesh, 256))


def test_a_profile_without_copies_guides_with_nothing(mesh: LandmarkNetwork) -> None:
    assert list(guide_photos(profile(None, None), mesh, 256)) == []
