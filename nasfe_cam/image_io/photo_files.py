"""Which files are photos and which are clips, by their names."""

from __future__ import annotations

from pathlib import Path, PurePath

from nasfe_cam.core.errors import PathUnreachable
from nasfe_cam.core.text.reasons import reason_of

PHOTO_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif"}
)
"""In lower case; each of them is read by enrolment and as source (`decoding`)."""

CLIP_SUFFIXES = frozenset(
    {
        ".mp4",
        ".mov",
        ".m4v",
        ".mkv",
        ".webm",
        ".avi",
        ".mpg",
        ".mts",
        ".m2ts",
        ".ts",
        ".3gp",
        ".wmv",
    }
)
"""In lower case; a clip of another name is read too, by its content."""


def is_photo(path: PurePath) -> bool:
    """Whether a file in a folder is meant as a photo; the file is not opened.

    Hidden files are not: macOS puts one beside each photo on foreign disks.
    """
    return path.suffix.lower() in PHOTO_SUFFIXES and not path.name.startswith(".")


def photos_in(folder: Path) -> list[Path]:
    """The photos of a folder in order of name, without those of folders in it.

    Raises:
        PathUnreachable: the folder may not be read.
    """
    try:
        return [path for path in sorted(folder.iterdir()) if is_photo(path)]
    except OSError as error:
        raise PathUnreachable(folder, reason_of(error)) from None
