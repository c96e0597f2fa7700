"""What killed cameras left behind is gone after the next start, and what lives is not."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from nasfe_cam.core.user_files import UserFolder, user_folder
from nasfe_cam.sinks.kept_ring import KeptRing, in_usable_folder, spare_places
from nasfe_cam.sinks.leftovers import sweep_leftovers
from nasfe_cam.vcam_host.shared_frames import SharedFrames
from tests.nasfe_cam.conftest import HOME
from tests.nasfe_cam.stand_ins import eventually
from tests.user_folders import move_runtime_folder, move_user_folders

Start = Callable[..., "subprocess.Popen[str]"]

# A camera that is killed with a picture in its ring.
KILLED = """
import os, sys
from pathlib import Path
import numpy as np
from nasfe_cam.vcam_host.shared_frames import SharedFrames
ring = SharedFrames.create(Path(sys.argv[1]), 64, 48)
ring.write(np.full((48, 64, 3), 120, np.uint8), 1.0, 1)
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    move_user_folders(monkeypatch, tmp_path / "home")
    move_runtime_folder(monkeypatch, tmp_path / "run")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    (tmp_path / "run").mkdir(mode=0o700)
    folder = user_folder(UserFolder.RUNTIME)
    folder.mkdir(parents=True)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="kills itself with a signal")
def test_the_last_picture_of_a_killed_camera_is_removed(start: Start, runtime: Path) -> None:
    start("-c", KILLED, runtime / "other-camera.ring").wait(60)
    (runtime / "damaged.ring").write_bytes(b"half made")
    sweep_leftovers()
    assert list(runtime.iterdir()) == []


def test_rings_that_are_written_or_read_are_let_alone(start: Start, runtime: Path) -> None:
    written = SharedFrames.create(runtime / "written.ring", 64, 48)
    read = SharedFrames.create(runtime / "read.ring", 64, 48)
    log = runtime / "log"
    program = start(
        "-m", "nasfe_cam.vcam_host", "--ring", read.path, "--record", log, "--linger", 60
    )
    assert eventually(lambda: read.feedback().process == program.pid)
    read.close(keep_file=True)
    sweep_leftovers()
    assert {path.name for path in runtime.glob("*.ring")} == {"written.ring", "read.ring"}
    assert program.poll() is None
    written.close()


def test_a_ring_that_is_being_made_is_let_alone(runtime: Path) -> None:
    """Another camera that starts: its lock is there, and what says that it is a ring comes last."""
    path = runtime / "being-made.ring"
    with SharedFrames.create(path, 64, 48) as ring:
        with path.open("r+b") as file:
            file.write(bytes(8))
        sweep_leftovers()
        assert ring.in_place()


def test_half_written_files_are_removed_and_those_being_written_are_not(runtime: Path) -> None:
    settings = user_folder(UserFolder.CONFIG)
    profiles = user_folder(UserFolder.DATA) / "profiles"
    for folder in (settings, profiles):
        folder.mkdir(parents=True, exist_ok=True)
    left = [
        runtime / f".control.token.{'0' * 16}.tmp",
        settings / f".settings.toml.{'a' * 16}.tmp",
        profiles / f".Ann.nasfe-profile.{'5' * 16}.tmp",
    ]
    others = [runtime / "notes.tmp", settings / "settings.toml", profiles / "Ann.nasfe-profile"]
    for path in left + others:
        path.write_bytes(b"x")
        os.utime(path, (time.time() - 3600,) * 2)
    young = settings / f".settings.toml.{'b' * 16}.tmp"
    young.write_bytes(b"x")
    sweep_leftovers()
    assert not any(path.exists() for path in left)
    assert all(path.exists() for path in [*others, young])


def test_folders_of_rings_outside_the_runtime_folder_are_swept_too(
    runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the preview in earlier versions, and of cameras without a runtime folder."""
    old = Path(tempfile.mkdtemp(prefix="nasfe-preview-"))
    SharedFrames.create(old / "preview.ring", 64, 48).close(keep_file=True)
    runtime.rmdir()
    runtime.write_bytes(b"in the way")
    path = in_usable_folder(runtime / "camera.ring")
    assert path.parent != runtime and path.parent.parent in spare_places()
    if sys.platform != "win32":  # which has no mode bits
        assert path.parent.stat().st_mode & 0o077 == 0
    lives = KeptRing(path, "X", 64, 48)
    sweep_leftovers()
    assert not old.exists() and path.exists()
    lives.close()
    assert not path.parent.exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
def test_another_users_files_in_shared_folders_are_let_alone(runtime: Path) -> None:
    folder = Path(tempfile.mkdtemp(prefix="nasfe-preview-"))
    (folder / "preview.ring").write_bytes(b"not ours")
    os.chown(folder, 65534, 65534)
    sweep_leftovers()
    assert (folder / "preview.ring").exists()


def test_every_start_sweeps(runtime: Path, tmp_path: Path) -> None:
    SharedFrames.create(runtime / "other.ring", 64, 48).close(keep_file=True)
    picture = tmp_path / "room.png"
    cv2.imwrite(str(picture), np.full((90, 160, 3), 80, np.uint8))
    done = subprocess.run(
        [
            *(sys.executable, "-m", "nasfe_cam", "run", "--source", str(picture)),
            *("--output", "none", "--seconds", "0.1"),
        ],
        cwd=HOME,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    assert not list(runtime.glob("*.ring"))
