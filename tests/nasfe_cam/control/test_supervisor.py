"""A camera outlives whoever started it, and is started again when it crashes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest

from nasfe_cam.control.camera_state import CameraState, Phase
from nasfe_cam.control.client import CameraClient
from nasfe_cam.control.endpoint import default_endpoint, is_claimed
from nasfe_cam.control.errors import CameraNotRunning, ControlError
from nasfe_cam.control.messages import ErrorRecord, Status
from nasfe_cam.control.pending_changes import PendingChanges
from nasfe_cam.control.supervisor import CameraSupervisor
from tests.nasfe_cam.conftest import HOME
from tests.nasfe_cam.stand_ins import eventually

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills with signals")
Start = Callable[..., "subprocess.Popen[str]"]
# Generous: this machine may be busy with something else.
START_SECONDS = 90

STARTER = """
import sys, time
from nasfe_cam.control.supervisor import CameraSupervisor
supervisor = CameraSupervisor(sys.argv[1:])
supervisor.begin()
supervisor.look(True)
supervisor.start()
while supervisor.preview.newest() is None: time.sleep(0.01)
print(supervisor.state.process, flush=True)
time.sleep(600)
"""


@pytest.fixture(autouse=True)
def own_runtime_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A runtime folder for each test; a camera that a test left there is killed."""
    folder = tempfile.mkdtemp(prefix="nasfe-")
    monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
    # The camera is started without this folder in its path; it is to be this checkout's.
    monkeypatch.setenv("PYTHONPATH", str(HOME))
    endpoint = default_endpoint()
    yield
    if is_claimed(endpoint):
        os.kill(int(endpoint.lock_file.read_text()), signal.SIGKILL)
        assert eventually(lambda: not is_claimed(endpoint))
    shutil.rmtree(folder)


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    """Of a camera that starts soon: a grey picture, no output."""
    picture = tmp_path / "room.png"
    cv2.imwrite(str(picture), np.full((90, 160, 3), 80, np.uint8))
    return [
        *("--source", str(picture), "--output", "none"),
        *("--width", "160", "--height", "90", "--strength", "70"),
    ]


class Told:
    """A supervisor and what it told."""

    def __init__(self, arguments: list[str]) -> None:
        self.states: list[CameraState] = []
        self.statuses: list[Status] = []
        self.errors: list[ErrorRecord] = []
        self.supervisor = CameraSupervisor(
            arguments, self.states.append, self.statuses.append, self.errors.append, 0.2
        )
        self.supervisor.begin()

    @property
    def phases(self) -> list[Phase]:
        return [state.phase for state in self.states]

    def runs(self) -> bool:
        return self.supervisor.state.phase is Phase.RUNNING

    @property
    def process(self) -> int:
        process = self.supervisor.state.process
        assert process is not None
        return process

    def start(self) -> int:
        """Start the camera; returns its process number."""
        self.supervisor.start()
        assert eventually(self.runs, START_SECONDS), self.states
        return self.process

    def sees(self) -> bool:
        return self.supervisor.preview.newest() is not None


@pytest.fixture
def supervise(arguments: list[str]) -> Iterator[Callable[..., Told]]:
    made: list[Told] = []

    def make(*other_arguments: str) -> Told:
        made.append(Told(list(other_arguments) or arguments))
        return made[-1]

    yield make
    for told in made:
        told.supervisor.close()


def test_a_second_program_attaches_sees_changes_and_its_end_ends_nothing(
    supervise: Callable[..., Told],
) -> None:
    first, second = supervise(), supervise()
    process = first.start()
    assert eventually(second.runs, 60) and second.process == process
    assert first.phases == [Phase.STARTING, Phase.RUNNING] and second.phases == [Phase.RUNNING]
    first.supervisor.change("restore.strength", 33).result(60)
    assert eventually(
        lambda: second.statuses and second.statuses[-1].settings["restore.strength"] == 33, 30
    )
    for told in (first, second):
        told.supervisor.close()
    client = CameraClient.attach()
    shown = client.status().shown
    assert client.process == process
    assert eventually(lambda: client.status().shown >= shown + 10, 60)
    client.stop()
    assert client.wait_until_gone(60)
    client.close()


