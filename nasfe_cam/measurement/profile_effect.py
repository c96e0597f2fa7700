"""What the enrolled photos do: one of them made bad, and repaired without and with the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np

from nasfe_cam.config.settings import Settings
from nasfe_cam.config.shipped_models import find_model, models_folder
from nasfe_cam.core.frame import FloatArray, Frame, Image
from nasfe_cam.faces.crop_landmarks import landmarks_of_crop
from nasfe_cam.faces.landmark_network import LANDMARKS_FILE, LandmarkNetwork
from nasfe_cam.faces.recogniser import RECOGNISER_FILE, Recogniser, cosine
from nasfe_cam.image_io.crop_png import decode_copy
from nasfe_cam.profiles.profile import EnrolledPhoto, Profile
from nasfe_cam.restoration.face_networks import face_networks
from nasfe_cam.restoration.face_processor import FaceProcessor
from nasfe_cam.sources.bad_webcam import BadWebcam
from nasfe_cam.sources.base import SourceDescription

STRENGTH = 0.9
"""Of the simulated bad webcam."""

# The network remembers: what it shows at first is not what a meeting sees.
_FRAMES, _SECONDS = 8, 1 / 30
_SIDE = 512


@dataclass(frozen=True, slots=True, eq=False)
class ProfileEffect:
    """A photo of the person as a bad webcam sees it, repaired without and with their other photos.

    Attributes:
        bad, without, with_photos: 512 x 512 x 3 uint8 BGR.
        likenesses: SFace's cosine of these three to the photo as it was; 1 is the same face.
    """

    bad: Image
    without: Image
    with_photos: Image
    likenesses: tuple[float, float, float]

    @property
    def side_by_side(self) -> Image:
        """The three pictures in a row, 512 x 1536 x 3 uint8 BGR."""
        return np.hstack([self.bad, self.without, self.with_photos])


def profile_effect(
    profile: Profile, settings: Settings, proceed: Callable[[], None] = lambda: None
) -> ProfileEffect | None:
    """Show what a profile does, through the camera's own picture path.

    The photo that is made bad is the one of the best quality, and is left out of the profile
    meanwhile: what a photo does for itself proves nothing.

    Args:
        profile: keeps copies of its photos.
        settings: of the restoration.
        proceed: called before every frame; may raise to end it early.

    Returns:
        None where fewer than two copies are kept, or where the photo shows no face that is found.

    Raises:
        NasfeError: a network cannot be loaded, or a copy is damaged.
    """
    kept = [photo for photo in profile.photos if photo.copy is not None]
    if len(kept) < 2:
        return None
    shown = max(kept, key=lambda photo: photo.quality.score)
    others = tuple(photo for photo in kept if photo is not shown)
    still = _enlarged(shown)
    bad, without = _played(still, None, settings, proceed)
    _, with_photos = _played(still, replace(profile, photos=others), settings, proceed)
    likenesses = _likenesses(still, (bad, without, with_photos), settings)
    return None if likenesses is None else ProfileEffect(bad, without, with_photos, likenesses)


class _Still:
    """A camera before which nothing moves."""

    def __init__(self, image: Image) -> None:
        self._image = image
        self._index = 0

    def describe(self) -> SourceDescription:
        height, width = self._image.shape[:2]
        return SourceDescription("photo", width, height, 1 / _SECONDS, live=False)

    def read(self) -> Frame | None:
        self._index += 1
        return Frame(self._image, self._index * _SECONDS, self._index)

    def close(self) -> None:
        """There is nothing to free."""


def _played(
    still: Image, profile: Profile | None, settings: Settings, proceed: Callable[[], None]
) -> tuple[Image, Image]:
    """The last of some frames, as the bad webcam saw it and as the camera shows it."""
    webcam = BadWebcam(_Still(still), STRENGTH)
    faces = FaceProcessor(settings, face_networks(settings, profile, in_background=False))
    try:
        bad = shown = still
        for _ in range(_FRAMES):
            proceed()
            frame = webcam.read()
            assert frame is not None
            bad, shown = frame.image, faces.process(frame).frame.image
        return bad, shown
    finally:
        faces.close()


def _enlarged(photo: EnrolledPhoto) -> Image:
    assert photo.copy is not None
    crop = decode_copy(photo.copy)
    size = (_SIDE, _SIDE)
    return np.asarray(cv2.resize(crop, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def _likenesses(
    still: Image, pictures: tuple[Image, Image, Image], settings: Settings
) -> tuple[float, float, float] | None:
    models = models_folder(settings.restore.models)
    mesh = LandmarkNetwork(find_model(LANDMARKS_FILE, models))
    landmarks = landmarks_of_crop(still, mesh)
    mesh.close()
    if landmarks is None:
        return None
    recogniser = Recogniser(find_model(RECOGNISER_FILE, models))
    try:
        pixels = landmarks * np.float32(_SIDE) - np.float32(0.5)
        wanted: FloatArray = recogniser.embed(still, pixels)
        first, second, third = (
            cosine(wanted, recogniser.embed(picture, pixels)) for picture in pictures
        )
    finally:
        recogniser.close()
    return first, second, third
