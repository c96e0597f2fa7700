"""From photos of a person to a profile (DESIGN section 2, eq. 7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import numpy as np

from nasfe_cam.alignment import crop_transform, warp_crop
from nasfe_cam.errors import (
    NoPhotoAccepted,
    NoPhotosFound,
    OtherPersonInPhoto,
    PhotoError,
    PhotoUnreadable,
    PictureUnreadable,
    SeveralPeople,
    SourceNotFound,
)
from nasfe_cam.frame import FloatArray, Image
from nasfe_cam.models import find_model
from nasfe_cam.observation import Extractor
from nasfe_cam.photo_checks import check_crop, one_face
from nasfe_cam.photo_tracking import PhotoFaceFinder
from nasfe_cam.profile import Profile, checked_name
from nasfe_cam.recognition import RECOGNISER_FILE, SAME_PERSON, Recogniser, cosine, unit
from nasfe_cam.sources.picture import read_picture

PHOTO_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif"}
)
"""What a folder is searched for; what cannot be read among them is named to the user."""

Progress = Callable[[int, int], None]
"""Told how many photos are done, and of how many; may raise to cancel."""


class FeatureExtractor(Protocol):
    """What enrolment needs of `nasfe_cam.observation.Extractor`."""

    size: int

    def features(self, crop: Image) -> FloatArray: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class EnrolmentNetworks:
    """What looks at the photos.

    Attributes:
        finder: finds the faces.
        extractor: pool3 features of a crop.
        extractor_sha256: which extractor it is.
        recogniser: tells people apart.
    """

    finder: PhotoFaceFinder
    extractor: FeatureExtractor
    extractor_sha256: str
    recogniser: Recogniser

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.finder.close()
        self.extractor.close()
        self.recogniser.close()


@dataclass(frozen=True, slots=True, eq=False)
class ExaminedFace:
    """A face that may be enrolled.

    Attributes:
        features: 256 x 32 x 32 float32, the normalised features N_i of eq. 7.
        embedding: 128 float32 of length 1.
    """

    features: FloatArray
    embedding: FloatArray


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What came of the photos.

    Attributes:
        profile: made from the accepted photos; not saved yet.
        accepted: these photos.
        rejected: the others, each with its reason.
    """

    profile: Profile
    accepted: tuple[Path, ...]
    rejected: tuple[tuple[Path, PhotoError], ...]


def open_networks() -> EnrolmentNetworks:
    """Load the shipped networks, which takes about a second; raises EngineError."""
    extractor = find_model("observer.onnx")
    return EnrolmentNetworks(
        PhotoFaceFinder(find_model("face_landmarker.task")),
        Extractor(extractor),
        extractor.sha256,
        Recogniser(find_model(RECOGNISER_FILE)),
    )


def photo_files(paths: Sequence[Path]) -> list[Path]:
    """The photos meant by files and folders: each once, those of a folder in order of name.

    Raises:
        NoPhotosFound: a path is missing, or a folder holds no photo.
    """
    files: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = [
                file
                for file in sorted(path.iterdir())
                if file.suffix.lower() in PHOTO_SUFFIXES and not file.name.startswith(".")
            ]
            if not inside:
                raise NoPhotosFound(path)
            files.update(dict.fromkeys(inside))
        elif path.exists():
            files[path] = None
        else:
            raise NoPhotosFound(path)
    return list(files)