def test_a_killed_camera_is_noticed_said_and_started_again_as_it_was(
    supervise: Callable[..., Told],
) -> None:
    told = supervise()
    told.supervisor.look(True)
    killed = told.start()
    told.supervisor.change("restore.strength", 33).result(60)
    assert eventually(
        lambda: told.statuses and told.statuses[-1].settings["restore.strength"] == 33, 30
    )
    assert eventually(told.sees, 60)
    os.kill(killed, signal.SIGKILL)
    assert eventually(lambda: told.phases[-1] is Phase.RESTARTING, 5)
    assert "stopped unexpectedly" in told.states[-1].text
    seen = len(told.statuses)
    assert eventually(told.runs, START_SECONDS), told.states
    assert told.process != killed
    assert eventually(lambda: len(told.statuses) > seen, 60)
    assert told.statuses[-1].settings["restore.strength"] == 33
    assert eventually(told.sees, 60), "the same reader goes on"
    told.supervisor.stop()
    assert eventually(lambda: told.phases[-1] is Phase.STOPPED, 60)
    assert Phase.ENDING in told.phases and not is_claimed(default_endpoint())


def test_frames_go_on_when_the_program_that_started_the_camera_is_killed(
    start: Start, arguments: list[str]
) -> None:
    starter = start("-c", STARTER, *arguments)
    assert starter.stdout is not None
    camera = int(starter.stdout.readline())
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    client = CameraClient.attach()
    assert client.process == camera
    shown = client.status().shown
    assert eventually(lambda: client.status().shown >= shown + 30, 60), "frames go on"
    assert eventually(lambda: client.status().viewers == 0, 60)
    assert os.getsid(camera) != os.getsid(0), "no terminal of ours can end it"
    client.stop()
    assert client.wait_until_gone(60)
    client.close()


def test_a_camera_that_is_stuck_is_said_and_can_be_stopped(
    supervise: Callable[..., Told],
) -> None:
    told = supervise()
    process = told.start()
    assert eventually(lambda: told.statuses, 60)
    os.kill(process, signal.SIGSTOP)
    assert eventually(lambda: "does not answer" in told.supervisor.state.text, 60)
    told.supervisor.stop()
    assert eventually(lambda: told.phases[-1] is Phase.STOPPED, 60)
    assert Phase.RESTARTING not in told.phases and not is_claimed(default_endpoint())


def test_a_camera_that_somebody_else_stops_is_not_started_again(
    supervise: Callable[..., Told],
) -> None:
    told = supervise()
    told.start()
    client = CameraClient.attach()
    client.stop()
    client.close()
    assert eventually(lambda: told.phases[-1] is Phase.STOPPED, 60)
    assert Phase.RESTARTING not in told.phases and not is_claimed(default_endpoint())


def test_a_camera_that_cannot_start_is_told_in_its_own_words_and_not_tried_again(
    supervise: Callable[..., Told],
) -> None:
    told = supervise("--source", "/no/clip.mp4", "--output", "none")
    told.supervisor.start()
    assert eventually(lambda: told.phases[-1:] == [Phase.FAILED], START_SECONDS)
    assert told.states[-1].text.startswith("There is no file /no/clip.mp4.")
    assert told.phases == [Phase.STARTING, Phase.FAILED]


def test_a_start_can_be_called_off(supervise: Callable[..., Told]) -> None:
    told = supervise()
    told.supervisor.start()
    assert eventually(lambda: Phase.STARTING in told.phases)
    told.supervisor.stop()
    assert eventually(lambda: told.phases[-1] is Phase.STOPPED, 60)
    assert not is_claimed(default_endpoint())
    children = psutil.Process().children(recursive=True)
    assert not [child for child in children if "nasfe_cam" in child.cmdline()]


def test_without_a_camera_a_change_is_refused_and_closing_is_quick(
    supervise: Callable[..., Told],
) -> None:
    told = supervise()
    future = told.supervisor.change("restore.strength", 5)
    with pytest.raises(CameraNotRunning):
        future.result(60)
    told.supervisor.close()
    assert told.states == []


def test_of_many_changes_of_one_setting_only_the_newest_is_made() -> None:
    changes = PendingChanges()
    futures = [changes.put("restore.strength", value) for value in range(50)]
    other = changes.put("restore.profile", "Ada")
    made: list[tuple[str, object]] = []

    def make(name: str, value: object) -> None:
        made.append((name, value))
        if name == "restore.profile":
            raise ControlError("no such profile")

    changes.make(make)
    assert made == [("restore.strength", 49), ("restore.profile", "Ada")]
    assert all(future.result(0) is None for future in futures)
    with pytest.raises(ControlError, match="no such profile"):
        other.result(0)
    assert not changes
