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
from nasfe_cam.sources.pacing import Pacer
from nasfe_cam.sources.picture_header import picture_size

_MAXIMUM_FILE_BYTES = 512 * 1024 * 1024


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
    data = _read_bytes(path)
    size = picture_size(data)
    if size is None:
        raise PictureUnreadable(path, "it is no JPEG, PNG, WebP, BMP or TIFF picture")
    width, height = size
    if width * height > MAXIMUM_PIXELS:
        raise PictureUnreadable(path, f"{width} x {height} pixels are more than 8192 x 8192")
    try:
        decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        decoded = None
    if decoded is None or decoded.size == 0:
        raise PictureUnreadable(path, "the file is damaged")
    return as_bgr(decoded)


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
