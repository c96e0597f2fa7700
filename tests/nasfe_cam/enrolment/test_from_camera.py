"""A whole guided enrolment, with real faces in front of a stand-in for the camera."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from nasfe_cam.core.errors import EnrolmentCancelled, ProfileNameRefused
from nasfe_cam.core.frame import Frame, Image
from nasfe_cam.core.photo_errors import NoPhotoAccepted, SeveralPeople
from nasfe_cam.enrolment.examine import examine
from nasfe_cam.enrolment.from_camera import enrol_from_camera
from nasfe_cam.enrolment.networks import EnrolmentNetworks
from nasfe_cam.enrolment.photos import read_photo
from nasfe_cam.enrolment.webcam_steps import Instruction, WebcamSteps
from nasfe_cam.faces.recogniser import cosine
from nasfe_cam.sources.base import SourceDescription

pytestmark = pytest.mark.shared
PERIOD = 0.25


class Webcam:
    """Delivers pictures four times a second, in its own time."""

    def __init__(self, pictures: Sequence[Image]) -> None:
        self._pictures = list(pictures)
        self.read_so_far = 0

    def describe(self) -> SourceDescription:
        return SourceDescription("webcam", 1, 1, 1 / PERIOD, live=True)

    def read(self) -> Frame | None:
        if self.read_so_far == len(self._pictures):
            return None
        number = self.read_so_far
        self.read_so_far += 1
        return Frame(self._pictures[number], 10 + number * PERIOD, number)

    def close(self) -> None:
        raise AssertionError("it belongs to somebody else")


def soft(image: Image) -> Image:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), 1.5), np.uint8)


@pytest.fixture(scope="module")
def poses(shared_data: Path) -> dict[str, Image]:
    """One person who looks straight with a smile, to the left and to the right."""
    folder = shared_data / "enrol" / "clip_obama_speaking"
    files = {"straight": "01.jpg", "left": "00.jpg", "right": "02.jpg"}
    return {pose: read_photo(folder / name) for pose, name in files.items()}


def watch(_: WebcamSteps, __: Frame) -> None:
    pass


def test_a_person_who_follows_is_enrolled_from_the_sharpest_frames(
    poses: dict[str, Image], networks: EnrolmentNetworks
) -> None:
    empty = np.full((480, 640, 3), 90, np.uint8)
    pictures = [empty] * 2
    for pose in ("straight", "left", "right"):
        pictures += [soft(poses[pose]), poses[pose], *[soft(poses[pose])] * 4]
    told: list[Instruction] = []

    enrolment = enrol_from_camera(
        "Ada",
        Webcam(pictures),
        networks,
        lambda state, _: told.append(state.instruction),
        keep_photos=True,
    )

    assert [path.name for path in enrolment.accepted] == ["straight", "left", "right"]
    for path, photo in zip(enrolment.accepted, enrolment.profile.photos, strict=True):
        assert photo.quality == examine(poses[path.name], networks).quality
    assert enrolment.profile.can_be_rebuilt
    assert {Instruction.TURN_LEFT, Instruction.TURN_RIGHT} <= set(told)
    alone = examine(poses["straight"], networks).embedding
    assert cosine(enrolment.profile.embedding, alone) > 0.8


def test_cancelling_ends_at_once_and_keeps_nothing(
    poses: dict[str, Image], networks: EnrolmentNetworks
) -> None:
    camera = Webcam([poses["straight"]] * 100)
    with pytest.raises(EnrolmentCancelled):
        enrol_from_camera("Ada", camera, networks, watch, lambda: camera.read_so_far == 3)
    assert camera.read_so_far == 3


def test_where_nothing_can_be_used_the_last_trouble_is_said(
    poses: dict[str, Image], networks: EnrolmentNetworks
) -> None:
    night = np.asarray(poses["straight"] * 0.12, np.uint8)
    with pytest.raises(NoPhotoAccepted, match="too dark"):
        enrol_from_camera("Ada", Webcam([night] * 5), networks, watch)


def test_a_stranger_who_sits_down_in_between_is_noticed(
    poses: dict[str, Image], networks: EnrolmentNetworks, shared_data: Path
) -> None:
    stranger = read_photo(shared_data / "enrol" / "celeba_wild_c07270" / "05.jpg")
    other_side = np.ascontiguousarray(stranger[:, ::-1])
    with pytest.raises(SeveralPeople):
        pictures = [poses["straight"]] * 6 + [other_side] * 6
        enrol_from_camera("Ada", Webcam(pictures), networks, watch)


def test_a_refused_name_is_told_before_the_camera_is_read(
    poses: dict[str, Image], networks: EnrolmentNetworks
) -> None:
    camera = Webcam([poses["straight"]])
    with pytest.raises(ProfileNameRefused):
        enrol_from_camera("a/b", camera, networks, watch)
    assert camera.read_so_far == 0
