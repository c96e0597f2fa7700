"""What cannot be opened ends the start with one sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tests.vm.scenarios.devices import NASFE, TAKEN, WEBCAM, Feeder, set_most_openers
from tests.vm.scenarios.program import Program
from tests.vm.scenarios.watcher import BUSY, Watcher

NOBODY = 65534
Start = Callable[..., Program]


@pytest.fixture
def start_beside(program: Program, start: Start) -> Start:
    """Start a second run of the program beside the first, which can be steered already."""
    return partial(start, "--no-control")


def the_only_sentence(program: Program) -> str:
    """What a start that failed in order has printed."""
    assert program.wait() == 2
    lines = [line for line in program.said.splitlines() if "nasfe-cam: " in line]
    assert len(lines) == 1 and "Traceback" not in program.said
    return lines[0]


@pytest.fixture
def someone_writes_to_the_camera() -> Iterator[None]:
    feeder = Feeder(TAKEN)
    yield
    feeder.unplug()


@pytest.fixture
def someone_has_the_webcam(
    webcam: Feeder, program: Program, wait_for: Callable[..., None]
) -> Iterator[None]:
    wait_for(lambda: not program.has_open(WEBCAM))
    set_most_openers(WEBCAM, 1)
    yield
    set_most_openers(WEBCAM, 10)


@pytest.fixture
def everybody_may_open_the_webcam() -> Iterator[None]:
    WEBCAM.chmod(0o666)
    yield
    WEBCAM.chmod(0o660)


def test_no_such_webcam(start_beside: Start) -> None:
    sentence = the_only_sentence(start_beside("--source", "No Such Webcam"))
    assert "No camera 'No Such Webcam' was found." in sentence


@pytest.mark.usefixtures("someone_has_the_webcam")
def test_a_webcam_that_another_program_holds(start_beside: Start) -> None:
    sentence = the_only_sentence(start_beside())
    assert "'Fake Webcam' gives no picture; another program may be using it." in sentence


@pytest.mark.usefixtures("someone_has_the_webcam")
def test_whoever_watches_sees_that_another_program_holds_the_webcam_and_then_the_picture(
    watch: Callable[..., Watcher], wait_for: Callable[..., None]
) -> None:
    watcher = watch()
    wait_for(lambda: watcher.notice() == BUSY)
    set_most_openers(WEBCAM, 10)
    watcher.wait_for(lambda seen: seen.is_restored)


def test_a_webcam_without_permission(start_beside: Start) -> None:
    sentence = the_only_sentence(start_beside(user=NOBODY))
    assert "may not open camera 'Fake Webcam' (/dev/video11)" in sentence
    assert "sudo usermod -aG video" in sentence


@pytest.mark.usefixtures("everybody_may_open_the_webcam")
def test_a_virtual_camera_without_permission(start_beside: Start) -> None:
    sentence = the_only_sentence(start_beside(user=NOBODY))
    assert f"may not open the virtual camera 'NASFE Camera' ({NASFE})" in sentence
    assert "sudo usermod -aG video" in sentence


def test_no_virtual_camera_of_that_name(start_beside: Start) -> None:
    sentence = the_only_sentence(start_beside("--label", "No Such Camera"))
    assert "The virtual camera 'No Such Camera' is not installed." in sentence


@pytest.mark.usefixtures("someone_writes_to_the_camera")
def test_a_virtual_camera_that_another_program_writes_to(start_beside: Start) -> None:
    sentence = the_only_sentence(start_beside("--label", "Taken Camera"))
    assert "'Taken Camera' cannot be opened (another program writes to it" in sentence


def test_a_virtual_camera_that_another_run_of_the_program_has(start_beside: Start) -> None:
    assert "another nasfe-cam uses it" in the_only_sentence(start_beside())


def test_a_second_run_that_wants_to_be_steered(program: Program, start: Start) -> None:
    assert "The camera runs already" in the_only_sentence(start())


def test_the_virtual_camera_as_its_own_source(start_beside: Start) -> None:
    sentence = the_only_sentence(start_beside("--source", "NASFE Camera"))
    assert "is the virtual camera that this program writes to" in sentence
