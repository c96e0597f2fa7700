"""A video file decoded from start to end, without regard to time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
from av.container import InputContainer
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from nasfe_cam.errors import SourceNotFound, VideoUnreadable
from nasfe_cam.frame import Image
from nasfe_cam.sources.base import MAXIMUM_PIXELS
from nasfe_cam.sources.colour import as_bgr

# A playlist or a session description is a local file that makes FFmpeg open
# network addresses and other files; containers that hold their pictures
# themselves are the only ones let in.
_CONTAINERS = "mov,matroska,webm,avi,mpegts,mpeg,ogg,flv,asf,gif,ivf,nut,mxf,h264,hevc,m4v,mjpeg"
_PROTOCOLS = "file"

_FALLBACK_FPS = 30.0
_MAXIMUM_GAP_SECONDS = 10.0
_MAXIMUM_DAMAGED_PACKETS = 300

_ROTATIONS = {
    90: cv2.ROTATE_90_COUNTERCLOCKWISE,
    180: cv2.ROTATE_180,
    270: cv2.ROTATE_90_CLOCKWISE,
}


@dataclass(frozen=True, slots=True)
class DecodedPicture:
    """One picture of the file; converting it is left to whoever shows it.

    Attributes:
        picture: as decoded, mostly YUV, not rotated.
        seconds: when it is shown, from 0 at the first picture of the file.
        duration: for how many seconds, as far as the file says.
    """

    picture: VideoFrame
    seconds: float
    duration: float

    def image(self) -> Image:
        """H x W x 3, uint8, BGR, C-contiguous, upright.

        Raises:
            ValueError: the pixels cannot be converted.
        """
        try:
            image = as_bgr(self.picture.to_ndarray(format="bgr24"))
        except av.FFmpegError as error:
            raise ValueError(str(error)) from error
        turn = _ROTATIONS.get(self.picture.rotation % 360)
        return image if turn is None else as_bgr(cv2.rotate(image, turn))


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
        self._container = _open(path)
        try:
            self._stream = _video_stream(self._container, path)
            self._stream.thread_type = "AUTO"
            # The picture data may state another size than the container does.
            self._stream.codec_context.options = {"max_pixels": str(MAXIMUM_PIXELS)}
        except Exception:
            self._container.close()
            raise
        rate = self._stream.average_rate or self._stream.guessed_rate
        self.fps = float(rate) if rate else _FALLBACK_FPS

    def pictures(self) -> Iterator[DecodedPicture]:
        """Every readable picture once, in the order of showing; damage is passed over.

        Time stamps never go back, and a gap in them beyond ten seconds counts
        as one frame: such stamps come from damage, and nobody waits that long.
        """
        period = 1.0 / self.fps
        seconds = 0.0
        previous: float | None = None
        for picture in self._decode():
            if picture.width * picture.height > MAXIMUM_PIXELS:
                return
            stamp = picture.time
            if previous is not None:
                step = period if stamp is None else stamp - previous
                seconds += step if 0 <= step <= _MAXIMUM_GAP_SECONDS else period
            # A picture without a stamp stands where it was put.
            previous = stamp if stamp is not None else (previous or 0.0) + period
            yield DecodedPicture(picture, seconds, _duration(picture, period))

    def close(self) -> None:
        self._container.close()

    def _decode(self) -> Iterator[VideoFrame]:
        damaged = 0
        packets = self._container.demux(self._stream)
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


def _duration(picture: VideoFrame, period: float) -> float:
    if not picture.duration or picture.time_base is None:
        return period
    seconds = float(picture.duration * picture.time_base)
    return seconds if 0 < seconds <= _MAXIMUM_GAP_SECONDS else period


def _check_is_file(path: Path) -> None:
    """Refuse what would block or mislead when opened: folders, pipes, devices, nothing."""
    try:
        if not path.exists():
            raise SourceNotFound(path)
        if not path.is_file():
            raise VideoUnreadable(path, "it is a folder or a device, not a file")
        if path.stat().st_size == 0:
            raise VideoUnreadable(path, "the file is empty")
    except OSError as error:
        raise VideoUnreadable(path, error.strerror or str(error)) from error


def _open(path: Path) -> InputContainer:
    try:
        # The prefix keeps FFmpeg from reading a protocol into a strange file name.
        return av.open(
            f"file:{path.absolute()}",
            mode="r",
            container_options={
                "protocol_whitelist": _PROTOCOLS,
                "format_whitelist": _CONTAINERS,
            },
            metadata_errors="replace",
        )
    except PermissionError as error:
        raise VideoUnreadable(path, "you have no permission to read it") from error
    except av.FFmpegError as error:
        raise VideoUnreadable(path, "it is not a video, or damaged from its start") from error
    except OSError as error:
        raise VideoUnreadable(path, error.strerror or str(error)) from error


def _video_stream(container: InputContainer, path: Path) -> VideoStream:
    """The first moving picture in the file; cover art of music is none."""
    for stream in container.streams.video:
        if stream.disposition & av.stream.Disposition.attached_pic:
            continue
        context: VideoCodecContext | None = stream.codec_context
        if context is None:
            raise VideoUnreadable(path, "its kind of compression is not known here")
        if context.width * context.height > MAXIMUM_PIXELS:
            raise VideoUnreadable(
                path, f"{context.width} x {context.height} pixels are more than 8192 x 8192"
            )
        return stream
    raise VideoUnreadable(path, "it holds no video")
