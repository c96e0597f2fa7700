"""The commands where the world around them fails: streams, paths, names, homes, threads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from nasfe_cam.control.client.connection import CameraClient
from nasfe_cam.control.protocol.endpoint import default_endpoint, is_claimed
from nasfe_cam.control.protocol.messages import Status
from nasfe_cam.core.frame import Frame
from nasfe_cam.sinks.file import VideoFile

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files and signals of Unix")

SMALL = ("--width", "320", "--height", "180")


def command(*arguments: str | bytes) -> list[str | bytes]:
    return [sys.executable, "-m", "nasfe_cam", *arguments]


def run(
    *arguments: str | bytes, env: Mapping[str, str] | None = None, **options: object
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        capture_output=True,
        timeout=120,
        text=True,
        errors="replace",
        env=os.environ | (env or {}),
        **options,  # type: ignore[call-overload]
    )


def assert_one_line(done: subprocess.CompletedProcess[str], words: str) -> None:
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("nasfe-cam: ")]
    assert len(lines) == 1 and words in lines[0], done.stderr


@pytest.fixture
def start_camera() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str | bytes, **options: object) -> subprocess.Popen[str]:
        process: subprocess.Popen[str] = subprocess.Popen(
            command("run", "--output", "none", *SMALL, *arguments),
            text=True,
            errors="replace",
            **options,  # type: ignore[call-overload]
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "clip.mp4"
    video = VideoFile(path, 320, 180, 30)
    for index in range(30):
        video.show(Frame(np.full((180, 320, 3), 8 * index, np.uint8), index / 30, index))
    video.close()
    return path


def status(patience: float = 60.0) -> Status:
    """Of the camera that runs, or is starting."""
    client = CameraClient.attach(patience=patience)
    try:
        return client.status()
    finally:
        client.close()


def started() -> bool:
    return is_claimed(default_endpoint())


@pytest.mark.parametrize("name", ["gone.mp4", "rec[/take].mp4"])
def test_an_error_that_cannot_be_written_costs_the_line_and_nothing_else(
    clip: Path,
    tmp_path: Path,
    start_camera: Callable[..., subprocess.Popen[str]],
    wait_for: Callable[..., None],
    name: str,
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(clip.read_bytes())
    with Path("/dev/full").open("w") as full:
        process = start_camera("--source", str(path), "--loop", stderr=full)
    wait_for(started)
    wait_for(lambda: status().shown > 3)
    path.unlink()
    wait_for(lambda: status().source_lost)
    path.write_bytes(clip.read_bytes())
    wait_for(lambda: not status().source_lost)
    assert run("stop").returncode == 0
    assert process.wait(30) == 0


def test_a_reader_of_the_json_that_leaves_ends_neither_camera_nor_recording(
    clip: Path, tmp_path: Path
) -> None:
    target = tmp_path / "rec.mp4"
    process = subprocess.Popen(
        command(
            *("run", "--source", str(clip), "--loop", "--json", "--seconds", "4", *SMALL),
            *("--output", "file", "--output-file", str(target), "--no-control"),
        ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    assert process.wait(60) == 0, said
    assert "Traceback" not in said and "cannot be written" in said
    with av.open(str(target)) as container:
        assert sum(1 for _ in container.decode(video=0)) > 20


def test_the_second_signal_ends_the_camera_at_once(
    clip: Path,
    start_camera: Callable[..., subprocess.Popen[str]],
    tmp_path: Path,
) -> None:
    """Also when the first cannot: here the end of the stages hangs."""
    hang = tmp_path / "sitecustomize.py"
    hang.write_text(
        "import time\n"
        "from nasfe_cam.pipeline import pipeline\n"
        "pipeline.Pipeline._end_stages = lambda self: time.sleep(600)\n"
    )
    process = start_camera(
        *("--source", str(clip), "--loop", "--json", "--no-control"),
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}:{Path.cwd()}"},
    )
    assert process.stdout is not None
    process.stdout.readline()
    # Python takes up the first one at its leisure.
    for _ in range(40):
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        if process.poll() is not None:
            break
    assert process.returncode == -signal.SIGTERM


@pytest.mark.parametrize("arguments", [("profiles", "list"), ("camera", "status")])
def test_a_full_disk_behind_stdout_is_said_in_one_line(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command(*arguments), stdout=full, stderr=subprocess.PIPE, text=True, timeout=60
        )
    assert_one_line(done, "cannot be written (No space left on device)")


def test_without_streams_a_command_works(tmp_path: Path) -> None:
    shell = f"{sys.executable} -m nasfe_cam profiles list >&- 2>&-"
    assert subprocess.run(["sh", "-c", shell], timeout=60).returncode == 0


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder that nobody may enter."""
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0)
    yield folder
    folder.chmod(0o700)


def as_user(*arguments: str) -> tuple[str, ...]:
    """So that root is refused what others are refused."""
    if os.geteuid():
        return arguments
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search", *arguments)


@pytest.mark.parametrize(
    ("arguments", "variable"),
    [
        (("enrol", "LOCKED/a", "--name", "x"), None),
        (("run", "--source", "LOCKED/a", "--output", "none"), None),
        (("run", "--source", "CLIP", "--output", "none"), "XDG_CONFIG_HOME"),
        (("profiles", "list"), "XDG_DATA_HOME"),
        (("profiles", "show", "me"), "XDG_DATA_HOME"),
        (("enrol", "CLIP", "--name", "me"), "XDG_DATA_HOME"),
        (("enrol", "x" * 300, "--name", "x"), None),
    ],
)
def test_a_path_that_may_not_be_looked_at_is_said_in_one_line(
    locked: Path, clip: Path, arguments: tuple[str, ...], variable: str | None
) -> None:
    given = [word.replace("LOCKED", str(locked)).replace("CLIP", str(clip)) for word in arguments]
    done = subprocess.run(
        as_user(*map(str, command(*given))),
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | ({variable: str(locked)} if variable else {}),
    )
    assert_one_line(done, "File name too long" if "x" * 300 in given else "Permission denied")


