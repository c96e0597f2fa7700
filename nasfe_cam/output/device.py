"""Finding the virtual camera by its label, and keeping it usable after us."""

from __future__ import annotations

import os
import struct
import sys
from contextlib import suppress
from pathlib import Path

VIDEO_CLASS = Path("/sys/class/video4linux")

_VIDIOC_STREAMON = 0x40045612
_BUFFER_TYPE_OUTPUT = 2


class DeviceMissing(Exception):
    """No virtual camera of the wanted name is installed; `str(error)` is one sentence."""

    def __init__(self, label: str) -> None:
        super().__init__(f"virtual camera {label!r} is not installed")


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
        with suppress(OSError, UnicodeDecodeError):
            if (folder / "name").read_text(encoding="utf-8").strip() == label:
                found.append(folder)
    if not found:
        raise DeviceMissing(label)
    return Path("/dev") / min(found, key=_number).name


def _number(folder: Path) -> int:
    digits = folder.name.removeprefix("video")
    return int(digits) if digits.isdigit() else sys.maxsize


class Keeper:
    """Leaves a v4l2loopback device writable after its producer has closed it.

    v4l2loopback up to 0.12.7 with `exclusive_caps=1` announces OUTPUT again only
    when an opener that had called VIDIOC_STREAMON closes. pyvirtualcam only
    writes, so after it the device is dead until the module is reloaded. Open
    the keeper after the producer and close it after the producer; if the process
    dies, the kernel closes both.
    """

    def __init__(self, device: Path) -> None:
        """Open `device` beside its producer.

        Raises:
            OSError: it cannot be opened.
        """
        self._descriptor = os.open(device, os.O_RDWR)
        if sys.platform != "win32":
            import fcntl

            # Newer modules have no need of it and may refuse.
            with suppress(OSError):
                fcntl.ioctl(
                    self._descriptor, _VIDIOC_STREAMON, struct.pack("i", _BUFFER_TYPE_OUTPUT)
                )

    def close(self) -> None:
        """Close the second descriptor."""
        os.close(self._descriptor)
