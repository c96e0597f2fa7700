"""A real camera through OpenCV."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import cv2

from nasfe_cam.core.errors import CameraBusy, CameraLost
from nasfe_cam.core.frame import Frame
from nasfe_cam.core.latest_slot import LatestSlot
from nasfe_cam.image_io.colour import as_bgr
from nasfe_cam.sources.base import SourceDescription
from nasfe_cam.sources.capture import Capture, CaptureFactory, open_capture
from nasfe_cam.sources.playback_clock import RunningRate

_MAXIMUM_FAILED_READS = 10
_FAILED_READ_PAUSE_SECONDS = 0.02
_RELEASE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class CameraAddress:
    """A camera that was found and may be opened (`camera_lookup.find_camera`).

    Attributes:
        name: as shown to the user.
        device: what OpenCV opens: a device path on Linux, elsewhere a number.
        second: another way to the same camera, tried if the first gives no picture; or None.
    """

    name: str
    device: int | str
    second: int | str | None = None


@dataclass(frozen=True, slots=True)
class _Wish:
    """Size and rate that a camera is asked for."""

    width: int
    height: int
    fps: float


class WebcamSource:
    """Delivers the newest picture of a camera.

    A thread of its own opens and reads the driver all the time: no old picture ever
    waits in a driver's queue, and a driver that hangs cannot hang the reader.

    Args:
        camera: from `find_camera`, which also refuses our own virtual camera.
        width: asked of the camera, in pixels; it may choose another.
        height: asked of the camera, in pixels; it may choose another.
        fps: asked of the camera, per second; it may choose another.
        capture_factory: opens the device.
        clock: returns monotonic seconds.
        stall_seconds: without a picture for so long, the camera counts as lost. A v4l2loopback
            that another program opened paused for four seconds and went on by itself.
        first_picture_seconds: how long the camera may take to open and to start.

    Raises:
        CameraBusy: the device is there but cannot be opened or gives no picture.
    """

    def __init__(
        self,
        camera: CameraAddress,
        *,
        width: int,
        height: int,
        fps: float,
        capture_factory: CaptureFactory = open_capture,
        clock: Callable[[], float] = time.monotonic,
        stall_seconds: float = 5.0,
        first_picture_seconds: float = 8.0,
    ) -> None:
        self._name = camera.name
        self._stall_seconds = stall_seconds
        ways = [camera.device] if camera.second is None else [camera.device, camera.second]
        for device in ways:
            self._reader = _DeviceReader(device, _Wish(width, height, fps), capture_factory, clock)
            # The size is what really comes, not what the driver says it will be.
            # This picture is not delivered: it would be old by the first read.
            first = self._reader.newest.take(first_picture_seconds)
            if first is not None:
                break
            self._reader.close()
        else:
            raise CameraBusy(camera.name)
        self._height, self._width = first.image.shape[:2]

    def describe(self) -> SourceDescription:
        return SourceDescription(
            self._name,
            self._width,
            self._height,
            self._reader.nominal_fps,
            live=True,
            measured_fps=self._reader.rate.per_second,
        )

    def read(self) -> Frame | None:
        """See `Source.read`; raises CameraLost if no picture comes any more."""
        reader = self._reader
        if reader.closing.is_set():
            return None
        # Two waits: the time for which the whole machine stood still is over with the first.
        half = self._stall_seconds / 2
        frame = reader.newest.take(half) or reader.newest.take(half)
        if reader.closing.is_set():
            return None
        if frame is None:
            raise CameraLost(self._name)
        return frame

    def close(self) -> None:
        """Release the camera; a driver that hangs is left to its thread."""
        self._reader.close()


class _DeviceReader:
    """Opens one device and reads it until it is lost, in a thread.

    Attributes:
        newest: the newest picture; closed when there will be no more.
        rate: of the pictures that came.
        nominal_fps: pictures per second that the device states, once it is open.
        closing: set by `close`.
    """

    def __init__(
        self,
        device: int | str,
        wish: _Wish,
        factory: CaptureFactory,
        clock: Callable[[], float],
    ) -> None:
        self._wish = wish
        self._clock = clock
        self.newest: LatestSlot[Frame] = LatestSlot()
        self.rate = RunningRate()
        self.nominal_fps = wish.fps
        self.closing = threading.Event()
        # macOS asks the user for leave in the thread that opens, which has to be the first one.
        opened = factory(device) if sys.platform == "darwin" else None
        self._thread = threading.Thread(
            target=self._run, args=(lambda: opened or factory(device),), name="webcam", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Release the device; a driver that hangs is left to its thread."""
        self.closing.set()
        self.newest.close()
        self._thread.join(_RELEASE_SECONDS)

    def _run(self, open_device: Callable[[], Capture]) -> None:
        try:
            capture = open_device()
            try:
                if capture.isOpened() and not self.closing.is_set():
                    self._ask(capture)
                    self._read_until_lost(capture)
            finally:
                capture.release()
        except (cv2.error, ValueError):
            # What the driver delivers is no picture any more; the reader sees it as lost.
            pass
        finally:
            self.newest.close()

    def _ask(self, capture: Capture) -> None:
        _request(capture, self._wish)
        stated = capture.get(cv2.CAP_PROP_FPS)
        if 1 <= stated <= 1000:
            self.nominal_fps = stated

    def _read_until_lost(self, capture: Capture) -> None:
        index = 0
        failed = 0
        while failed < _MAXIMUM_FAILED_READS and not self.closing.is_set():
            ok, image = capture.read()
            captured_at = self._clock()
            if not ok or image is None or image.size == 0:
                # One damaged JPEG is no reason to restart a camera.
                failed += 1
                self.closing.wait(_FAILED_READ_PAUSE_SECONDS)
                continue
            failed = 0
            self.rate.add(captured_at)
            self.newest.put(Frame(as_bgr(image), captured_at, index))
            index += 1


def _request(capture: Capture, wish: _Wish) -> None:
    """Ask for size and rate; MJPG comes first, since raw pictures of 720p exceed USB 2 at 30 fps.

    A camera without MJPG refuses that and keeps its own format.
    """
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, wish.width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, wish.height)
    capture.set(cv2.CAP_PROP_FPS, wish.fps)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
