"""Finds the virtual camera by its label, and leaves it usable afterwards."""

from __future__ import annotations

import mmap
import os
import struct
import sys
from contextlib import suppress
from pathlib import Path

VIDEO_CLASS = Path("/sys/class/video4linux")

# linux/videodev2.h on 64-bit machines, the only ones for which there is a pyvirtualcam.
_STREAMON = 0x40045612
_GET_FORMAT = 0xC0D05604
_QUERY_BUFFER = 0xC0585609
_BUFFER_TYPE_OUTPUT = 2
_FORMAT_BYTES, _FORMAT_SIZE_OFFSET = 208, 8
_BUFFER_BYTES, _BUFFER_LENGTH_OFFSET = 88, 72
_MAXIMUM_BUFFERS = 32
# v4l2_capability.card has 32 bytes, the last of them zero.
_LABEL_BYTES = 31


class DeviceMissing(Exception):
    """No virtual camera of the wanted name is installed; `str(error)` is one sentence."""

    def __init__(self, label: str) -> None:
        super().__init__(f"virtual camera {label!r} is not installed")


def kernel_label(label: str) -> bytes:
    """The label as the kernel keeps it: 31 bytes, which may end in the middle of a letter."""
    return label.encode("utf-8", errors="surrogateescape")[:_LABEL_BYTES].strip()


def find_loopback(label: str, video_class: Path = VIDEO_CLASS) -> Path:
    """Device file of the v4l2loopback device with this label.

    Left to itself, pyvirtualcam takes the first loopback that it finds, which
    may be somebody else's.

    Args:
        label: the `card_label` of the device, such as "NASFE Camera".
        video_class: the sysfs folder of the video devices.

    Returns:
        Such as `/dev/video10`; of several with the label, the lowest number.

    Raises:
        DeviceMissing: no device has the label.
    """
    found: list[Path] = []
    for folder in video_class.glob("video*"):
        # A device can be unplugged between the listing and the reading.
        with suppress(OSError):
            if (folder / "name").read_bytes().strip() == kernel_label(label):
                found.append(folder)
    if not found:
        raise DeviceMissing(label)
    return Path("/dev") / min(found, key=_number).name


def loopback_nodes(video_class: Path = VIDEO_CLASS) -> list[str]:
    """Names such as "video10" of the video devices with no hardware behind them, by number."""
    found = []
    for folder in video_class.glob("video*"):
        with suppress(OSError):
            if folder.name.removeprefix("video").isdecimal() and not (folder / "device").exists():
                found.append(folder)
    return [folder.name for folder in sorted(found, key=_number)]


def _number(folder: Path) -> int:
    digits = folder.name.removeprefix("video")
    return int(digits) if digits.isdigit() else sys.maxsize


class Keeper:
    """A second descriptor beside the producer's, against two faults of v4l2loopback up to 0.12.7.

    With `exclusive_caps=1` the module announces OUTPUT again only when an opener
    that had called VIDIOC_STREAMON closes. pyvirtualcam only writes, so after it
    the device is dead until the module is reloaded. Open the keeper after the
    producer and close it after the producer; if the process dies, the kernel
    closes both.

    And a reader that leaves unmarks the buffers of all others, who get no picture
    any more: `mark_buffers` mends that.
    """

    def __init__(self, device: Path) -> None:
        """Open `device` beside its producer.

        Raises:
            OSError: it cannot be opened.
        """
        self._descriptor = os.open(device, os.O_RDWR)
        self._buffers: list[int] = []
        with suppress(OSError):
            _request(self._descriptor, _STREAMON, struct.pack("i", _BUFFER_TYPE_OUTPUT))
            # Newer modules refuse that, and have neither fault.
            self._buffers = self._find_buffers()

    def size(self) -> tuple[int, int] | None:
        """Width and height of the pictures that readers get; None where it does not say."""
        asked = bytearray(_FORMAT_BYTES)
        struct.pack_into("I", asked, 0, _BUFFER_TYPE_OUTPUT)
        try:
            told = _request(self._descriptor, _GET_FORMAT, bytes(asked))
        except OSError:
            return None
        width, height = struct.unpack_from("II", told, _FORMAT_SIZE_OFFSET)
        return int(width), int(height)

    def mark_buffers(self) -> None:
        """Mark every buffer as mapped, which mapping a page of it does; before each picture."""
        for offset in self._buffers:
            _map_page(self._descriptor, offset)

    def close(self) -> None:
        """Close the second descriptor."""
        os.close(self._descriptor)

    def _find_buffers(self) -> list[int]:
        """Offsets of the buffers, which lie one behind the other."""
        asked = bytearray(_BUFFER_BYTES)
        struct.pack_into("II", asked, 0, 0, _BUFFER_TYPE_OUTPUT)
        told = _request(self._descriptor, _QUERY_BUFFER, bytes(asked))
        (length,) = struct.unpack_from("I", told, _BUFFER_LENGTH_OFFSET)
        found: list[int] = []
        with suppress(OSError):
            while len(found) < _MAXIMUM_BUFFERS:
                _map_page(self._descriptor, len(found) * length)
                found.append(len(found) * length)
        return found


def _request(descriptor: int, number: int, argument: bytes) -> bytes:
    if sys.platform == "win32":
        raise OSError("V4L2 is Linux's")
    import fcntl

    return fcntl.ioctl(descriptor, number, argument)


def _map_page(descriptor: int, offset: int) -> None:
    if sys.platform != "win32":
        mmap.mmap(descriptor, mmap.PAGESIZE, prot=mmap.PROT_READ, offset=offset).close()
