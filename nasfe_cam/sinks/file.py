"""Writes a video file with the times at which the frames were captured."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import av
from av.container import OutputContainer
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from av.video.stream import VideoStream

from nasfe_cam.core.atomic_files import OutputFileIsFolder, output_file_error
from nasfe_cam.core.errors import OutputFileFailed
from nasfe_cam.core.frame import Frame
from nasfe_cam.core.text.reasons import Reason, reason_of
from nasfe_cam.core.user_files import FileKind, free_name, is_network_address, kind_of
from nasfe_cam.sinks.errors import (
    OutputSizeFixed,
    RecordingExists,
    RecordingKindUnknown,
    RecordingLost,
    RecordingNotLocal,
)

# The usual clock of video streams: fine enough for any camera.
_TICKS_PER_SECOND = 90_000
# Fragments can be played without the index, which is written at the end.
_MOVFLAGS = "+frag_keyframe+delay_moov+default_base_moof+hybrid_fragmented"
_KEY_FRAME_SECONDS = 2
_FORMATS = {"": "mp4", ".mp4": "mp4", ".m4v": "mp4", ".mov": "mov", ".mkv": "matroska"}
# Near-transparent at half the size of x264's lossless-looking settings.
_QUALITY = "20"
# The slowest preset that leaves a core of a small machine to the network.
_PRESET = "veryfast"


class VideoFile:
    """The `Sink` that writes H.264 into an MP4, MOV or Matroska file.

    Times come from `captured_at`, so a rate that varies plays back as it was.
    The file can be played up to its last second or two whenever this process is killed.
    Where it is to take the place of an older one, it has a free name beside it until it is
    whole: `NAME-2.mp4`.

    Attributes:
        lost: whether the file could not be written any more; it was closed then.
    """

    name = "video file"
    watched = True

    def __init__(
        self, path: Path, width: int, height: int, fps: float, *, replace: bool = False
    ) -> None:
        """Make the file and open it for writing.

        Args:
            path: the file; its folder must exist. What it ends in says what it is; MP4 if nothing.
            width: of every frame, in pixels; even.
            height: of every frame, in pixels; even.
            fps: expected rate per second; only a hint to the encoder.
            replace: take the place of an older file.

        Raises:
            RecordingExists: there is such a file, and it is not to be replaced.
            RecordingKindUnknown: the name ends in that of another kind of file.
            OutputFileFailed: the file cannot be made.
        """
        container_format = _container_format(path)
        self._path = path
        self._shape = (height, width, 3)
        self._started_at: float | None = None
        self._last_ticks = -1
        self._container: OutputContainer | None = None
        self.lost = False
        try:
            self._written, self._file = _make_file(path, replace=replace)
        except OSError as error:
            raise output_file_error(path, error) from None
        try:
            # A file object: libav would read a protocol into a strange name.
            self._container = av.open(
                self._file, "w", format=container_format, options={"movflags": _MOVFLAGS}
            )
            self._stream = _add_stream(self._container, width, height, fps)
            # Left to the first frame, libav would tell only then that the file cannot be made.
            self._container.start_encoding()
        except (av.FFmpegError, OSError) as error:
            self._let_go()
            cause = OSError(error.errno, reason_of(error))
            raise output_file_error(path, cause) from None

    def show(self, frame: Frame) -> None:
        """Encode and append the frame; takes some milliseconds.

        Raises:
            RecordingLost: it cannot be written; the file is closed as it is, and
                later frames are dropped.
            OutputSizeFixed: the frame has another size than the file.
        """
        if self._container is None:
            return
        if frame.image.shape != self._shape:
            raise OutputSizeFixed(
                str(self._path),
                f"it has {self._shape[1]} x {self._shape[0]} pixels, the picture "
                f"{frame.image.shape[1]} x {frame.image.shape[0]}",
            )
        if self._started_at is None:
            self._started_at = frame.captured_at
        ticks = round((frame.captured_at - self._started_at) * _TICKS_PER_SECOND)
        # Times must rise, also for two pictures that a source stamped alike.
        self._last_ticks = ticks = max(ticks, self._last_ticks + 1)
        with self._losing():
            picture = av.VideoFrame.from_ndarray(frame.image, format="bgr24").reformat(
                format="yuv420p",
                dst_colorspace=Colorspace.ITU709,
                dst_color_range=ColorRange.MPEG,
            )
            picture.pts = ticks
            picture.time_base = Fraction(1, _TICKS_PER_SECOND)
            self._container.mux(self._stream.encode(picture))

    def close(self) -> None:
        """Finish the file and give it its name; without a single frame there is no file.

        Raises:
            RecordingLost: the end cannot be written; what was written is kept.
        """
        container = self._container
        if container is None:
            return
        with self._losing():
            if self._started_at is not None:
                container.mux(self._stream.encode(None))
                container.close()
                self._container = None
            self._let_go()
            if self._started_at is not None and self._written != self._path:
                self._written.replace(self._path)

    @contextmanager
    def _losing(self) -> Iterator[None]:
        """Turn what libav and the file system raise into our error, and keep what there is."""
        try:
            yield
        except (av.FFmpegError, OSError) as error:
            self.lost = True
            self._let_go()
            raise RecordingLost(self._written, reason_of(error)) from None

    def _let_go(self) -> None:
        """Close everything; a file without a frame is removed."""
        container, self._container = self._container, None
        if container is not None:
            # Closing writes the index, which fails like the frame before it did.
            with suppress(av.FFmpegError, OSError):
                container.close()
        with suppress(OSError):
            self._file.close()
        if self._started_at is None:
            with suppress(OSError):
                self._written.unlink()


def check_place(path: Path) -> None:
    """Refuse what is no local path; raises RecordingNotLocal."""
    if is_network_address(str(path)):
        raise RecordingNotLocal(str(path))


def _container_format(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in _FORMATS:
        raise RecordingKindUnknown(suffix)
    return _FORMATS[suffix]


def _make_file(path: Path, *, replace: bool) -> tuple[Path, BinaryIO]:
    """A new file of this name, or of a free one beside an older file that is to be replaced.

    Raises:
        RecordingExists, PathUnreachable, OSError: it cannot be made.
    """
    kind = kind_of(path)
    if kind is FileKind.FOLDER:
        raise OutputFileIsFolder(path, Reason.FOLDER_NOT_FILE)
    if kind is FileKind.OTHER:
        raise OutputFileFailed(path, Reason.DEVICE_NOT_FILE)
    if kind is FileKind.FILE and not replace:
        raise RecordingExists(path)
    free = free_name(path)
    # Made new: no link of somebody else is followed, and nothing is cut off.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(free, flags, 0o666)
    return free, os.fdopen(descriptor, "wb", buffering=0)


def _add_stream(container: OutputContainer, width: int, height: int, fps: float) -> VideoStream:
    rate = Fraction(fps).limit_denominator(1001)
    stream = container.add_stream("libx264", rate=rate)
    key_frames = str(max(1, round(_KEY_FRAME_SECONDS * fps)))
    stream.options = {"preset": _PRESET, "crf": _QUALITY, "g": key_frames}
    stream.width, stream.height = width, height
    stream.pix_fmt = "yuv420p"
    stream.time_base = Fraction(1, _TICKS_PER_SECOND)
    context = stream.codec_context
    context.time_base = Fraction(1, _TICKS_PER_SECOND)
    # Unlabelled, players guess the matrix from the size and shift the skin colours.
    context.colorspace = Colorspace.ITU709
    context.color_range = ColorRange.MPEG
    context.color_primaries = ColorPrimaries.BT709
    context.color_trc = ColorTrc.BT709
    return stream
