"""`nasfe-cam camera`: from a machine without a virtual camera to one that keeps it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vm.scenarios.devices import Feeder
from tests.vm.scenarios.program import Launcher

Camera = Callable[..., tuple[int, str]]
OPTIONS_FILE = Path("/etc/modprobe.d/nasfe-cam.conf")
LOAD_FILE = Path("/etc/modules-load.d/nasfe-cam.conf")
MODULE = Path("/sys/module/v4l2loopback")


@pytest.fixture(scope="module", autouse=True)
def bare_machine(webcam: Feeder) -> None:
    webcam.unplug()
    subprocess.run(["modprobe", "-r", "v4l2loopback"], check=True)


@pytest.fixture
def camera(launcher: Launcher) -> Camera:
    """Run `nasfe-cam camera ARGUMENTS`; its exit code and what it printed."""

    def run(*arguments: str) -> tuple[int, str]:
        program = launcher.start("camera", *arguments)
        return program.wait(), program.said

    return run


def there_is_the_camera() -> bool:
    name = Path("/sys/class/video4linux/video10/name")
    return name.exists() and name.read_text().strip() == "NASFE Camera"


def test_a_machine_without_the_camera_is_told_the_command(camera: Camera) -> None:
    code, told = camera("status")
    assert code == 1
    assert "not installed" in told and "nasfe-cam camera install" in told


def test_what_will_be_done_is_shown_and_nothing_is_done_without_consent(camera: Camera) -> None:
    code, told = camera("install")
    assert code == 1 and "modprobe v4l2loopback" in told and str(OPTIONS_FILE) in told
    assert not OPTIONS_FILE.exists() and not MODULE.exists()


def test_after_install_the_camera_is_there(camera: Camera) -> None:
    assert camera("install", "--yes")[0] == 0
    assert there_is_the_camera()
    assert (MODULE / "parameters" / "exclusive_caps").read_text().startswith("Y")
    code, told = camera("status")
    assert code == 0 and "comes back" in told
    assert "already" in camera("install")[1]


def test_after_a_restart_the_camera_is_there_again() -> None:
    subprocess.run(["modprobe", "-r", "v4l2loopback"], check=True)
    # What systemd does at boot with the files in modules-load.d.
    subprocess.run(["modprobe", LOAD_FILE.read_text().strip()], check=True)
    assert there_is_the_camera()


def test_a_camera_that_a_program_shows_is_not_removed(camera: Camera) -> None:
    with Path("/dev/video10").open("rb"):
        code, told = camera("remove", "--yes")
    assert code == 2 and "in use" in told
    assert OPTIONS_FILE.exists() and there_is_the_camera()


def test_remove_leaves_nothing(camera: Camera) -> None:
    assert camera("remove", "--yes")[0] == 0
    assert not OPTIONS_FILE.exists() and not LOAD_FILE.exists()
    assert not MODULE.exists()
    assert "nothing" in camera("remove")[1]
