"""A profile: what is remembered of an enrolled person."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from nasfe_cam.errors import ProfileNameRefused, ProfileOutdated
from nasfe_cam.frame import FloatArray
from nasfe_cam.photo_quality import PhotoQuality

_LONGEST_NAME = 64
_RESERVED_ON_WINDOWS = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{port}{n}" for port in ("com", "lpt") for n in range(10)]
)


@dataclass(frozen=True, slots=True)
class EnrolledPhoto:
    """What a profile knows of a photo that it was made from; not its file name.

    Attributes:
        quality: what was measured of it.
        copy: the aligned crop (`nasfe_cam.photo_copies`), where the user chose to keep it.
    """

    quality: PhotoQuality
    copy: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What is remembered of one enrolled person.

    Attributes:
        name: also the name of its file; see `checked_name`.
        created: when the person was enrolled; UTC.
        identity: 256 x 32 x 32 float32, N of eq. 7 (stored as float16).
        embedding: 128 float32 of length 1, to tell the person among several faces.
        extractor_sha256: of the observer.onnx that made `identity`; another
            observer's features mean something else.
        photo_count: how many photos it was made from.
        extractor_version: of the program that this observer came with; empty in old profiles.
        rebuilt: when `identity` was last made anew from the copies; UTC.
        photos: one for each photo, or none in old profiles.
    """

    name: str
    created: datetime
    identity: FloatArray
    embedding: FloatArray
    extractor_sha256: str
    photo_count: int
    extractor_version: str = ""
    rebuilt: datetime | None = None
    photos: tuple[EnrolledPhoto, ...] = ()

    @property
    def can_be_rebuilt(self) -> bool:
        """Whether it keeps a copy of every photo, so that another observer can see them."""
        return bool(self.photos) and all(photo.copy is not None for photo in self.photos)

    def require_extractor(self, sha256: str) -> None:
        """Raise ProfileOutdated unless the observer with this hash made the profile."""
        if self.extractor_sha256 != sha256:
            raise ProfileOutdated(self.name, self.can_be_rebuilt)


def checked_name(name: str) -> str:
    """The name in its normal form, safe as a file name on every platform.

    Raises:
        ProfileNameRefused: it is empty, too long, reserved, or holds other
            characters than letters, digits, space, "-", "_" and ".".
    """
    normal = unicodedata.normalize("NFC", name)
    if not normal:
        raise ProfileNameRefused(name, "it is empty")
    if len(normal.encode()) > 2 * _LONGEST_NAME or len(normal) > _LONGEST_NAME:
        raise ProfileNameRefused(name, "it is too long")
    for letter in normal:
        if not (letter.isalnum() or letter in " -_."):
            raise ProfileNameRefused(name, f"it holds {letter!r}")
    if normal[0] in " .-":
        raise ProfileNameRefused(name, f"it begins with {normal[0]!r}")
    if normal[-1] == " ":
        raise ProfileNameRefused(name, "it ends with a space")
    if normal.split(".")[0].lower() in _RESERVED_ON_WINDOWS:
        raise ProfileNameRefused(name, "Windows keeps this name for itself")
    return normal
