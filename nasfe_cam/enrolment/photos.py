"""Finds the photos that the user named, and reads them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nasfe_cam.core.errors import PictureUnreadable, SourceNotFound
from nasfe_cam.core.frame import Image
from nasfe_cam.core.photo_errors import NoPhotosFound, PhotoUnreadable
from nasfe_cam.core.user_files import FileKind, kind_of
from nasfe_cam.image_io.decoding import read_picture, read_reduced_picture
from nasfe_cam.image_io.photo_files import photos_in


def photo_files(paths: Sequence[Path]) -> list[Path]:
    """The photos meant by files and folders: each once, those of a folder in order of name.

    Raises:
        NoPhotosFound: a path is missing, or a folder holds no photo.
        PathUnreachable: a path may not be looked at.
    """
    files: dict[Path, None] = {}
    for path in paths:
        match kind_of(path):
            case FileKind.FOLDER:
                inside = photos_in(path)
                if not inside:
                    raise NoPhotosFound(path)
                files.update(dict.fromkeys(inside))
            case FileKind.MISSING:
                raise NoPhotosFound(path)
            case _:
                files[path] = None
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
