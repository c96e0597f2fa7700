"""Chooses which enrolled photo the network is shown, and changes from one to another gently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from nasfe_cam.core.errors import ProfileCopiesUnusable
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.core.photo_errors import PhotoUnreadable
from nasfe_cam.faces.crop_landmarks import landmarks_of_crop
from nasfe_cam.faces.expression import expression_of, unlikeness
from nasfe_cam.faces.landmark_network import LandmarkNetwork
from nasfe_cam.faces.photo_normalisation import GUIDANCE_LEVELS, GUIDANCE_REACH, normalised_photo
from nasfe_cam.faces.warp import WarpedPicture, WarpTarget, are_usable
from nasfe_cam.image_io.crop_png import decode_copy
from nasfe_cam.profiles.profile import Profile

# Another photo is taken when it is so much nearer than the one that is shown, for so long.
NEARER, PATIENCE_SECONDS = 0.8, 0.3
FADE_SECONDS = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class GuidePhoto:
    """A photo that is ready to be warped.

    Attributes:
        picture: S x S x 4 uint8, see `normalised_photo`.
        landmarks: 478 x 2 float32, 0..1.
        expression: see `expression_of`.
    """

    picture: Image
    landmarks: FloatArray
    expression: FloatArray


def guide_photos(profile: Profile, mesh: LandmarkNetwork, size: int) -> Iterator[GuidePhoto]:
    """The photos of a profile that can guide, each made ready as it is asked for: no frame has
    the time for all of them.

    Landmarks are found anew, by the network that found those of training: profiles of older
    versions, which keep none, guide as well, and nothing in a file has to be trusted.

    Args:
        profile: its copies of photos are used; none where it keeps none.
        mesh: finds landmarks.
        size: S of the guides.

    Raises:
        ProfileCopiesUnusable: it keeps copies, but none of them shows a face.
        EngineRunFailed: the device refused.
    """
    copies = [photo.copy for photo in profile.photos if photo.copy is not None]
    found = 0
    for copy in copies:
        try:
            crop = decode_copy(copy)
        except PhotoUnreadable:
            continue
        landmarks = landmarks_of_crop(crop, mesh)
        if landmarks is None or not are_usable(landmarks):
            continue
        way = cv2.INTER_AREA if crop.shape[0] > size else cv2.INTER_CUBIC
        rgb = cv2.cvtColor(cv2.resize(crop, (size, size), interpolation=way), cv2.COLOR_BGR2RGB)
        picture = normalised_photo(np.asarray(rgb, np.uint8), landmarks)
        found += 1
        yield GuidePhoto(picture, landmarks, expression_of(landmarks))
    if copies and not found:
        raise ProfileCopiesUnusable(profile.name)


class GuideChoice:
    """Keeps to the photo nearest in pose and expression; remembers what it showed.

    Args:
        photos: to choose from; may be none, and more may come.
    """

    def __init__(self, photos: Sequence[GuidePhoto] = ()) -> None:
        self._photos = list(photos)
        self.reset()

    def add(self, photo: GuidePhoto) -> None:
        """One more to choose from."""
        self._photos.append(photo)

    def reset(self) -> None:
        """Begin with whatever photo is nearest next time: another face is shown, or a cut."""
        self._shown: GuidePhoto | None = None
        self._leaving: GuidePhoto | None = None
        self._changed_at = self._preferred_since = 0.0
        self._preferred: GuidePhoto | None = None

    def choose(self, target: WarpTarget, now: FloatArray, time: float) -> list[WarpedPicture]:
        """The network's input `guidance` for one frame, as pictures and their shares.

        Args:
            target: of the landmarks of now.
            now: these landmarks, 478 x 2 float32, 0..1.
            time: seconds; only grows.

        Returns:
            None, one, or while one photo gives way to another, two.
        """
        if not self._photos or not are_usable(now):
            return []
        self._prefer(expression_of(now), time)
        assert self._shown is not None
        faded = min(1.0, (time - self._changed_at) / FADE_SECONDS)
        faded = faded * faded * (3 - 2 * faded)
        shares = [(self._shown, faded if self._leaving is not None else 1.0)]
        if self._leaving is not None and faded < 1:
            shares.append((self._leaving, 1 - faded))
        return [
            WarpedPicture(photo.picture, field, GUIDANCE_LEVELS, share)
            for photo, share in shares
            if (field := target.field_from(photo.landmarks, GUIDANCE_REACH)) is not None
        ]

    def _prefer(self, expression: FloatArray, time: float) -> None:
        def away(photo: GuidePhoto) -> float:
            return unlikeness(photo.expression, expression)

        nearest = min(self._photos, key=away)
        if self._shown is None:
            self._shown = nearest
            return
        if time - self._changed_at >= FADE_SECONDS:
            self._leaving = None
        if nearest is self._shown or away(nearest) >= NEARER * away(self._shown):
            self._preferred = None
            return
        if nearest is not self._preferred:
            self._preferred, self._preferred_since = nearest, time
        if self._leaving is None and time - self._preferred_since >= PATIENCE_SECONDS:
            self._leaving, self._shown, self._changed_at = self._shown, nearest, time
            self._preferred = None
