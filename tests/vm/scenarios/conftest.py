"""The cameras of the virtual machine, and the program in it."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.vm.scenarios.chromium import Chromium
from tests.vm.scenarios.devices import (
    EXCLUSIVE_CAPS,
    LABELS,
    NASFE,
    NODES,
    WEBCAM,
    Feeder,
)
from tests.vm.scenarios.program import Launcher, Program
from tests.vm.scenarios.watcher import PATIENCE, Watcher

Record = Callable[[str, float], None]
MEASURED: dict[str, float] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--minutes", type=float, default=3, help="how long the long meeting lasts")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if MEASURED:
        terminalreporter.section("measured in the virtual machine")
    for name, value in MEASURED.items():
        terminalreporter.write_line(f"{name}: {value:g}")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep what failed, in case the machine is stopped before the end."""
    if report.failed:
        with (Path(os.environ["RESULTS"]) / "failures.txt").open("a") as file:
            file.write(f"{report.nodeid} ({report.when})\n{report.longreprtext}\n\n")


_LAUNCHER = pytest.StashKey[Launcher]()


def pytest_configure(config: pytest.Config) -> None:
    # It takes longer to be ready than the tests take to be collected.
    if not config.option.collectonly:
        config.stash[_LAUNCHER] = Launcher(Path(os.environ["RESULTS"]))


def pytest_unconfigure(config: pytest.Config) -> None:
    if _LAUNCHER in config.stash:
        config.stash[_LAUNCHER].close()


@pytest.fixture(scope="session")
def results() -> Path:
    """Where what is left here comes back from the virtual machine."""
    return Path(os.environ["RESULTS"])


@pytest.fixture(scope="session")
def record(results: Path) -> Record:
    """Keep a measurement."""

    def keep(name: str, value: float) -> None:
        MEASURED[name] = round(value, 3)
        (results / "measurements.json").write_text(json.dumps(MEASURED, indent=2))

    return keep


@pytest.fixture(scope="session", autouse=True)
def driver() -> None:
    """Load v4l2loopback with the devices of `devices`."""
    labels = ",".join(LABELS)
    numbers = ",".join(node.name.removeprefix("video") for node in NODES)
    caps = ",".join(map(str, EXCLUSIVE_CAPS))
    options = [f"devices={len(NODES)}", f"video_nr={numbers}", f"exclusive_caps={caps}"]
    subprocess.run(["modprobe", "v4l2loopback", f'card_label="{labels}"', *options], check=True)
    for node in NODES:
        os.chown(node, 0, 44)
        node.chmod(0o660)


@pytest.fixture(scope="session")
def launcher(pytestconfig: pytest.Config) -> Launcher:
    return pytestconfig.stash[_LAUNCHER]


@pytest.fixture(scope="session")
def webcam() -> Iterator[Feeder]:
    feeder = Feeder(WEBCAM)
    yield feeder
    feeder.unplug()


@pytest.fixture(scope="session")
def current_run(launcher: Launcher, webcam: Feeder) -> Iterator[Callable[[], Program]]:
    """The run of the program that goes on from test to test; a new one where it has ended.

    Starting takes the emulated processor a quarter of a minute.
    """
    runs: list[Program] = []

    def run() -> Program:
        webcam.plug_in()  # a test that failed may have left it unplugged
        if not runs or not runs[-1].is_running():
            runs.append(launcher.run())
        return runs[-1]

    yield run
    for program in runs:
        program.end()


@pytest.fixture
def program(current_run: Callable[[], Program]) -> Program:
    """The run of the program that goes on from test to test."""
    return current_run()


@pytest.fixture
def status(launcher: Launcher) -> Callable[[], dict[str, Any]]:
    """What the running program says of itself."""
    return lambda: dict(json.loads(launcher.ask("status", "--json")))


@pytest.fixture
def start(launcher: Launcher, webcam: Feeder) -> Iterator[Callable[..., Program]]:
    """Start further runs of the program; what still runs when the test ends is killed."""
    started: list[Program] = []
    webcam.plug_in()

    def start_program(*options: str, user: int = 0) -> Program:
        started.append(launcher.run(*options, user=user))
        return started[-1]

    yield start_program
    for program in started:
        program.end()


SLOWEST_HOST = 0.02
"""What tests/vm/speed.py prints on a machine that still emulates a browser beside the camera. On a
Xeon of 2.0 GHz (0.024) one frame takes up to ten seconds then."""


@pytest.fixture(scope="session")
def browser(results: Path) -> Iterator[Chromium]:
    if (host := float(os.environ["LOOP_SECONDS"])) > SLOWEST_HOST:
        pytest.skip(
            f"this machine is too slow to emulate a browser beside the camera: tests/vm/speed.py "
            f"takes {host:.3f} s, at most {SLOWEST_HOST}"
        )
    browser = Chromium(results / "chromium.log")
    yield browser
    browser.close()


@pytest.fixture
def chromium(browser: Chromium) -> Iterator[Chromium]:
    """The browser, whose camera is switched off when the test ends."""
    yield browser
    browser.leave()


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

    def wait(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "it did not happen in time"
            time.sleep(0.05)

    return wait
