"""A camera as a source; OpenCV's part is played by a stand-in."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import cv2
import numpy as np
import psutil
import pytest

from nasfe_cam.core.errors import CameraBusy, CameraLost
from nasfe_cam.sources.capture import open_capture
from nasfe_cam.sources.webcam import CameraAddress, WebcamSource

ADDRESS = CameraAddress("Test Camera", "/dev/video0")
OpenWebcam = Callable[..., WebcamSource]


class FakeCamera:
    """Gives a picture when told to; `read` blocks until then, as a driver does."""

    def __init__(self, *, opens: bool = True, fps: float = 30.0) -> None:
        self.opens = opens
        self.fps = fps
        self.asked: list[tuple[int, float]] = []
        self.device: int | str | None = None
        self.released = False
        self._answers: queue.Queue[np.ndarray | None] = queue.Queue()
        self._unplugged = False
        self._delivered = 0
        self._reads = 0

    def deliver(self, image: np.ndarray | None) -> None:
        """The next answer of `read`; None is a read that fails once."""
        self._delivered += 1
        self._answers.put(image)

    def wait_until_all_are_taken(self) -> None:
        """Until the source came back for more, and so has dealt with all it got."""
        while self._reads <= self._delivered:
            time.sleep(0.001)

    def unplug(self) -> None:
        """From here on every read fails at once."""
        self._unplugged = True
        self._answers.put(None)

    def __call__(self, device: int | str) -> FakeCamera:
        self.device = device
        return self

    def isOpened(self) -> bool:
        return self.opens

    def set(self, prop: int, value: float) -> bool:
        self.asked.append((prop, value))
        return False

    def get(self, prop: int) -> float:
        return self.fps if prop == cv2.CAP_PROP_FPS else 0.0

    def read(self) -> tuple[bool, np.ndarray | None]:
        self._reads += 1
        if self._unplugged:
            return False, None
        image = self._answers.get()
        return image is not None, image

    def release(self) -> None:
        self.released = True


def picture(level: int = 0) -> np.ndarray:
    return np.full((48, 64, 3), level, np.uint8)


@pytest.fixture
def camera() -> Iterator[FakeCamera]:
    camera = FakeCamera()
    yield camera
    camera.unplug()  # so that no thread of a test outlives it


@pytest.fixture
def open_webcam(camera: FakeCamera, clock) -> Iterator[OpenWebcam]:
    """Opens `camera`, which has given one picture by then."""
    opened: list[WebcamSource] = []

    def open_it(first: np.ndarray | None = None, **options: float) -> WebcamSource:
        camera.deliver(picture() if first is None else first)
        source = WebcamSource(
            ADDRESS,
            width=1280,
            height=720,
            fps=30.0,
            capture_factory=camera,
            clock=clock,
            **options,
        )
        opened.append(source)
        return source

    yield open_it
    camera.unplug()
    for source in opened:
        source.close()


def test_pictures_come_as_the_camera_gives_them(camera, open_webcam, clock):
    source = open_webcam()
    levels, indices = [], []
    for level in (10, 20, 30):
        clock.now += 0.5
        camera.deliver(picture(level))
        frame = source.read()
        levels.append(int(frame.image[0, 0, 0]))
        indices.append(frame.index)
        assert frame.captured_at == clock.now

    assert levels == [10, 20, 30]
    assert np.diff(indices).tolist() == [1, 1]


def test_a_late_reader_gets_the_newest_picture_and_a_gap_in_the_index(camera, open_webcam):
    source = open_webcam()
    camera.deliver(picture(1))
    first = source.read()
    for level in (2, 3, 4, 5):
        camera.deliver(picture(level))
    camera.wait_until_all_are_taken()

    frame = source.read()

    assert frame.image[0, 0, 0] == 5
    assert frame.index == first.index + 4


@pytest.mark.parametrize(
    "image",
    [
        np.full((48, 64), 9, np.uint8),
        np.full((48, 64, 1), 9, np.uint8),
        np.full((48, 64, 4), 9, np.uint8),
        np.full((48, 64), 9 * 257, np.uint16),
        np.full((1, 1, 3), 9, np.uint8),
        np.full((481, 641, 3), 9, np.uint8),
    ],
    ids=["grey", "one channel", "four channels", "16 bits", "one pixel", "odd size"],
)
def test_whatever_layout_the_driver_gives_becomes_bgr(camera, open_webcam, image):
    source = open_webcam()
    camera.deliver(image)

    frame = source.read()

    assert frame.image.shape == (*image.shape[:2], 3)
    assert frame.image.dtype == np.uint8
    assert np.all(frame.image == 9)


def test_compressed_pictures_are_asked_for_before_size_and_rate(camera, open_webcam):
    open_webcam()

    assert camera.device == "/dev/video0"
    assert camera.asked == [
        (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")),
        (cv2.CAP_PROP_FRAME_WIDTH, 1280),
        (cv2.CAP_PROP_FRAME_HEIGHT, 720),
        (cv2.CAP_PROP_FPS, 30.0),
        (cv2.CAP_PROP_BUFFERSIZE, 1),
    ]


def test_the_size_described_is_the_one_that_comes_not_the_one_asked_for(open_webcam):
    description = open_webcam().describe()

    assert (description.name, description.width, description.height) == ("Test Camera", 64, 48)
    assert description.live


def test_the_frame_rate_is_measured_and_not_believed(camera, open_webcam, clock):
    source = open_webcam()
    assert source.describe().measured_fps is None
    for _ in range(40):
        clock.now += 1 / 12
        camera.deliver(picture())
        source.read()

    assert source.describe().fps == 30.0
    assert source.describe().measured_fps == pytest.approx(12.0, rel=0.01)


@pytest.mark.parametrize("stated", [0.0, -1.0, 1e9, float("nan")])
def test_a_driver_that_states_no_sensible_rate_is_taken_at_the_asked_one(
    camera, open_webcam, stated
):
    camera.fps = stated

    assert open_webcam().describe().fps == 30.0


def test_one_damaged_picture_is_passed_over(camera, open_webcam):
    source = open_webcam()
    camera.deliver(None)
    camera.deliver(np.empty((0, 0, 3), np.uint8))
    camera.deliver(picture(7))

    assert source.read().image[0, 0, 0] == 7


def test_an_unplugged_camera_is_lost_and_released(camera, open_webcam):
    source = open_webcam()
    camera.unplug()

    with pytest.raises(CameraLost, match="'Test Camera' stopped"):
        source.read()
    source.close()
    assert camera.released


def test_a_camera_that_hangs_is_lost(open_webcam):
    source = open_webcam(stall_seconds=0.05)

    with pytest.raises(CameraLost, match="'Test Camera' stopped"):
        source.read()


STANDS_STILL = """
import time
import numpy as np
from nasfe_cam.sources.webcam import CameraAddress, WebcamSource

