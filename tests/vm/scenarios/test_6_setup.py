"""`nasfe-cam camera`: from a machine without a virtual camera to one that keeps it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from nasfe_cam.cli import app
from nasfe_cam.diagnosis_cameras import LOOPBACK_MODULE, find_virtual_camera
from nasfe_cam.installing.linux import LOAD_FILE, OPTIONS_FILE
from tests.vm.scenarios.devices import Feeder

LABEL = "NASFE Camera"


def camera(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(app, ["camera", *arguments], input=answer)


@pytest.fixture(scope="module", autouse=True)
def bare_machine(webcam: Feeder) -> None:
    webcam.unplug()
    subprocess.run(["modprobe", "-r", "v4l2loopback"], check=True)


def test_a_machine_without_the_camera_is_told_the_command() -> None:
    told = camera("status")
    assert told.exit_code == 1
    assert "not installed" in told.stdout and "nasfe-cam camera install" in told.stdout


def test_nothing_is_changed_before_it_is_agreed_to() -> None:
    asked = camera("install", answer="n\n")
    assert asked.exit_code == 0
    assert "modprobe v4l2loopback" in asked.stdout
    assert not OPTIONS_FILE.exists() and not LOOPBACK_MODULE.exists()


def test_after_install_the_camera_is_there() -> None:
    assert camera("install", answer="y\n").exit_code == 0
    state = find_virtual_camera(LABEL)
    assert state.present and state.exclusive_caps and state.path == Path("/dev/video10")
    told = camera("status")
    assert told.exit_code == 0 and "comes back" in told.stdout
    assert "already" in camera("install").stdout


def test_after_a_restart_the_camera_is_there_again() -> None:
    subprocess.run(["modprobe", "-r", "v4l2loopback"], check=True)
    # What systemd does at boot with the files in modules-load.d.
    subprocess.run(["modprobe", LOAD_FILE.read_text().strip()], check=True)
    assert find_virtual_camera(LABEL).present


def test_a_camera_that_a_program_shows_is_not_removed() -> None:
    with Path("/dev/video10").open("rb"):
        refused = camera("remove", "--yes")
    assert "in use" in str(refused.exception)
    assert OPTIONS_FILE.exists() and find_virtual_camera(LABEL).present


def test_remove_leaves_nothing() -> None:
    assert camera("remove", "--yes").exit_code == 0
    assert not OPTIONS_FILE.exists() and not LOAD_FILE.exists()
    assert not LOOPBACK_MODULE.exists()
    assert "nothing" in camera("remove").stdout
