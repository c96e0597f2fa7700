"""A real camera through OpenCV."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import cv2

from nasfe_cam.errors import CameraBusy, CameraLost
from nasfe_cam.frame import Frame
from nasfe_cam.slot import LatestSlot
from nasfe_cam.sources.base import SourceDescription
from nasfe_cam.sources.capture import Capture, CaptureFactory, open_capture
from nasfe_cam.sources.colour import as_bgr
from nasfe_cam.sources.pacing import RunningRate

_MAXIMUM_FAILED_READS = 10
_FAILED_READ_PAUSE_SECONDS = 0.02
_RELEASE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class CameraAddress:
    """A camera that was found and may be opened (`finding.find_camera`).

    Attributes:
        name: as shown to the user.
        device: what OpenCV opens: a device path on Linux, elsewhere a number.
    """

    name: str
    device: int | str


class WebcamSource:
    """Delivers the newest picture of a camera.

    A thread of its own reads the driver all the time: no old picture ever
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
        first_picture_seconds: how long the camera may take to start.

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
        self._clock = clock
        self._stall_seconds = stall_seconds
        self._rate = RunningRate()
        self._newest: LatestSlot[Frame] = LatestSlot()
        self._closing = threading.Event()
        self._capture = capture_factory(camera.device)
        if not self._capture.isOpened():
            self._capture.release()
            raise CameraBusy(camera.name)
        _request(self._capture, width, height, fps)
        stated = self._capture.get(cv2.CAP_PROP_FPS)
        self._nominal_fps = stated if 1 <= stated <= 1000 else fps
        self._thread = threading.Thread(target=self._capture_pictures, name="webcam", daemon=True)
        self._thread.start()
        # The size is what really comes, not what the driver says it will be.
        # This picture is not delivered: it would be old by the first read.
        first = self._newest.take(first_picture_seconds)
        if first is None:
            self.close()
            raise CameraBusy(camera.name)
        self._height, self._width = first.image.shape[:2]

    def describe(self) -> SourceDescription:
        return SourceDescription(
            self._name,
            self._width,
            self._height,
            self._nominal_fps,
            live=True,
            measured_fps=self._rate.per_second,
        )

    def read(self) -> Frame | None:
        """See `Source.read`; raises CameraLost if no picture comes any more."""
        if self._closing.is_set():
            return None
        # Two waits: the time for which the whole machine stood still is over with the first.
        half = self._stall_seconds / 2
        frame = self._newest.take(half) or self._newest.take(half)
        if self._closing.is_set():
            return None
        if frame is None:
            raise CameraLost(self._name)
        return frame

    def close(self) -> None:
        """Release the camera; a driver that hangs is left to its thread."""
        self._closing.set()
        self._newest.close()
        self._thread.join(_RELEASE_SECONDS)

    def _capture_pictures(self) -> None:
        try:
            self._capture_until_lost()
        except (cv2.error, ValueError):
            # What the driver delivers is no picture any more; the reader sees it as lost.
            pass
        finally:
            self._newest.close()
            self._capture.release()

    def _capture_until_lost(self) -> None:
        index = 0
        failed = 0
        while failed < _MAXIMUM_FAILED_READS and not self._closing.is_set():
            ok, image = self._capture.read()
            captured_at = self._clock()
            if not ok or image is None or image.size == 0:
                # One damaged JPEG is no reason to restart a camera.
                failed += 1
                self._closing.wait(_FAILED_READ_PAUSE_SECONDS)
                continue
            failed = 0
            self._rate.add(captured_at)
            self._newest.put(Frame(as_bgr(image), captured_at, index))
            index += 1


def _request(capture: Capture, width: int, height: int, fps: float) -> None:
    """Ask for size and rate; MJPG comes first, since raw pictures of 720p exceed USB 2 at 30 fps.

    A camera without MJPG refuses that and keeps its own format.
    """
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
    capture.set(cv2.CAP_PROP_FPS, fps)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