class Camera:
    def isOpened(self): return True
    def set(self, prop, value): return False
    def get(self, prop): return 5.0
    def release(self): pass
    def read(self):
        for _ in range(10):  # most of it is still to come when the program goes on
            time.sleep(0.02)
        return True, np.zeros((48, 64, 3), np.uint8)

source = WebcamSource(
    CameraAddress("Test Camera", "/dev/video0"),
    width=64, height=48, fps=5.0, capture_factory=lambda device: Camera(), stall_seconds=1.0,
)
print("opened", flush=True)
for _ in range(5):
    assert source.read() is not None
"""


def test_a_machine_that_stood_still_has_not_lost_its_camera():
    command = [sys.executable, "-c", STANDS_STILL]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None and program.stdout.readline() == "opened\n"
        psutil.Process(program.pid).suspend()
        time.sleep(1.5)
        psutil.Process(program.pid).resume()
        assert program.wait(60) == 0


def test_a_camera_that_sends_no_pictures_but_other_data_is_lost(camera, open_webcam):
    source = open_webcam()
    camera.deliver(np.zeros((48, 64, 2), np.uint8))

    with pytest.raises(CameraLost):
        source.read()


def test_a_camera_that_cannot_be_opened_is_busy():
    camera = FakeCamera(opens=False)

    with pytest.raises(CameraBusy, match="'Test Camera' gives no picture"):
        WebcamSource(ADDRESS, width=640, height=480, fps=30, capture_factory=camera)
    assert camera.released


def test_a_camera_that_opens_but_only_fails_is_busy_and_released(camera):
    camera.unplug()

    with pytest.raises(CameraBusy):
        WebcamSource(ADDRESS, width=640, height=480, fps=30, capture_factory=camera)
    assert camera.released


def test_a_driver_that_hangs_while_it_opens_is_left_for_the_second_way(camera, monkeypatch):
    monkeypatch.setattr("nasfe_cam.sources.webcam._RELEASE_SECONDS", 0.05)
    hangs = threading.Event()

    def opens(device: int | str) -> FakeCamera:
        if device == "first":
            hangs.wait(60)
        return camera(device)

    camera.deliver(picture())
    source = WebcamSource(
        CameraAddress("Test Camera", "first", "second"),
        width=640,
        height=480,
        fps=30,
        capture_factory=opens,
        first_picture_seconds=1.0,
    )
    assert camera.device == "second"
    camera.deliver(picture(7))
    assert source.read().image.max() == 7
    camera.unplug()
    hangs.set()
    source.close()


def test_a_first_way_that_gives_no_picture_is_closed_before_the_second(camera):
    first = FakeCamera(opens=False)
    camera.deliver(picture())
    source = WebcamSource(
        CameraAddress("Test Camera", 1400, 0),
        width=640,
        height=480,
        fps=30,
        capture_factory=lambda device: first if device == 1400 else camera,
    )
    assert first.released and source.describe().width == 64
    camera.unplug()
    source.close()


def test_a_camera_that_opens_but_stays_silent_is_busy(camera, monkeypatch):
    monkeypatch.setattr("nasfe_cam.sources.webcam._RELEASE_SECONDS", 0.05)

    with pytest.raises(CameraBusy):
        WebcamSource(
            ADDRESS,
            width=640,
            height=480,
            fps=30,
            capture_factory=camera,
            first_picture_seconds=0.05,
        )


def test_a_closed_camera_is_released_has_ended_and_may_be_closed_again(camera, open_webcam):
    source = open_webcam()
    camera.unplug()
    source.close()
    source.close()

    assert source.read() is None
    assert camera.released


def test_opencv_is_quiet_about_a_device_that_is_not_there(capfd):
    capture = open_capture("/dev/video63" if cv2.CAP_V4L2 else 63)

    assert not capture.isOpened()
    output = capfd.readouterr()
    assert output.out == ""
    assert output.err == ""
