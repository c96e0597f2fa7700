"""Computes the identity feature N of accepted faces, and again when the extractor changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import cv2
import numpy as np

from nasfe_cam.core.errors import ProfileWithoutPhotos
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.core.version import __version__
from nasfe_cam.enrolment.examine import ExaminedFace
from nasfe_cam.enrolment.networks import FeatureExtractor
from nasfe_cam.faces.recogniser import unit
from nasfe_cam.image_io.crop_png import decode_copy, encode_copy
from nasfe_cam.profiles.profile import EnrolledPhoto, Profile


def make_profile(
    name: str,
    faces: Sequence[ExaminedFace],
    extractor: FeatureExtractor,
    extractor_sha256: str,
    keep_photos: bool = False,
    told: Callable[[], None] = lambda: None,
) -> Profile:
    """The profile of one person.

    Args:
        name: of the profile.
        faces: at least one, all of one person.
        extractor: of the observer network.
        extractor_sha256: which one it is.
        keep_photos: store the aligned crops, so that the profile can be rebuilt.
        told: called after every face; may raise to cancel.

    Raises:
        EngineRunFailed: the network could not run.
    """
    return Profile(
        name=name,
        created=_now(),
        identity=_identity([face.crop for face in faces], extractor, told),
        embedding=unit(np.mean([face.embedding for face in faces], axis=0, dtype=np.float32)),
        extractor_sha256=extractor_sha256,
        photo_count=len(faces),
        extractor_version=__version__,
        photos=tuple(
            EnrolledPhoto(face.quality, encode_copy(face.crop) if keep_photos else None)
            for face in faces
        ),
    )


def rebuild_profile(
    profile: Profile,
    extractor: FeatureExtractor,
    extractor_sha256: str,
    told: Callable[[], None] = lambda: None,
) -> Profile:
    """The same profile with the features of another extractor, from the photos kept in it.

    The embedding stays: it does not come from the extractor.

    Raises:
        ProfileWithoutPhotos: it keeps no photos.
        PhotoUnreadable: a copy is damaged.
        EngineRunFailed: the network could not run.
    """
    if not profile.can_be_rebuilt:
        raise ProfileWithoutPhotos(profile.name)
    crops = [decode_copy(photo.copy) for photo in profile.photos if photo.copy is not None]
    return replace(
        profile,
        identity=_identity([_fitted(crop, extractor.size) for crop in crops], extractor, told),
        extractor_sha256=extractor_sha256,
        extractor_version=__version__,
        rebuilt=_now(),
    )


def normalise_features(features: FloatArray) -> FloatArray:
    """(F - mu(F)) / sigma(F) per channel, as in training: C x h x w float32 -> the same."""
    mean = features.mean(axis=(1, 2), keepdims=True)
    deviation = np.sqrt(features.var(axis=(1, 2), keepdims=True) + 1e-5)
    normalised: FloatArray = ((features - mean) / deviation).astype(np.float32)
    return normalised


def _identity(
    crops: Sequence[Image], extractor: FeatureExtractor, told: Callable[[], None]
) -> FloatArray:
    """N, the mean of the normalised features N_i (eq. 7)."""
    total: FloatArray | None = None
    for crop in crops:
        features = normalise_features(extractor.features(crop))
        total = features if total is None else total + features
        told()
    assert total is not None
    return total / np.float32(len(crops))


def _fitted(crop: Image, size: int) -> Image:
    """A copy may be of another size than the extractor of a later version wants."""
    if crop.shape[0] == size:
        return crop
    shape = (size, size)
    return np.asarray(cv2.resize(crop, shape, interpolation=cv2.INTER_CUBIC), np.uint8)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