def enrol(
    name: str,
    files: Sequence[Path],
    networks: EnrolmentNetworks,
    progress: Progress = lambda done, total: None,
) -> Enrolment:
    """Make a profile from photos of one person.

    Args:
        name: of the profile.
        files: photos; those that cannot be used are set aside with a reason.
        networks: see `open_networks`.
        progress: told after every photo.

    Raises:
        ProfileNameRefused: before any photo is read.
        NoPhotoAccepted: not one photo can be used.
        SeveralPeople: the photos show different people, none of them most often.
        EngineRunFailed: a network could not run.
    """
    name = checked_name(name)
    faces: dict[Path, ExaminedFace] = {}
    rejected: list[tuple[Path, PhotoError]] = []
    for done, file in enumerate(files):
        progress(done, len(files))
        try:
            faces[file] = examine(read_photo(file), networks)
        except PhotoError as error:
            rejected.append((file, error))
    progress(len(files), len(files))
    if not faces:
        raise NoPhotoAccepted(rejected)
    same = _same_person(faces)
    rejected += [(file, OtherPersonInPhoto()) for file in faces if file not in same]
    return Enrolment(
        profile=make_profile(name, [faces[file] for file in same], networks.extractor_sha256),
        accepted=tuple(same),
        rejected=tuple(sorted(rejected, key=lambda entry: files.index(entry[0]))),
    )


def read_photo(path: Path) -> Image:
    """Decode a photo: H x W x 3 uint8 BGR, upright; raises PhotoUnreadable."""
    try:
        return read_picture(path)
    except SourceNotFound:
        raise PhotoUnreadable("it is not there any more") from None
    except PictureUnreadable as error:
        raise PhotoUnreadable(error.reason) from None


def examine(image: Image, networks: EnrolmentNetworks) -> ExaminedFace:
    """Look at one picture, a photo or a frame of the webcam.

    Args:
        image: H x W x 3 uint8 BGR, upright.

    Raises:
        PhotoError: it cannot be used; which subclass says why.
        EngineRunFailed: a network could not run.
    """
    face = one_face(networks.finder.find(image))
    size = networks.extractor.size
    transform = crop_transform(face.landmarks, size)
    crop = warp_crop(image, transform, size)
    check_crop(crop, transform)
    return ExaminedFace(
        normalise_features(networks.extractor.features(crop)),
        networks.recogniser.embed(image, face.landmarks),
    )


def make_profile(name: str, faces: Sequence[ExaminedFace], extractor_sha256: str) -> Profile:
    """The profile of one person: N is the mean of N_i (eq. 7); at least one face."""
    return Profile(
        name=name,
        created=datetime.now(UTC).replace(microsecond=0),
        identity=np.mean([face.features for face in faces], axis=0, dtype=np.float32),
        embedding=unit(np.mean([face.embedding for face in faces], axis=0, dtype=np.float32)),
        extractor_sha256=extractor_sha256,
        photo_count=len(faces),
    )


def normalise_features(features: FloatArray) -> FloatArray:
    """(F - mu(F)) / sigma(F) per channel, as in training: C x h x w float32 -> the same."""
    mean = features.mean(axis=(1, 2), keepdims=True)
    deviation = np.sqrt(features.var(axis=(1, 2), keepdims=True) + 1e-5)
    normalised: FloatArray = ((features - mean) / deviation).astype(np.float32)
    return normalised


def _same_person(faces: dict[Path, ExaminedFace]) -> list[Path]:
    """The files that show the person who is seen most often; raises SeveralPeople."""
    remaining = dict(faces)
    groups: list[list[Path]] = []
    while remaining:
        # The face that is like most others stands for its group.
        centre = max(remaining, key=lambda file: _support(file, remaining))
        group = [file for file in remaining if _alike(remaining[centre], remaining[file])]
        groups.append(group)
        for file in group:
            del remaining[file]
    groups.sort(key=len, reverse=True)
    if len(groups) > 1 and len(groups[0]) == len(groups[1]):
        raise SeveralPeople(groups)
    return groups[0]


def _support(file: Path, faces: dict[Path, ExaminedFace]) -> tuple[int, float]:
    own = faces[file].embedding
    likenesses = [cosine(own, other.embedding) for other in faces.values()]
    return sum(likeness >= SAME_PERSON for likeness in likenesses), sum(likenesses)


def _alike(first: ExaminedFace, second: ExaminedFace) -> bool:
    return first is second or cosine(first.embedding, second.embedding) >= SAME_PERSON
