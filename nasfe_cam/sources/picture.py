"""A still picture, repeated as if a camera looked at it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from nasfe_cam.errors import PictureUnreadable, SourceNotFound
from nasfe_cam.frame import Frame, Image
from nasfe_cam.sources.base import MAXIMUM_PIXELS, SourceDescription
from nasfe_cam.sources.colour import as_bgr
from nasfe_cam.sources.jpeg_header import count_scans, is_jpeg
from nasfe_cam.sources.pacing import Pacer
from nasfe_cam.sources.picture_header import is_heif, picture_size
from nasfe_cam.sources.png_chunks import is_png, still_png

_MAXIMUM_FILE_BYTES = 512 * 1024 * 1024
# Encoders write 10 or so; every pass goes over the whole picture, whatever few bytes it has.
_MOST_SCANS = 30
_REDUCED = {
    1: cv2.IMREAD_COLOR,
    2: cv2.IMREAD_REDUCED_COLOR_2,
    4: cv2.IMREAD_REDUCED_COLOR_4,
    8: cv2.IMREAD_REDUCED_COLOR_8,
}


def read_picture(path: Path) -> Image:
    """Decode a JPEG, PNG, WebP, BMP or TIFF file.

    EXIF rotation is applied, transparency is dropped, grey and 16-bit pictures
    are converted; of several pages or animation steps the first is taken.

    Returns:
        H x W x 3, uint8, BGR, 0..255, C-contiguous.

    Raises:
        SourceNotFound: there is no such file.
        PictureUnreadable: not such a picture, damaged, or above 8192 x 8192 pixels.
    """
    return decode_picture(_read_bytes(path), path)


def decode_picture(data: bytes, path: Path) -> Image:
    """`read_picture` of a file that was read already; `path` is for messages."""
    checked_size(data, path)
    return _decode(data, path, cv2.IMREAD_COLOR)


def read_reduced_picture(path: Path, longest_side: int) -> tuple[Image, int]:
    """`read_picture`, but a JPEG with pixels to spare is decoded at a fraction of its size.

    Its decoder skips what is not needed, which takes a half to a quarter of the time.

    Args:
        path: the file.
        longest_side: pixels of the longer side that suffice; a picture that has
            fewer is not enlarged.

    Returns:
        The picture, and by how much its width and height were divided: 1, 2, 4 or 8.

    Raises:
        SourceNotFound, PictureUnreadable: as `read_picture`.
    """
    data = _read_bytes(path)
    longest = max(checked_size(data, path))
    shrink = 1
    if is_jpeg(data):
        shrink = max(
            factor for factor in _REDUCED if longest // factor >= longest_side or factor == 1
        )
    return _decode(data, path, _REDUCED[shrink]), shrink


def checked_size(data: bytes, path: Path) -> tuple[int, int]:
    """Width and height that a picture file states, before anything is decoded.

    Args:
        data: the whole file.
        path: where it came from, for messages.

    Raises:
        PictureUnreadable: not a picture that can be decoded, or one that would
            take too much memory or time.
    """
    size = picture_size(data)
    if size is None:
        raise PictureUnreadable(path, _not_a_picture(data))
    width, height = size
    if width * height > MAXIMUM_PIXELS:
        raise PictureUnreadable(path, f"{width} x {height} pixels are more than 8192 x 8192")
    if is_jpeg(data) and count_scans(data) > _MOST_SCANS:
        raise PictureUnreadable(path, f"it is stored in more than {_MOST_SCANS} passes")
    return size


class PictureSource:
    """Delivers one picture `fps` times a second, for ever.

    Every frame shares one read-only image. A late reader finds the repeats it
    missed as a gap in `Frame.index`.

    Args:
        path: see `read_picture`, which also says what is raised.
        fps: pictures per second.
        clock: returns monotonic seconds.
        sleep: waits seconds; None waits so that `close` can interrupt it.
    """

    def __init__(
        self,
        path: Path,
        *,
        fps: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self._image = read_picture(path)
        self._image.setflags(write=False)
        self._pacer = Pacer(clock, sleep)
        self._fps = fps
        self._next_index = 0
        self._started_at: float | None = None
        height, width = self._image.shape[:2]
        self._description = SourceDescription(path.name, width, height, fps, live=False)

    def describe(self) -> SourceDescription:
        return self._description

    def read(self) -> Frame | None:
        """See `Source.read`; ends only when closed."""
        now = self._pacer.now()
        if self._started_at is None:
            self._started_at = now
        newest_due = int((now - self._started_at) * self._fps)
        index = max(self._next_index, newest_due)
        self._pacer.wait_until(self._started_at + index / self._fps)
        if self._pacer.stopped:
            return None
        self._next_index = index + 1
        return Frame(self._image, self._pacer.now(), index)

    def close(self) -> None:
        self._pacer.stop()


def _read_bytes(path: Path) -> bytes:
    try:
        if not path.exists():
            raise SourceNotFound(path)
        # A pipe or a device would block or never end.
        if not path.is_file():
            raise PictureUnreadable(path, "it is a folder or a device, not a file")
        if path.stat().st_size > _MAXIMUM_FILE_BYTES:
            raise PictureUnreadable(path, "the file is larger than 512 MB")
        data = path.read_bytes()
    except PermissionError as error:
        raise PictureUnreadable(path, "you have no permission to read it") from error
    except OSError as error:
        raise PictureUnreadable(path, error.strerror or str(error)) from error
    if not data:
        raise PictureUnreadable(path, "the file is empty")
    return data


def _decode(data: bytes, path: Path, how: int) -> Image:
    content = still_png(data) if is_png(data) else data
    try:
        decoded = cv2.imdecode(np.frombuffer(content, np.uint8), how)
    except cv2.error:
        decoded = None
    if decoded is None or decoded.size == 0:
        raise PictureUnreadable(path, "the file is damaged")
    return as_bgr(decoded)


def _not_a_picture(data: bytes) -> str:
    if is_heif(data):
        return "HEIC and AVIF, as some phones store photos, are not read here"
    return "it is no JPEG, PNG, WebP, BMP or TIFF picture"
