"""An MP4 file of what was shown, with the times at which it was captured."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from av.video.stream import VideoStream

from nasfe_cam.errors import OutputFileFailed
from nasfe_cam.frame import Frame
from nasfe_cam.outputs.errors import OutputSizeFixed

# The usual clock of video streams: fine enough for any camera.
_TICKS_PER_SECOND = 90_000
# Near-transparent at half the size of x264's lossless-looking settings.
_QUALITY = "20"
# The slowest preset that leaves a core of a small machine to the network.
_PRESET = "veryfast"


class VideoFile:
    """The `Output` that writes an H.264 MP4.

    Times come from `captured_at`, so a rate that varies plays back as it was.
    The file grows as `NAME.part` and gets its name when it is whole; an older
    file of the name is kept until then.
    """

    name = "video file"
    watched = True

    def __init__(self, path: Path, width: int, height: int, fps: float) -> None:
        """Open the file for writing.

        Args:
            path: the MP4 file; its folder must exist.
            width: of every frame, in pixels; even.
            height: of every frame, in pixels; even.
            fps: expected rate per second; only a hint to the encoder.

        Raises:
            OutputFileFailed: the file cannot be made.
        """
        self._path = path
        self._part = path.with_name(path.name + ".part")
        self._shape = (height, width, 3)
        self._started_at: float | None = None
        self._last_ticks = -1
        self._container: OutputContainer | None = None
        with self._failing():
            self._container = av.open(str(self._part), "w", format="mp4")
            self._stream = _add_stream(self._container, width, height, fps)
            # Left to the first frame, libav would tell only then that the file cannot be made.
            self._container.start_encoding()

    def show(self, frame: Frame) -> None:
        """Encode and append the frame; takes some milliseconds.

        Raises:
            OutputFileFailed: it cannot be written; the half-written file is
                removed and later frames are dropped.
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
        with self._failing():
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
            OutputFileFailed: the end cannot be written; the file is removed.
        """
        container = self._container
        if container is None:
            return
        if self._started_at is None:
            self._discard()
            return
        with self._failing():
            container.mux(self._stream.encode(None))
            container.close()
            self._part.replace(self._path)
            self._container = None

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Turn what libav and the file system raise into our error, and clean up."""
        try:
            yield
        except (av.FFmpegError, OSError) as error:
            self._discard()
            reason = error.strerror or type(error).__name__
            raise OutputFileFailed(self._path, reason) from None

    def _discard(self) -> None:
        container, self._container = self._container, None
        if container is not None:
            # Closing writes the index, which fails like the frame before it did.
            with suppress(av.FFmpegError, OSError):
                container.close()
        with suppress(OSError):
            self._part.unlink()


def _add_stream(container: OutputContainer, width: int, height: int, fps: float) -> VideoStream:
    rate = Fraction(fps).limit_denominator(1001)
    stream = container.add_stream("libx264", rate=rate)
    stream.options = {"preset": _PRESET, "crf": _QUALITY}
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
