"""A profile: the data about an enrolled person."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from nasfe_cam.core.errors import (
    ProfileNameBegins,
    ProfileNameEmpty,
    ProfileNameEndsWithSpace,
    ProfileNameHolds,
    ProfileNameReserved,
    ProfileNameTooLong,
    ProfileOutdated,
    ProfileOutdatedWithPhotos,
)
from nasfe_cam.core.frame import FloatArray
from nasfe_cam.profiles.photo_quality import PhotoQuality

_LONGEST_NAME = 64
_RESERVED_ON_WINDOWS = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{port}{n}" for port in ("com", "lpt") for n in range(10)]
)


@dataclass(frozen=True, slots=True)
class EnrolledPhoto:
    """What a profile knows of a photo that it was made from; not its file name.

    Attributes:
        quality: what was measured of it.
        copy: the aligned crop (`nasfe_cam.image_io.crop_png`), where the user chose to keep it.
    """

    quality: PhotoQuality
    copy: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """The data about one enrolled person.

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
    def keeps_photos(self) -> bool:
        """Whether it keeps a copy of any photo, which the network can be shown."""
        return any(photo.copy is not None for photo in self.photos)

    @property
    def can_be_rebuilt(self) -> bool:
        """Whether it keeps a copy of every photo, so that another observer can see them."""
        return bool(self.photos) and all(photo.copy is not None for photo in self.photos)

    def require_extractor(self, sha256: str) -> None:
        """Raise ProfileOutdated unless the observer with this hash made the profile."""
        if self.extractor_sha256 != sha256:
            kind = ProfileOutdatedWithPhotos if self.can_be_rebuilt else ProfileOutdated
            raise kind(self.name)


def checked_name(name: str) -> str:
    """The name in its normal form, safe as a file name on every platform.

    Raises:
        ProfileNameRefused: it is empty, too long, reserved, or holds other
            characters than letters, digits, space, "-", "_" and ".".
    """
    normal = unicodedata.normalize("NFC", name)
    if not normal:
        raise ProfileNameEmpty(name)
    if (
        len(normal.encode(errors="surrogatepass")) > 2 * _LONGEST_NAME
        or len(normal) > _LONGEST_NAME
    ):
        raise ProfileNameTooLong(name)
    for letter in normal:
        if not (letter.isalnum() or letter in " -_."):
            raise ProfileNameHolds(name, letter)
    if normal[0] in " .-":
        raise ProfileNameBegins(name, normal[0])
    if normal[-1] == " ":
        raise ProfileNameEndsWithSpace(name)
    if normal.split(".")[0].lower() in _RESERVED_ON_WINDOWS:
        raise ProfileNameReserved(name)
    return normal
