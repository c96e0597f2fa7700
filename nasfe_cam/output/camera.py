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

from nasfe_cam.output.device import DeviceMissing, Keeper, find_loopback

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
    """

    image: NDArray[np.uint8]
    kind: PictureKind
    index: int


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
        if self._path is not None:
            with suppress(OSError):
                self._keeper = Keeper(self._path)
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
        try:
            self._camera.send(picture.image)
        except RuntimeError as error:
            raise CameraGone(_one_line(str(error))) from None

    def sleep_until_next_frame(self) -> None:
        """Wait until the next picture is due."""
        self._camera.sleep_until_next_frame()

    def close(self) -> None:
        """Close the camera, then its keeper; the order is what keeps the device usable."""
        self._camera.close()
        if self._keeper is not None:
            self._keeper.close()
            self._keeper = None


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
