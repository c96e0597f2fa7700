"""Decodes a video file from start to end, as fast as it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
from av.container import InputContainer
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from nasfe_cam.core.errors import PathUnreachable, SourceNotFound, VideoUnreadable
from nasfe_cam.core.frame import Image
from nasfe_cam.core.text.reasons import Reason, reason_of
from nasfe_cam.core.user_files import FileKind, kind_of
from nasfe_cam.image_io.codecs import DECODERS, MOST_PIXELS, WHITELIST
from nasfe_cam.image_io.deinterlacing import Deinterlacer
from nasfe_cam.image_io.shown_picture import PictureConverter, checked_aspect

# A playlist or a session description is a local file that makes FFmpeg open
# network addresses and other files; containers that hold their pictures
# themselves are the only ones let in.
_CONTAINERS = "mov,matroska,webm,avi,mpegts,mpeg,ogg,flv,asf,gif,ivf,nut,mxf,h264,hevc,m4v,mjpeg"
_PROTOCOLS = "file"

_FALLBACK_FPS = 30.0
_MAXIMUM_GAP_SECONDS = 10.0
_MAXIMUM_DAMAGED_PACKETS = 300
# The picture data may state another size than the container does.
_LIMITS = {"max_pixels": str(MOST_PIXELS), "codec_whitelist": WHITELIST}
# What a stream is, FFmpeg finds out by decoding a picture of it; so large ones are named still.
_LIMITS_OF_A_LOOK = {"max_pixels": str(16384 * 16384)}


@dataclass(frozen=True, slots=True)
class DecodedPicture:
    """One picture of the file; converting it is left to whoever shows it.

    Attributes:
        picture: as decoded, mostly YUV, not rotated.
        seconds: when it is shown, from 0 at the first picture of the file.
        duration: for how many seconds, as far as the file says.
        pixel_aspect: width of a stored pixel by its height.
        converter: of the file.
    """

    picture: VideoFrame
    seconds: float
    duration: float
    pixel_aspect: float
    converter: PictureConverter

    def image(self) -> Image:
        """See `PictureConverter.to_bgr`; raises ValueError."""
        return self.converter.to_bgr(self.picture, self.pixel_aspect)


class VideoFile:
    """An open video file.

    Attributes:
        fps: nominal frames per second.

    Raises:
        SourceNotFound: there is no such file.
        VideoUnreadable: it is empty, no video, damaged from its start or too large.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        _check_is_file(path)
        container = _open(path)
        try:
            stream = _video_stream(container, path)
            stream.thread_type = "AUTO"
            stream.codec_context.options = _LIMITS
        except Exception:
            container.close()
            raise
        self._open: tuple[InputContainer, VideoStream] | None = (container, stream)
        self._pixel_aspect = _pixel_aspect(stream)
        self._converter = PictureConverter()
        rate = stream.average_rate or stream.guessed_rate
        self.fps = float(rate) if rate else _FALLBACK_FPS

    def pictures(self) -> Iterator[DecodedPicture]:
        """Every readable picture once, in the order of showing; damage is passed over.

        Time stamps never go back, and a gap in them beyond ten seconds counts
        as one frame: such stamps come from damage, and nobody waits that long.

        Raises:
            VideoUnreadable: every other line is missing and cannot be filled in.
        """
        period = 1.0 / self.fps
        seconds = 0.0
        previous: float | None = None
        for picture in self._whole_pictures():
            if picture.width * picture.height > MOST_PIXELS:
                return
            stamp = picture.time
            if previous is not None:
                step = period if stamp is None else stamp - previous
                seconds += step if 0 <= step <= _MAXIMUM_GAP_SECONDS else period
            # A picture without a stamp stands where it was put.
            previous = stamp if stamp is not None else (previous or 0.0) + period
            duration = _duration(picture, period)
            yield DecodedPicture(picture, seconds, duration, self._pixel_aspect, self._converter)

    def close(self) -> None:
        """Let go of the file and of the decoder, whose threads end with the last reference."""
        container, self._open = self._open, None
        if container is not None:
            container[0].close()

    def _whole_pictures(self) -> Iterator[VideoFrame]:
        deinterlacer = Deinterlacer()
        try:
            for picture in self._decode():
                yield from deinterlacer.passed(picture)
            yield from deinterlacer.rest()
        except av.FFmpegError as error:
            # Such as pictures of fewer than three lines.
            reason = f"its lines cannot be filled in: {error.strerror or error}"
            raise VideoUnreadable(self._path, reason) from error

    def _decode(self) -> Iterator[VideoFrame]:
        damaged = 0
        if self._open is None:
            return
        container, stream = self._open
        packets = container.demux(stream)
        while damaged < _MAXIMUM_DAMAGED_PACKETS:
            try:
                packet = next(packets, None)
            except (av.FFmpegError, OSError):
                return
            if packet is None:
                return
            try:
                pictures = packet.decode()
            except av.EOFError:
                return
            except av.FFmpegError:
                damaged += 1
                continue
            yield from pictures


def _pixel_aspect(stream: VideoStream) -> float:
    """As the file states it (DVDs, AVCHD, recorders); 1 where it states nothing that can be."""
    stated = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio
    return checked_aspect(float(stated) if stated else 1.0)


def _duration(picture: VideoFrame, period: float) -> float:
    if not picture.duration or picture.time_base is None:
        return period
    seconds = float(picture.duration * picture.time_base)
    return seconds if 0 < seconds <= _MAXIMUM_GAP_SECONDS else period


def _check_is_file(path: Path) -> None:
    """Refuse what would block or mislead when opened: folders, pipes, devices, nothing."""
    try:
        kind = kind_of(path)
        if kind is FileKind.MISSING:
            raise SourceNotFound(path)
        if kind is not FileKind.FILE:
            raise VideoUnreadable(path, Reason.NOT_A_FILE)
        if path.stat().st_size == 0:
            raise VideoUnreadable(path, Reason.EMPTY_FILE)
    except PathUnreachable as error:
        raise VideoUnreadable(path, error.reason) from None
    except OSError as error:
        raise VideoUnreadable(path, reason_of(error)) from error


def _open(path: Path) -> InputContainer:
    try:
        # The prefix keeps FFmpeg from reading a protocol into a strange file name.
        return av.open(
            f"file:{path.absolute()}",
            mode="r",
            container_options={
                "protocol_whitelist": _PROTOCOLS,
                "format_whitelist": _CONTAINERS,
                # What a stream is is found out by decoding a little of it, sound too.
                "codec_whitelist": WHITELIST,
            },
            options=_LIMITS_OF_A_LOOK,
            metadata_errors="replace",
        )
    except PermissionError as error:
        raise VideoUnreadable(path, Reason.MAY_NOT_READ) from error
    except av.FFmpegError as error:
        raise VideoUnreadable(path, Reason.NOT_A_VIDEO) from error
    except OSError as error:
        raise VideoUnreadable(path, reason_of(error)) from error


def _video_stream(container: InputContainer, path: Path) -> VideoStream:
    """The first moving picture in the file; cover art of music is none."""
    for stream in container.streams.video:
        if stream.disposition & av.stream.Disposition.attached_pic:
            continue
        context: VideoCodecContext | None = stream.codec_context
        if context is None or context.codec.name not in DECODERS:
            raise VideoUnreadable(path, Reason.NO_COMPRESSION_KNOWN)
        width, height = context.width, context.height
        if width * height > MOST_PIXELS:
            raise VideoUnreadable(path, f"{width} x {height} pixels are more than 4096 x 4096")
        return stream
    raise VideoUnreadable(path, Reason.NO_VIDEO)
