"""The cameras of the virtual machine, and the program in it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.vm.picture import HEIGHT, WIDTH
from tests.vm.scenarios.chromium import Chromium
from tests.vm.scenarios.program import BUILD, Program
from tests.vm.scenarios.watcher import Watcher

NASFE, WEBCAM, OPEN, OTHER = (Path(f"/dev/video{number}") for number in (10, 11, 12, 13))
LABELS = "NASFE Camera,Fake Webcam,Open Camera,Other Camera"
RATE = 15


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--minutes", type=float, default=3, help="how long the long meeting lasts")


@pytest.fixture(scope="session", autouse=True)
def cameras() -> None:
    """Load the driver as `nasfe-cam camera install` does, with more devices."""
    options = ["devices=4", "video_nr=10,11,12,13", "exclusive_caps=1,1,0,1"]
    command = ["modprobe", "v4l2loopback", f'card_label="{LABELS}"', *options]
    subprocess.run(command, check=True)
    for device in (NASFE, WEBCAM, OPEN, OTHER):
        os.chown(device, 0, 44)
        device.chmod(0o660)


class Feeder:
    """ffmpeg, which makes a loopback device a webcam."""

    def __init__(self, device: Path) -> None:
        form = ["-f", "rawvideo", "-video_size", f"{WIDTH}x{HEIGHT}", "-pix_fmt", "yuyv422"]
        source = ["-framerate", str(RATE), "-i", str(BUILD / "webcam.yuyv")]
        self._process = subprocess.Popen(
            [
                *("ffmpeg", "-v", "error", "-re", "-stream_loop", "-1", *form, *source),
                *("-c", "copy", "-f", "v4l2", str(device)),
            ],
            stdin=subprocess.DEVNULL,
        )

    def unplug(self) -> None:
        """No more pictures."""
        self._process.kill()
        self._process.wait()


@pytest.fixture(scope="session")
def results() -> Path:
    """Where what is left here comes back from the virtual machine."""
    return Path(os.environ["RESULTS"])


@pytest.fixture(scope="module")
def webcam() -> Iterator[Feeder]:
    feeder = Feeder(WEBCAM)
    yield feeder
    feeder.unplug()


@pytest.fixture(scope="module")
def start(results: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., Program]]:
    """Start the program; what still runs at the end of the module is stopped."""
    started: list[Program] = []
    log = results / f"{request.module.__name__.rpartition('.')[2]}.log"

    def start_program(*options: str) -> Program:
        started.append(Program(log, *options))
        return started[-1]

    yield start_program
    for program in started:
        program.stop()


@pytest.fixture(scope="session")
def chromium(results: Path) -> Iterator[Chromium]:
    browser = Chromium(results / "chromium.log")
    yield browser
    browser.close()


@pytest.fixture
def watch() -> Iterator[Callable[..., Watcher]]:
    """Look at a camera with OpenCV until the test ends."""
    watchers: list[Watcher] = []

    def start_watching(device: Path = NASFE) -> Watcher:
        watchers.append(Watcher(device))
        return watchers[-1]

    yield start_watching
    for watcher in watchers:
        watcher.close()


@pytest.fixture
def wait_for() -> Callable[..., None]:
    """Wait until a condition holds; fails the test when it does not within `seconds`."""

    def wait(condition: Callable[[], object], seconds: float = 60.0) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "it did not happen in time"
            time.sleep(0.05)

    return wait