@pytest.mark.parametrize("arguments", [("run", "--source", "a.mp4"), ("profiles", "list")])
def test_a_user_without_a_home_is_told_so(arguments: tuple[str, ...]) -> None:
    # Nobody has this number, and with it there is no home in the list of users.
    code = (
        "import os, sys\n"
        "os.environ.pop('HOME', None)\n"
        "for name in list(os.environ):\n"
        "    if name.startswith('XDG_'): del os.environ[name]\n"
        "import pwd\n"
        "def nobody(number): raise KeyError(number)\n"
        "pwd.getpwuid = nobody\n"
        f"sys.argv[1:] = {list(arguments)!r}\n"
        "from nasfe_cam.cli.main import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert_one_line(done, "HOME")


def test_a_fault_of_ours_is_one_line_that_names_the_file_with_the_details(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "sys.argv[1:] = ['profiles', 'list']\n"
        "from nasfe_cam.profiles.store import ProfileStore\n"
        "def broken(self): raise ZeroDivisionError('of ours')\n"
        "ProfileStore.names = broken\n"
        "from nasfe_cam.cli.main import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"XDG_STATE_HOME": str(tmp_path)},
    )
    assert_one_line(done, "ZeroDivisionError: of ours")
    (log,) = tmp_path.rglob("faults.log")
    assert str(log) in done.stderr
    assert "in broken" in log.read_text()
    assert log.stat().st_mode & 0o77 == 0


def test_a_file_whose_name_is_no_text_is_used_and_shown_with_replacements(
    clip: Path,
    tmp_path: Path,
    start_camera: Callable[..., subprocess.Popen[str]],
    wait_for: Callable[..., None],
) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9\x1b[31m.mp4"
    Path(os.fsdecode(name)).write_bytes(clip.read_bytes())
    process = start_camera("--source", name, "--loop", "--json", stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    said = run("status").stdout
    assert "caf\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}[31m.mp4" in said
    assert run("set", "retouch", "60").returncode == 0
    done = run("set", "source", name)
    assert done.returncode == 0, done.stderr
    assert run("stop").returncode == 0
    assert process.wait(30) == 0


def test_a_name_of_a_profile_that_is_no_text_is_refused(clip: Path) -> None:
    assert_one_line(run("enrol", str(clip), "--name", b"Andr\xe9"), "cannot be called")
    done = run("run", "--source", str(clip), "--output", "none", "--profile", b"Andr\xe9")
    assert_one_line(done, "cannot be called")
    done = run("run", "--source", str(clip), "--output", "none", "--profile", "a[/b]")
    assert_one_line(done, "a[/b]")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8:strict"])
def test_an_encoding_that_lacks_a_letter_costs_the_letter(tmp_path: Path, encoding: str) -> None:
    paths = [tmp_path / "Łódź.jpg", Path(os.fsdecode(os.fsencode(tmp_path) + b"/M\xfcller.jpg"))]
    for path in paths:
        path.write_bytes(cv2.imencode(".jpg", np.zeros((64, 64, 3), np.uint8))[1].tobytes())
    done = run("enrol", *map(os.fsencode, paths), "--name", "x", env={"PYTHONIOENCODING": encoding})
    assert_one_line(done, "No photo can be used")
    assert "could not be done" not in done.stderr


def test_a_small_address_space_is_said(clip: Path) -> None:
    shell = f"ulimit -v 1500000; exec {sys.executable} -m nasfe_cam run --source {clip}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, timeout=60)
    assert_one_line(done, "ulimit -v unlimited")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
@pytest.mark.parametrize("control", ["--control", "--no-control"])
def test_a_runtime_folder_of_somebody_else_costs_the_steering_and_no_more(
    tmp_path: Path, clip: Path, control: str
) -> None:
    """Anybody can make /tmp/runtime-UID first."""
    taken = tmp_path / "runtime-0"
    taken.mkdir()
    os.chown(taken, 65534, 65534)
    recording = tmp_path / "out.mp4"
    elsewhere = {"XDG_RUNTIME_DIR": "", "TMPDIR": str(tmp_path)}
    wanted = ("--output", "file", "--output-file", str(recording), *SMALL, control)
    done = run("run", "--source", str(clip), *wanted, env=elsewhere)
    assert done.returncode == 0, done.stderr
    assert recording.stat().st_size > 0 and "Traceback" not in done.stderr
    said = [line for line in done.stderr.splitlines() if str(taken) in line]
    assert len(said) == (1 if control == "--control" else 0)
    told = run("status", env=elsewhere)
    assert_one_line(told, "nasfe-cam: ")


def test_that_no_face_was_found_is_said_at_the_end_and_in_the_status(
    tmp_path: Path,
    start_camera: Callable[..., subprocess.Popen[str]],
    wait_for: Callable[..., None],
) -> None:
    wall = tmp_path / "wall.png"
    cv2.imwrite(str(wall), np.full((180, 320, 3), 120, np.uint8))
    process = start_camera("--source", str(wall), stderr=subprocess.PIPE)
    wait_for(started)
    wait_for(lambda: status().no_face_s >= 4)
    assert "no face was found" in run("status").stdout
    assert run("stop").returncode == 0
    _, said = process.communicate(timeout=60)
    assert "no face was found. Come closer" in " ".join(said.split())
