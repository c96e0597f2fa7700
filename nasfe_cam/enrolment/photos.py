"""Which photos are meant, and their pixels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nasfe_cam.errors import NoPhotosFound, PhotoUnreadable, PictureUnreadable, SourceNotFound
from nasfe_cam.frame import Image
from nasfe_cam.sources.picture import read_picture, read_reduced_picture

PHOTO_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif"}
)
"""What a folder is searched for; what cannot be read among them is named to the user."""


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


def read_photo(path: Path) -> Image:
    """Decode a photo: H x W x 3 uint8 BGR, upright; raises PhotoUnreadable."""
    try:
        return read_picture(path)
    except SourceNotFound:
        raise PhotoUnreadable("it is not there any more") from None
    except PictureUnreadable as error:
        raise PhotoUnreadable(error.reason) from None


def read_reduced_photo(path: Path, longest_side: int) -> tuple[Image, int]:
    """`read_photo`, faster where fewer pixels do; see `read_reduced_picture`."""
    try:
        return read_reduced_picture(path, longest_side)
    except SourceNotFound:
        raise PhotoUnreadable("it is not there any more") from None
    except PictureUnreadable as error:
        raise PhotoUnreadable(error.reason) from None
