"""The commands, one after the other as a new user gives them."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import av
import cv2
import numpy as np

from tests.windows.scenarios.conftest import KEPT, Windows, as_windows

ROOT = Path(__file__).resolve().parents[3]
ASSETS = ROOT / "nasfe_cam" / "assets"
CLIP = as_windows(ASSETS / "clips" / "portrait.mp4")
PHOTOS = sorted((ASSETS / "clips").glob("reference_*.jpg"))
FIRST_START = Path(__file__).with_name("first_start.py")
REPAIR = Path(__file__).with_name("repaired_frames.py")
SMALL = ("--width", 320, "--height", 180)


def frames_in(path: Path) -> int:
    """Frames of a video, which is whole."""
    with av.open(str(path)) as video:
        return sum(1 for _ in video.decode(video=0))


def test_the_version_and_the_state_of_the_computer_are_told(windows: Windows) -> None:
    assert windows.nasfe_cam("--version").said.startswith("nasfe-cam ")
    answer = windows.nasfe_cam("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(answer.said)["checks"]}
    for name in ("system", "model files", "settings", "face tracker", "disk"):
        assert checks[name]["status"] == "ok", checks[name]
    assert "regsvr32" in checks["virtual camera"]["next_step"]
    devices = json.loads(windows.nasfe_cam("devices", "--json").said)
    assert devices["cameras"] == [] and not devices["virtual_camera"]["present"]
    assert [one["key"] for one in devices["engine_devices"]][-1] == "CPU"


def test_the_virtual_camera_is_registered_and_removed(
    windows: Windows, unity_capture: Path
) -> None:
    assert windows.nasfe_cam("camera", "status").code == 1
    answer = windows.nasfe_cam("camera", "install", "--yes")
    assert answer.code == 0 and "UnityCaptureName=NASFE Camera" in answer.said, answer
    answer = windows.nasfe_cam("camera", "status")
    assert answer.code == 0 and "NASFE Camera" in answer.said, answer
    assert "already installed" in windows.nasfe_cam("camera", "install", "--yes").said
    answer = windows.nasfe_cam("camera", "install", "--yes", "--label", "Another")
    assert answer.code == 2 and "one name only" in answer.errors, answer
    assert windows.nasfe_cam("camera", "remove", "--yes").code == 0
    assert windows.nasfe_cam("camera", "status").code == 1
    unity_capture.write_bytes(b"no library")
    answer = windows.nasfe_cam("camera", "install", "--yes")
    assert answer.code == 2 and "could not be changed" in answer.errors, answer


def test_errors_are_one_line_with_every_letter(windows: Windows) -> None:
    answer = windows.nasfe_cam("run", "--source", "Straßenbild 中文.mp4", "--output", "none")
    assert answer.code == 2 and "Traceback" not in answer.errors
    assert "Straßenbild 中文.mp4" in answer.errors and answer.errors.count("\n") == 1


def test_a_clip_becomes_a_video_with_a_name_of_three_scripts(windows: Windows) -> None:
    target = "out ü 中.mp4"
    answer = windows.nasfe_cam(
        *("run", "--source", CLIP, "--seconds", 20, *SMALL),
        *("--output", "file", "--output-file", target, "--no-control"),
    )
    assert answer.code == 0, answer.errors
    assert frames_in(windows.folder / target) > 0
    assert [path.name for path in windows.folder.iterdir() if path.suffix == ".tmp"] == []


def test_repaired_frames_are_those_of_linux(windows: Windows, tmp_path: Path) -> None:
    answer = windows.python(as_windows(REPAIR), as_windows(tmp_path / "windows.npz"))
    assert answer.code == 0, answer.errors
    subprocess.run(
        [sys.executable, REPAIR, tmp_path / "linux.npz"],
        # The same instructions as under Wine (environment.sh).
        env={"PYTHONPATH": str(ROOT), "PATH": "", "ONEDNN_MAX_CPU_ISA": "AVX512_CORE_BF16"},
        check=True,
    )
    there, here = np.load(tmp_path / "windows.npz"), np.load(tmp_path / "linux.npz")
    assert there["restored"] == here["restored"] > 12
    change = np.abs(here["shown"].astype(int) - here["seen"]).mean()
    assert np.abs(there["seen"].astype(int) - here["seen"]).mean() < 0.05
    difference = np.abs(there["shown"].astype(int) - here["shown"])
    print(f"Windows and Linux: mean {difference.mean():.4f}, largest {difference.max()} of 255")
    assert change > 1, "there is something to compare"
    assert difference.mean() < 0.25 and np.percentile(difference, 99.9) <= 3


def test_a_person_is_enrolled_listed_and_taken_elsewhere(windows: Windows) -> None:
    photos = [as_windows(path) for path in PHOTOS]
    answer = windows.nasfe_cam("enrol", *photos, "--name", "Zoë Müller", "--json")
    assert answer.code == 0, answer.errors
    (profile,) = json.loads(windows.nasfe_cam("profiles", "list", "--json").said)
    assert profile["name"] == "Zoë Müller"
    assert windows.nasfe_cam("profiles", "export", "Zoë Müller", "Zoë.nasfe").code == 0
    # Wine shows the access control list as mode bits, administrators as the group.
    assert not (windows.folder / "Zoë.nasfe").stat().st_mode & stat.S_IRWXO
    assert windows.nasfe_cam("profiles", "delete", "Zoë Müller", "--yes").code == 0
    answer = windows.nasfe_cam("profiles", "import", "Zoë.nasfe")
    assert answer.code == 0, answer.errors


def test_the_window_guides_shows_the_camera_enrols_and_has_settings(windows: Windows) -> None:
    photos = [as_windows(path) for path in PHOTOS[:2]]
    pictures = KEPT / "pictures"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir()
    answer = windows.python(
        "-P",
        as_windows(FIRST_START),
        CLIP,
        *photos,
        as_windows(pictures),
        QT_QPA_PLATFORM="offscreen",
    )
    assert answer.code == 0, answer
    for name in ("guide", "camera", "people", "settings"):
        picture = cv2.imread(str(pictures / f"{name}.png"))
        assert picture is not None and min(picture.shape[:2]) > 200 and picture.std() > 10, name
    print(f"pictures of the window: {pictures}")


def test_a_running_camera_is_asked_changed_and_stopped_and_comes_back(
    windows: Windows, wait_for: Callable[[Callable[[], object]], None]
) -> None:
    for turn in range(2):
        video = f"turn {turn}.mp4"
        camera = windows.start(
            *("-P", "-m", "nasfe_cam", "run", "--source", CLIP, "--loop", *SMALL),
            *("--output", "file", "--output-file", video),
        )
        wait_for(lambda: windows.nasfe_cam("status", "--json").code == 0)
        answer = windows.nasfe_cam("run", "--source", CLIP, "--output", "none")
        assert answer.code == 2 and "nasfe-cam stop" in answer.errors, answer
        assert windows.nasfe_cam("set", "retouch", 33).code == 0
        status = json.loads(windows.nasfe_cam("status", "--json").said)
        assert status["settings"]["restore.retouch"] == 33
        assert windows.nasfe_cam("stop").code == 0
        assert camera.wait(120) == 0
        assert frames_in(windows.folder / video) > 0
    lock = next(windows.folder.rglob("control.lock"))
    assert lock.stat().st_size < 100
