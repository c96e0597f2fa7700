"""The camera opens no network connection, whatever it does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nasfe_cam.measurement.benchmark import BUNDLED_CLIP

# Runs the real command with an audit hook that ends the process at the first
# socket of the Internet families and at the first name look-up. Sockets that are
# files of this machine (the control socket) are no network.
WATCHED_RUN = """
import os, socket, sys

def watch(event, arguments):
    if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        os.write(2, b"opened a network socket\\n"); os._exit(99)
    if event == "socket.connect" and arguments[0].family == socket.AF_UNIX:
        return
    if event in ("socket.getaddrinfo", "socket.connect", "socket.gethostbyname"):
        os.write(2, b"looked a host up: " + repr(arguments).encode() + b"\\n"); os._exit(99)

sys.addaudithook(watch)
from nasfe_cam.cli.main import main
main()
"""


def test_a_whole_run_opens_no_socket_in_python(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED_RUN, *run_arguments(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


def test_a_whole_run_opens_no_socket_in_native_code(tmp_path: Path) -> None:
    """The system-call trace: what MediaPipe, OpenVINO and FFmpeg do is seen here too."""
    assert_no_socket(tmp_path, *run_arguments(tmp_path))


@pytest.mark.tensorrt
@pytest.mark.usefixtures("tensorrt")
def test_compiling_opens_no_socket(tmp_path: Path) -> None:
    """TensorRT's libraries, in the process that compiles."""
    assert_no_socket(tmp_path, "compile", "--compute-capability", "8.9", "--folder", str(tmp_path))


def assert_no_socket(folder: Path, *arguments: str) -> None:
    """Run a command and all that it starts under the trace."""
    strace = shutil.which("strace")
    if strace is None:
        if os.environ.get("CI") == "true":
            pytest.fail("strace is missing; CI must have it")
        pytest.skip("strace is not installed")
    trace = folder / "trace.txt"
    command = [strace, "-f", "-e", "trace=socket,connect,sendto", "-o", str(trace)]
    done = subprocess.run(
        [*command, sys.executable, "-m", "nasfe_cam", *arguments],
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    calls = trace.read_text(errors="replace").splitlines()
    assert [call for call in calls if "AF_INET" in call] == []


def run_arguments(folder: Path) -> list[str]:
    """Restore the bundled clip for some seconds, and write a file."""
    video = folder / "out.mp4"
    return [
        *("run", "--source", str(BUNDLED_CLIP), "--simulate-bad-webcam", "60"),
        *("--loop", "--seconds", "6", "--output", "file", "--output-file", str(video)),
        *("--width", "640", "--height", "360"),
    ]
