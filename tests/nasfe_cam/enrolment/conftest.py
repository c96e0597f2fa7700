"""The real face finder and recogniser, and a stand-in for the network that makes features."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest

from nasfe_cam.config.shipped_models import MODELS, ModelFile
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.enrolment.networks import EnrolmentNetworks
from nasfe_cam.faces.recogniser import RECOGNISER_FILE, Recogniser, unit
from nasfe_cam.faces.still_detector import StillDetector
from nasfe_cam.profiles.profile import Profile
from nasfe_cam.profiles.store import ProfileStore, profiles_folder
from tests.user_folders import move_user_folders

Photos = Callable[[str, int], list[Path]]


class MixedPixels:
    """256 fixed mixtures of the crop's pixels; remembers what it gave."""

    size = 256

    def __init__(self) -> None:
        self._mixture = np.random.default_rng(0).normal(size=(256, 3)).astype(np.float32)
        self.given: list[FloatArray] = []

    def features(self, crop: Image) -> FloatArray:
        small = cv2.resize(crop, (32, 32), interpolation=cv2.INTER_AREA).astype(np.float32)
        given: FloatArray = np.einsum("fc,hwc->fhw", self._mixture, small).astype(np.float32)
        self.given.append(given)
        return given

    def close(self) -> None:
        pass


@pytest.fixture(scope="session")
def recogniser_file() -> ModelFile:
    return _shipped(RECOGNISER_FILE)


@pytest.fixture(scope="session")
def finder() -> Iterator[StillDetector]:
    finder = StillDetector(_shipped("face_landmarker.task"))
    yield finder
    finder.close()


@pytest.fixture(scope="session")
def recogniser(recogniser_file: ModelFile) -> Iterator[Recogniser]:
    recogniser = Recogniser(recogniser_file)
    yield recogniser
    recogniser.close()


@pytest.fixture
def networks(finder: StillDetector, recogniser: Recogniser) -> EnrolmentNetworks:
    return EnrolmentNetworks(finder, MixedPixels(), "e" * 64, recogniser)


@pytest.fixture
def photos_of(shared_data: Path) -> Photos:
    """The first photos of a person in `../shared/data/enrol`."""
    return lambda person, count: sorted((shared_data / "enrol" / person).glob("*.jpg"))[:count]


@pytest.fixture
def profile() -> Profile:
    random = np.random.default_rng(1)
    return Profile(
        name="Zoë A.",
        created=datetime(2026, 11, 21, 8, 30, tzinfo=UTC),
        identity=random.normal(size=(256, 32, 32)).astype(np.float16).astype(np.float32),
        embedding=unit(random.normal(size=128).astype(np.float32)),
        extractor_sha256="e" * 64,
        photo_count=3,
    )


@pytest.fixture
def store(tmp_path: Path) -> ProfileStore:
    return ProfileStore(tmp_path / "data" / "profiles")


@pytest.fixture
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ProfileStore:
    """Where the commands keep profiles: never those of whoever runs the tests."""
    move_user_folders(monkeypatch, tmp_path)
    assert profiles_folder().is_relative_to(tmp_path)
    return ProfileStore(profiles_folder())


@pytest.fixture
def side_by_side() -> Callable[[Image, Image], Image]:
    """Two pictures beside each other at a height of 480."""

    def compose(left: Image, right: Image) -> Image:
        scaled = [
            cv2.resize(image, (round(image.shape[1] * 480 / image.shape[0]), 480))
            for image in (left, right)
        ]
        return np.asarray(np.hstack(scaled), np.uint8)

    return compose


def _shipped(name: str) -> ModelFile:
    path = MODELS / name
    return ModelFile(path, hashlib.sha256(path.read_bytes()).hexdigest())
