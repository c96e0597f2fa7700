"""`nasfe-cam status`, `set` and `stop` with a real camera process on the bundled clip."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from nasfe_cam.cli.main import main
from nasfe_cam.control.client.connection import CameraClient
from nasfe_cam.control.client.preview_reader import PreviewPair, PreviewReader
from nasfe_cam.control.protocol.messages import Status
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from tests.nasfe_cam.stand_ins import eventually
from tests.user_folders import move_runtime_folder

CAMERA = (
    *("run", "--source", str(BUNDLED_CLIP), "--loop", "--simulate-bad-webcam", "60"),
    # A busy machine restores nothing otherwise.
    *("--output", "none", "--width", "320", "--height", "180", "--rate", "every-frame"),
)
START_SECONDS = 90

Invoke = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module", autouse=True)
def own_runtime_folder() -> Iterator[None]:
    folder = tempfile.mkdtemp(prefix="nasfe-")
    with pytest.MonkeyPatch.context() as patch:
        move_runtime_folder(patch, Path(folder))
        yield
    shutil.rmtree(folder, ignore_errors=sys.platform == "win32")


@pytest.fixture(scope="module")
def camera(own_runtime_folder: None) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "nasfe_cam", *CAMERA], stderr=subprocess.DEVNULL
    )
    try:
        assert eventually(_restores, START_SECONDS)
        yield process
    finally:
        process.kill()
        process.wait()


def _restores() -> bool:
    try:
        client = CameraClient.attach()
    except Exception:
        return False
    try:
        return client.status().restored > 0
    finally:
        client.close()


@pytest.fixture
def invoke(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run `nasfe-cam ARGUMENTS` in this process: exit code, stdout and stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["nasfe-cam", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        printed = capsys.readouterr()
        code = caught.value.code
        return (code if isinstance(code, int) else 0), printed.out, printed.err

    return run


@pytest.mark.parametrize("arguments", [("status",), ("set", "retouch", "60"), ("stop",)])
def test_without_a_camera_each_command_says_how_to_start_one(
    invoke: Invoke, arguments: tuple[str, ...]
) -> None:
    code, _, errors = invoke(*arguments)
    assert code == 2
    assert errors == "nasfe-cam: No camera is running. Start it with: nasfe-cam run\n"


def test_the_status_is_printed_for_people_and_for_machines(
    camera: subprocess.Popen[bytes], invoke: Invoke
) -> None:
    code, shown, _ = invoke("status")
    assert code == 0
    assert "portrait.mp4" in shown and f"process {camera.pid}" in shown and "CPU" in shown
    assert all(line.strip() for line in shown.splitlines()), "a setting without a value has a row"
    assert any(line.split() == ["restore.profile", "(none)"] for line in shown.splitlines())
    code, shown, _ = invoke("status", "--json")
    status = Status.model_validate_json(shown)
    assert code == 0 and status.shown > 0 and status.settings["output.width"] == 320


def test_the_picture_changes_with_the_settings_while_the_camera_runs(
    camera: subprocess.Popen[bytes], invoke: Invoke
) -> None:
    client = CameraClient.attach()
    reader = PreviewReader(client.show_preview())
    pairs: list[PreviewPair] = []

    def difference() -> float:
        """Between what the camera saw and what the meeting sees, in the newest picture."""
        pair = reader.newest()
        pairs.extend([pair] if pair is not None else [])
        if not pairs:
            return -1.0
        newest = pairs[-1]
        return float(np.abs(newest.untouched.astype(int) - newest.restored.astype(int)).mean())

    assert eventually(lambda: difference() > 5, 60)
    assert invoke("set", "light", "0") == (0, "restore.light = 0\n", "")
    assert invoke("set", "retouch", "0") == (0, "restore.retouch = 0\n", "")
    assert eventually(lambda: difference() == 0, 60)
    assert invoke("set", "restore.light", "60")[0] == 0
    assert eventually(lambda: difference() > 3, 60)
    reader.close()
    client.close()


def test_a_source_is_given_relative_to_the_folder_of_the_command(
    camera: subprocess.Popen[bytes],
    invoke: Invoke,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cv2.imwrite(str(tmp_path / "room.png"), np.full((90, 160, 3), 80, np.uint8))
    monkeypatch.chdir(tmp_path)
    assert invoke("set", "source", "room.png")[0] == 0
    assert "room.png" in invoke("status")[1]
    assert invoke("set", "source", str(BUNDLED_CLIP))[0] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("retouch", "130"), "0 to 100"),
        (("light", "-5"), "0 to 100"),
        (("strenght", "50"), "Unknown setting 'strenght'"),
        (("output.width", "640"), "when the camera starts again"),
        (("profile", "Nobody"), "no profile 'Nobody'"),
    ],
)
def test_what_cannot_be_set_is_said_in_one_line_with_exit_code_2(
    camera: subprocess.Popen[bytes], invoke: Invoke, arguments: tuple[str, ...], words: str
) -> None:
    code, _, errors = invoke("set", *arguments)
    assert code == 2 and words in errors and len(errors.splitlines()) == 1


def test_a_second_camera_is_told_of_the_first_and_may_run_beside_it(
    camera: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    picture = tmp_path / "room.png"
    cv2.imwrite(str(picture), np.full((90, 160, 3), 80, np.uint8))
    second = [sys.executable, "-m", "nasfe_cam", "run", "--source", str(picture)]
    second += ["--output", "none", "--width", "160", "--height", "90", "--seconds", "1"]
    done = subprocess.run(second, capture_output=True, text=True)
    assert done.returncode == 2
    assert f"runs already (process {camera.pid})" in done.stderr
    done = subprocess.run([*second, "--no-control"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert camera.poll() is None


def test_stop_ends_the_camera_and_returns_when_it_has_ended(
    camera: subprocess.Popen[bytes], invoke: Invoke
) -> None:
    assert invoke("stop") == (0, "The camera has stopped.\n", "")
    assert camera.wait(10) == 0
    assert invoke("status")[0] == 2


@pytest.mark.skipif(sys.platform == "win32", reason="stops with a signal")
def test_stop_ends_a_camera_that_hangs(invoke: Invoke) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "nasfe_cam", *CAMERA], stderr=subprocess.DEVNULL
    )
    try:
        assert eventually(_restores, START_SECONDS)
        process.send_signal(signal.SIGSTOP)
        assert invoke("stop") == (0, "The camera has stopped.\n", "")
        assert process.wait(10) != 0
    finally:
        process.kill()
        process.wait()
