"""A video file played in real time like a camera, or as fast as possible."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

from nasfe_cam.core.errors import VideoUnreadable
from nasfe_cam.core.frame import Frame, Image
from nasfe_cam.core.text.reasons import Reason
from nasfe_cam.sources.base import SourceDescription
from nasfe_cam.sources.playback_clock import Pacer
from nasfe_cam.sources.video_decoder import DecodedPicture, VideoFile

_CATCH_UP_SECONDS = 0.25


class VideoSource:
    """Plays a local video file at its own time stamps.

    A late reader gets the picture that is due now and the skipped ones are a
    gap in `Frame.index`, as with a camera. If skipping itself takes too long
    (a machine that decodes slower than real time, or a program that slept for
    minutes), the rest of the delay is forgiven and the clip goes on from there.

    Args:
        path: the file; network addresses are files that do not exist.
        loop: start again at the end; `index` and time go on.
        paced: False returns every picture at once when asked, for offline use.
        clock: returns monotonic seconds.
        sleep: waits seconds; None waits so that `close` can interrupt it.

    Raises:
        SourceNotFound: there is no such file.
        VideoUnreadable: nothing can be played; the message says why.
    """

    def __init__(
        self,
        path: Path,
        *,
        loop: bool = False,
        paced: bool = True,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self._path = path
        self._loop = loop
        self._paced = paced
        self._pacer = Pacer(clock, sleep)
        self._in_use = threading.Lock()
        self._file = VideoFile(path)
        self._decoded = self._play()
        self._ahead: DecodedPicture | None = None
        self._index = 0
        self._position = 0.0
        self._started_at: float | None = None
        try:
            self._ahead = self._take()
            if self._ahead is None:
                raise VideoUnreadable(path, Reason.NO_PICTURE)
            height, width = self._image(self._ahead).shape[:2]
        except VideoUnreadable:
            self._file.close()
            raise
        self._description = SourceDescription(path.name, width, height, self._file.fps, live=False)

    @property
    def position(self) -> float:
        """Seconds of the clip at the picture last read; goes on over loops."""
        return self._position

    def describe(self) -> SourceDescription:
        return self._description

    def read(self) -> Frame | None:
        """See `Source.read`; raises VideoUnreadable or SourceNotFound if a loop cannot go on."""
        with self._in_use:
            if self._pacer.stopped:
                return None
            picture = self._take()
            if picture is not None and self._paced:
                picture = self._newest_due(picture)
            if picture is None:
                return None
            image = self._image(picture)
            if self._paced:
                self._pacer.wait_until(self._due(picture))
                if self._pacer.stopped:
                    return None
            frame = Frame(image, self._pacer.now(), self._index)
            self._position = picture.seconds
            self._index += 1
            return frame

    def close(self) -> None:
        self._pacer.stop()
        with self._in_use:
            self._ahead = None
            # Suspended, it would keep the decoder with its threads and pictures.
            self._decoded.close()
            self._file.close()

    def _take(self) -> DecodedPicture | None:
        if self._ahead is None:
            return next(self._decoded, None)
        picture, self._ahead = self._ahead, None
        return picture

    def _newest_due(self, picture: DecodedPicture) -> DecodedPicture:
        """Skip from `picture` to the newest one that is due already."""
        now = self._pacer.now()
        while self._due(picture) < now:
            following = self._take()
            if following is None:
                break
            if self._due(following) > now:
                self._ahead = following
                break
            picture = following
            self._index += 1
            if self._pacer.now() - now >= _CATCH_UP_SECONDS:
                self._started_at = self._pacer.now() - picture.seconds
                break
        return picture

    def _due(self, picture: DecodedPicture) -> float:
        """Clock seconds at which `picture` is shown; time begins when the first is asked for."""
        if self._started_at is None:
            self._started_at = self._pacer.now()
        return self._started_at + picture.seconds

    def _image(self, picture: DecodedPicture) -> Image:
        try:
            return picture.image()
        except ValueError as error:
            raise VideoUnreadable(self._path, str(error)) from error

    def _play(self) -> Generator[DecodedPicture, None, None]:
        """The pictures of the file, over and over if looped, in ever growing time."""
        offset = 0.0
        while True:
            last: DecodedPicture | None = None
            for picture in self._file.pictures():
                last = picture
                yield replace(picture, seconds=offset + picture.seconds)
            if not self._loop:
                return
            if last is None:
                raise VideoUnreadable(self._path, Reason.NO_PICTURE)
            offset += last.seconds + last.duration
            # Opened anew rather than rewound: a decoder that met damage starts clean.
            self._file.close()
            self._file = VideoFile(self._path)
