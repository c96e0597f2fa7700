"""Asks Linux about its cameras without starting them."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# linux/videodev2.h; the ioctl numbers hold the sizes of the structures and are
# the same on all architectures that this program is built for.
_QUERYCAP = 0x80685600
_ENUM_FMT = 0xC0405602
_ENUM_FRAMESIZES = 0xC02C564A
_CAPABILITY = struct.Struct("=16s32s32sIII12x")
_FORMAT = struct.Struct("=III32sI16x")
_FRAME_SIZE = struct.Struct("=III6I8x")
_CAP_VIDEO_CAPTURE = 0x00000001
_CAP_VIDEO_CAPTURE_MPLANE = 0x00001000
_CAP_DEVICE_CAPS = 0x80000000
_BUFFER_CAPTURE = 1
_SIZE_DISCRETE = 1
_MAXIMUM_ENTRIES = 64
# 8 to 16 bits of brightness, packed or not, and depth.
_GREY_FORMATS = frozenset(
    {"GREY", "Y4", "Y6", "Y8I", "Y10", "Y10B", "Y10P", "Y12", "Y12I", "Y14", "Y16", "Z16"}
    | {"Y16 -BE", "IPU3", "INZI", "CNF4"}
)


@dataclass(frozen=True, slots=True)
class DeviceFolders:
    """Where the kernel shows its video devices; tests point it elsewhere."""

    names: Path = Path("/sys/class/video4linux")
    nodes: Path = Path("/dev")


@dataclass(frozen=True, slots=True)
class VideoDevice:
    """One /dev/videoN; a webcam often has two, only one of which gives pictures."""

    number: int
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class PixelFormat:
    """A pixel format a camera offers.

    Attributes:
        code: four characters, such as MJPG or YUYV.
        sizes: (width, height) in pixels; empty where any size in a range goes.
    """

    code: str
    sizes: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a device can do at the moment.

    Attributes:
        capture: it gives pictures.
        formats: the formats of these pictures.
    """

    capture: bool
    formats: tuple[PixelFormat, ...]

    @property
    def colour(self) -> bool:
        """Whether it gives colour, as far as it says: infrared cameras give grey alone."""
        return not self.formats or any(pixels.code not in _GREY_FORMATS for pixels in self.formats)


def list_devices(folders: DeviceFolders) -> list[VideoDevice]:
    """Every video device of the machine by number; none where V4L2 is missing."""
    devices = []
    try:
        entries = list(folders.names.iterdir())
    except OSError:
        return []
    for entry in entries:
        number = entry.name.removeprefix("video")
        # The folder also holds v4l-subdevN, vbiN and the like.
        if not entry.name.startswith("video") or not number.isdecimal():
            continue
        try:
            name = (entry / "name").read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            # Unplugged between the listing and here.
            continue
        devices.append(VideoDevice(int(number), name, folders.nodes / entry.name))
    return sorted(devices, key=lambda device: device.number)


def query_abilities(path: Path) -> Abilities | None:
    """Ask a device what it can do; it stays off, and may be in use by others.

    Returns:
        None if it cannot be asked: not there, no permission, no V4L2 device.
    """
    if sys.platform != "linux":
        return None
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        return _query(descriptor)
    except OSError:
        return None
    finally:
        os.close(descriptor)


def _query(descriptor: int) -> Abilities:
    answer = _ask(descriptor, _QUERYCAP, bytes(_CAPABILITY.size))
    *_, everything, of_this_node = _CAPABILITY.unpack(answer)
    able = of_this_node if everything & _CAP_DEVICE_CAPS else everything
    capture = bool(able & (_CAP_VIDEO_CAPTURE | _CAP_VIDEO_CAPTURE_MPLANE))
    # Multi-planar devices are image sensors of phones and boards, which list through libcamera.
    single_planar = bool(able & _CAP_VIDEO_CAPTURE)
    return Abilities(capture, tuple(_formats(descriptor)) if single_planar else ())


def _formats(descriptor: int) -> Iterator[PixelFormat]:
    for index in range(_MAXIMUM_ENTRIES):
        request = _FORMAT.pack(index, _BUFFER_CAPTURE, 0, b"", 0)
        try:
            code = _FORMAT.unpack(_ask(descriptor, _ENUM_FMT, request))[4]
        except OSError:
            return
        text = struct.pack("<I", code).decode("ascii", errors="replace").strip()
        yield PixelFormat(text, tuple(_sizes(descriptor, code)))


def _sizes(descriptor: int, code: int) -> Iterator[tuple[int, int]]:
    for index in range(_MAXIMUM_ENTRIES):
        request = _FRAME_SIZE.pack(index, code, 0, *(0,) * 6)
        try:
            _, _, kind, width, height, *_ = _FRAME_SIZE.unpack(
                _ask(descriptor, _ENUM_FRAMESIZES, request)
            )
        except OSError:
            return
        if kind != _SIZE_DISCRETE:
            return
        yield width, height


def _ask(descriptor: int, request: int, argument: bytes) -> bytes:
    # Imported here because Windows has no fcntl.
    import fcntl

    return fcntl.ioctl(descriptor, request, argument)
