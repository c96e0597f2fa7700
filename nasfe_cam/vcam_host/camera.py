"""The virtual camera as the output program sees it, and pyvirtualcam behind it."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from nasfe_cam.vcam_host.device import DeviceMissing, Keeper, find_loopback
from nasfe_cam.vcam_host.reader_watch import ReaderWatch

_PRESENCE_CHECK_SECONDS = 1.0
_MISSING_PHRASES = ("not found", "not installed", "no camera registered", "supports only")


class PictureKind(StrEnum):
    """Where a sent picture came from."""

    FRAME = "frame"
    CARD = "card"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture on its way into the camera.

    Attributes:
        image: height x width x 3, uint8, BGR.
        kind: frame of the worker, its notice card, or plain grey before there is a card.
        index: number of the frame in the source; -1 for a card.
        captured_at: `time.monotonic()` seconds of the frame's capture; 0 for a card.
    """

    image: NDArray[np.uint8]
    kind: PictureKind
    index: int
    captured_at: float = 0.0


class CameraTaken(Exception):
    """The virtual camera exists but cannot be opened; `str(error)` is the reason."""


class CameraGone(Exception):
    """The open virtual camera stopped taking pictures; `str(error)` is the reason."""


class CameraDevice(Protocol):
    """Something that takes pictures at a steady rate."""

    def send(self, picture: Picture) -> None:
        """Show the picture.

        Raises:
            CameraGone: the device went away; close it and open it again.
        """

    def sleep_until_next_frame(self) -> None:
        """Wait until the next picture is due."""

    def watchers(self) -> int | None:
        """How many programs read the camera; None where it cannot be known. Never waits."""

    def wait_for_reader(self, seconds: float) -> None:
        """Wait until `watchers` may have changed, for at most `seconds`."""

    def close(self) -> None:
        """Let go of the device."""


class VirtualCameraDevice:
    """The `CameraDevice` of pyvirtualcam: v4l2loopback, Unity Capture or OBS.

    The size is fixed for the life of the object: a loopback whose size changes
    under an open reader gives a broken picture without an error.
    """

    def __init__(self, label: str, width: int, height: int, fps: float) -> None:
        """Open the camera.

        Args:
            label: name of the camera; on macOS, and on Windows when no camera has
                this name, the OBS camera serves instead.
            width: in pixels.
            height: in pixels.
            fps: pictures per second.

        Raises:
            DeviceMissing: no such camera, or no pyvirtualcam for this machine.
            CameraTaken: there is one, but it does not open.
        """
        self._path = find_loopback(label) if sys.platform == "linux" else None
        self._camera = _open(label, self._path, width, height, fps)
        self._keeper: Keeper | None = None
        self._readers: ReaderWatch | None = None
        if self._path is not None:
            with suppress(OSError):
                self._keeper = Keeper(self._path)
            self._readers = ReaderWatch(self._path)
        self._check_size(width, height)
        self._next_presence_check = 0.0

    def send(self, picture: Picture) -> None:
        """Show the picture; a single failed write is passed over by the driver.

        Raises:
            CameraGone: the device is no longer there.
        """
        now = time.monotonic()
        # pyvirtualcam hides failed writes on Linux, so a vanished device shows only here.
        if self._path is not None and now >= self._next_presence_check:
            self._next_presence_check = now + _PRESENCE_CHECK_SECONDS
            if not self._path.exists():
                raise CameraGone(f"{self._path} was removed")
        if self._keeper is not None:
            self._keeper.mark_buffers()
        try:
            self._camera.send(picture.image)
        except RuntimeError as error:
            raise CameraGone(_one_line(str(error))) from None

    def sleep_until_next_frame(self) -> None:
        """Wait until the next picture is due."""
        self._camera.sleep_until_next_frame()

    def watchers(self) -> int | None:
        """How many programs read the camera; known on Linux only."""
        return None if self._readers is None else self._readers.count()

    def wait_for_reader(self, seconds: float) -> None:
        """Wait until somebody opens or closes the camera, for at most `seconds`."""
        if self._readers is not None:
            self._readers.wait(seconds)

    def close(self) -> None:
        """Close the camera, then its keeper; the order is what keeps the device usable."""
        if self._readers is not None:
            self._readers.close()
            self._readers = None
        self._camera.close()
        if self._keeper is not None:
            self._keeper.close()
            self._keeper = None

    def _check_size(self, width: int, height: int) -> None:
        """A loopback keeps its size while a reader stays, and says so to nobody."""
        size = None if self._keeper is None else self._keeper.size()
        if size is not None and size != (width, height):
            self.close()
            raise CameraTaken(
                f"a program still shows it with {size[0]}x{size[1]} pixels; "
                "switch the camera off there"
            )


def load_driver() -> None:
    """Load what opens the camera ahead of time, if it is there."""
    with suppress(ImportError):
        import pyvirtualcam  # noqa: F401


# pyvirtualcam has no types; its Camera stays behind this function and the class above.
def _open(label: str, path: Path | None, width: int, height: int, fps: float) -> Any:
    try:
        import pyvirtualcam
    except ImportError:
        # There are no wheels for Linux on ARM.
        raise DeviceMissing(label) from None
    names = [str(path)] if path is not None else _names_off_linux(label)
    reasons: list[str] = []
    for name in names:
        try:
            return pyvirtualcam.Camera(
                width, height, fps, device=name, fmt=pyvirtualcam.PixelFormat.BGR
            )
        except RuntimeError as error:
            reasons += str(error).splitlines()
    if path is None and all(_tells_missing(reason) for reason in reasons):
        raise DeviceMissing(label)
    telling = [reason for reason in reasons if not _tells_missing(reason)]
    raise CameraTaken(_one_line((telling or reasons or ["no reason given"])[0]))


def _names_off_linux(label: str) -> list[str | None]:
    # None lets pyvirtualcam choose: OBS's camera has a fixed name of its own.
    return [None] if sys.platform == "darwin" else [label, None]


def _tells_missing(reason: str) -> bool:
    return any(phrase in reason.lower() for phrase in _MISSING_PHRASES)


def _one_line(reason: str) -> str:
    text = reason.strip().splitlines()[0] if reason.strip() else "no reason given"
    # "'v4l2loopback' backend: Device /dev/video10 is ..." tells a user nothing more.
    text = text.partition(" backend: ")[2] or text
    if "is not a video output device" in text:
        return "another program writes to it, or its driver needs to be reloaded"
    return text.rstrip(".")
