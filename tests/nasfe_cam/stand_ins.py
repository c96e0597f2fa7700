"""Stand-ins for sources, networks and outputs, with faults that tests switch on."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.base import EngineDescription
from engine.errors import EngineRunFailed
from engine.reasons import Int8InHardware
from nasfe_cam.config.settings import Settings
from nasfe_cam.core.errors import (
    CameraLost,
    CameraNotFound,
    OutputFileFailed,
    SourceError,
)
from nasfe_cam.core.frame import FloatArray, Frame, Image
from nasfe_cam.faces.alignment import CANONICAL_POSITIONS, STABLE_LANDMARKS
from nasfe_cam.faces.tracker import FACE_OVAL, Face
from nasfe_cam.restoration.observer import Observation
from nasfe_cam.restoration.restorer import NOTHING, References
from nasfe_cam.sinks.virtual_camera import VirtualCamera
from nasfe_cam.sources.base import SourceDescription

WIDTH, HEIGHT = 320, 180
SETTINGS = Settings().replaced(
    # No webcam gives 200 frames per second: a busy machine would do less and less for each
    # of them, down to nothing. Which frames give way is tested in test_keeping_pace.py alone.
    # What is seen is the network's work alone: grey frames would be lifted to white walls.
    {
        "output.width": WIDTH,
        "output.height": HEIGHT,
        "restore.rate": "every-frame",
        "restore.light": 0,
        "restore.retouch": 100,
    }
)


def face_at(x: float, y: float, side: float) -> Face:
    """A face whose aligned crop is the square of this side with its corner at x, y."""
    landmarks = np.zeros((478, 2), np.float32)
    angles = np.linspace(0, 2 * np.pi, len(FACE_OVAL), endpoint=False) - np.pi / 2
    oval = np.column_stack([0.5 + 0.27 * np.cos(angles), 0.6 + 0.32 * np.sin(angles)])
    landmarks[:] = (0.5, 0.6)
    landmarks[FACE_OVAL] = oval
    landmarks[STABLE_LANDMARKS] = CANONICAL_POSITIONS
    return Face(landmarks * side + np.float32((x, y)), turn=0.0)


class Source:
    """Grey frames at a rate; `unplug` makes it fail as a camera does."""

    def __init__(self, frames: int = 10**9, fps: float = 200.0, grey: int = 60) -> None:
        self._grey = grey
        self._frames = frames
        self._period = 1 / fps
        self._index = 0
        self._closed = threading.Event()
        self.unplugged = threading.Event()

    def describe(self) -> SourceDescription:
        return SourceDescription("stand-in", WIDTH, HEIGHT, 1 / self._period, live=True)

    def read(self) -> Frame | None:
        if self._closed.wait(self._period) or self._index >= self._frames:
            return None
        if self.unplugged.is_set():
            raise CameraLost("stand-in")
        image = np.full((HEIGHT, WIDTH, 3), self._grey, np.uint8)
        self._index += 1
        return Frame(image, time.monotonic(), self._index - 1)

    def close(self) -> None:
        self._closed.set()

    @property
    def closed(self) -> bool:
        return self._closed.is_set()


class Plug:
    """Opens stand-in sources; while `out` is set it raises `error` instead."""

    def __init__(self) -> None:
        self.out = threading.Event()
        self.error: SourceError = CameraNotFound("stand-in")
        self.opened: list[Source] = []
        self.grey = 60

    def open(self) -> Source:
        if self.out.is_set():
            raise self.error
        self.opened.append(Source(grey=self.grey))
        return self.opened[-1]


class Tracker:
    """One face in the middle of every frame; fails while `broken` is set."""

    def __init__(self, broken: threading.Event | None = None) -> None:
        self._broken = broken or threading.Event()

    def track(self, frame: Frame) -> Sequence[Face]:
        if self._broken.is_set():
            raise RuntimeError("tracker fault")
        return [face_at(100, 30, 120)]

    def close(self) -> None:
        pass


class Observer:
    """Sees the same degradation in every crop."""

    def __init__(self, degradation: tuple[float, float, float] = (1, 1, 1)) -> None:
        self._degradation = degradation

    def observe(self, crop: Image) -> Observation:
        zeros: FloatArray = np.zeros(256, np.float32)
        return Observation(zeros, zeros, np.array(self._degradation, np.float32))

    def close(self) -> None:
        pass


class Restorer:
    """Draws stripes on the crop, in `seconds`; fails while `broken` is set.

    Fine ones: what is coarse about a face is the camera's, whatever a network says.
    """

    size = 64
    takes_references = False

    def __init__(self, broken: threading.Event | None = None, seconds: float = 0.0) -> None:
        self._broken = broken or threading.Event()
        self.identity: FloatArray | None = None
        self.seconds = seconds
        self.runs = 0

    def describe(self) -> EngineDescription:
        return EngineDescription("stand-in", "none", "f32", (Int8InHardware().statement,))

    def identify(self, identity: FloatArray | None) -> None:
        self.identity = identity

    def restore(
        self, crop: Image, observation: Observation, references: References = NOTHING
    ) -> Image:
        if self._broken.is_set():
            raise EngineRunFailed("none", "fault")
        self.runs += 1
        time.sleep(self.seconds)
        stripes = np.float32(40) * (-1) ** (np.arange(self.size) // 2)
        striped = np.asarray(crop, np.float32) + stripes[None, :, None]
        return np.clip(striped, 0, 255).astype(np.uint8)

    def close(self) -> None:
        pass


class Sink:
    """Keeps what it was shown; fails once while `broken` is set."""

    name = "stand-in"

    def __init__(self) -> None:
        self.watched = True
        self.frames: list[Frame] = []
        self.broken = threading.Event()
        self.closed = threading.Event()

    def show(self, frame: Frame) -> None:
        self.frames.append(frame)
        if self.broken.is_set():
            raise OutputFileFailed(Path("out.mp4"), "No space left on device")

    def close(self) -> None:
        self.closed.set()

    def is_restored(self) -> bool:
        """Whether the newest frame shows the restored face."""
        return bool(self.frames) and stripes_in(self.frames[-1].image) > 40

    def is_untouched(self) -> bool:
        """Whether the newest frame is what the camera gave."""
        return bool(self.frames) and bool((self.frames[-1].image == 60).all())


def stripes_in(image: Image) -> int:
    """Contrast in the middle of the face: 0 untouched, over 40 restored by the stand-in."""
    return int(np.ptp(image[100, 150:170]))


def eventually(condition: object, seconds: float = 180.0) -> bool:
    """Wait until a callable is true; False if it never is."""
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.01)
    return False


def leave_behind(camera: VirtualCamera) -> None:
    """Leave the camera's program running, as a worker does that is killed."""
    camera._closed = True
    camera._supervisor.let_go()
    camera._ring.close(keep_file=True)
