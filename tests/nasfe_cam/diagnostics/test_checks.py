"""Every check of the doctor says how it is and what to do, also where everything is missing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.base import EngineDescription
from engine.device_choice import DeviceChoice
from engine.devices import Device, list_devices, nvidia_cards
from engine.reasons import Bf16InHardware
from nasfe_cam.cli.main import app
from nasfe_cam.config.settings import Settings
from nasfe_cam.config.shipped_models import MODELS
from nasfe_cam.diagnostics.cameras import check_cameras, check_virtual_camera
from nasfe_cam.diagnostics.checks import (
    Check,
    Status,
    check_engine,
    check_intel_devices,
    check_models,
    check_profile,
    check_python,
    check_settings,
    check_space,
    check_tracker,
    checked,
)
from nasfe_cam.profiles.store import SUFFIX, ProfileStore
from nasfe_cam.sources.listing import CameraDescription
from nasfe_cam.virtual_camera.state import VirtualCameraState, find_virtual_camera
from tests.user_folders import move_user_folders

LABEL = "NASFE Camera"
INSTALL = "nasfe-cam camera install"


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nasfe_cam.diagnostics.report.list_cameras", list)
    monkeypatch.setattr(
        "nasfe_cam.diagnostics.report.find_virtual_camera",
        lambda label: VirtualCameraState(label, False),
    )
    move_user_folders(monkeypatch, tmp_path)


@pytest.mark.usefixtures("bare_machine")
def test_a_bare_machine_is_told_what_to_do_and_gets_exit_code_1() -> None:
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit)
    assert "Plug a camera in" in result.stdout and "virtual camera" in result.stdout
    assert "Traceback" not in result.output


@pytest.mark.usefixtures("bare_machine")
def test_the_report_for_machines_is_one_document() -> None:
    result = CliRunner().invoke(app, ["doctor", "--json"])
    document = json.loads(result.stdout)
    states = {check["name"]: check["status"] for check in document["checks"]}
    assert document["ok"] is False and result.exit_code == 1
    problems = {name for name, status in states.items() if status == "problem"}
    assert problems == {"cameras", "virtual camera"}
    assert all(check["next_step"] for check in document["checks"] if check["status"] == "problem")


@pytest.mark.usefixtures("bare_machine")
def test_a_machine_with_cameras_gets_exit_code_0(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    node = tmp_path / "video0"
    node.touch()
    monkeypatch.setattr(
        "nasfe_cam.diagnostics.report.list_cameras",
        lambda: [CameraDescription(0, "Webcam", node, capture=True)],
    )
    monkeypatch.setattr(
        "nasfe_cam.diagnostics.report.find_virtual_camera",
        lambda label: VirtualCameraState(label, True, node, True, True),
    )
    assert CliRunner().invoke(app, ["doctor"]).exit_code == 0


@pytest.mark.usefixtures("bare_machine")
def test_a_refused_settings_file_is_a_problem_and_the_other_checks_go_on(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[restore]\nstrength = 130\n")
    document = json.loads(
        CliRunner().invoke(app, ["doctor", "--json", "--config", str(path)]).stdout
    )
    by_name = {check["name"]: check for check in document["checks"]}
    assert by_name["settings"]["status"] == "problem" and "130" in by_name["settings"]["line"]
    assert by_name["engine"]["status"] == "ok"


def test_devices_are_listed_for_people_and_machines() -> None:
    document = json.loads(CliRunner().invoke(app, ["devices", "--json"]).stdout)
    assert set(document) == {"cameras", "virtual_camera", "engine_devices"}
    assert document["virtual_camera"]["label"] == LABEL
    assert any(device["key"] == "CPU" for device in document["engine_devices"])
    assert CliRunner().invoke(app, ["devices"]).exit_code == 0


def device(folder: Path, number: int, name: str, *, hardware: bool = False) -> Path:
    """One video device as the kernel shows it."""
    place = folder / f"video{number}"
    place.mkdir(parents=True)
    (place / "name").write_text(name + "\n")
    if hardware:
        (place / "device").mkdir()
    return place


def module_with(folder: Path, caps: str) -> Path:
    module = folder / "v4l2loopback"
    (module / "parameters").mkdir(parents=True)
    (module / "parameters" / "exclusive_caps").write_text(caps)
    return module


@pytest.mark.parametrize(("caps", "expected"), [("N,Y,N,N\n", True), ("Y,N,N,N\n", False)])
def test_exclusive_caps_are_those_of_our_device_and_not_of_the_first(
    tmp_path: Path, caps: str, expected: bool
) -> None:
    device(tmp_path / "class", 0, "Webcam", hardware=True)
    device(tmp_path / "class", 9, "OBS")
    device(tmp_path / "class", 10, LABEL)
    state = find_virtual_camera(
        LABEL,
        video_class=tmp_path / "class",
        module=module_with(tmp_path, caps),
        platform="linux",
    )
    assert state == VirtualCameraState(LABEL, True, Path("/dev/video10"), True, expected)


@pytest.mark.parametrize("loaded", [True, False])
def test_a_missing_virtual_camera_comes_with_the_one_command_that_helps(
    tmp_path: Path, loaded: bool
) -> None:
    device(tmp_path / "class", 9, "OBS")
    module = module_with(tmp_path, "Y\n") if loaded else tmp_path / "none"
    state = find_virtual_camera(
        LABEL, video_class=tmp_path / "class", module=module, platform="linux"
    )
    check = check_virtual_camera(state, "linux")
    assert check.status is Status.PROBLEM
    assert check.next_step.endswith(INSTALL)


def test_a_virtual_camera_that_browsers_do_not_list_is_noted(tmp_path: Path) -> None:
    node = tmp_path / "video9"
    node.touch()
    check = check_virtual_camera(VirtualCameraState(LABEL, True, node, True, False), "linux")
    assert check.status is Status.NOTE
    assert "exclusive_caps=0" in check.line and INSTALL in check.next_step
    fine = check_virtual_camera(VirtualCameraState(LABEL, True, node, True, True), "linux")
    assert fine.status is Status.OK and "exclusive_caps=1" in fine.line


@pytest.mark.parametrize(("platform", "word"), [("win32", "regsvr32"), ("darwin", "OBS")])
def test_other_platforms_are_told_their_own_way(platform: str, word: str) -> None:
    check = check_virtual_camera(VirtualCameraState(LABEL, False), platform)
    assert check.status is Status.PROBLEM and word in check.next_step


def test_the_own_virtual_camera_does_not_count_as_a_camera() -> None:
    own = CameraDescription(9, LABEL, Path("/dev/null"), capture=True)
    assert check_cameras([own], LABEL).status is Status.PROBLEM
    webcam = CameraDescription(0, "Webcam", Path("/dev/null"), capture=True)
    found = check_cameras([own, webcam], LABEL)
    assert found.status is Status.OK and found.line == "0: Webcam"


def test_a_camera_without_permission_is_told_from_a_missing_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    locked = CameraDescription(0, "Webcam", Path("/dev/video0"), capture=False)
    monkeypatch.setattr("nasfe_cam.diagnostics.cameras.os.access", lambda path, mode: False)
    check = check_cameras([locked], LABEL)
    assert check.status is Status.PROBLEM and "usermod -aG video" in check.next_step


def test_a_gpu_that_nobody_asked_for_is_said_with_the_option_that_asks() -> None:
    devices = [Device("CPU", "CPU", "OpenVINO"), Device("GPU.0", "Intel Arc", "OpenVINO")]
    check = check_intel_devices(devices, DeviceChoice.AUTO)
    assert check.status is Status.NOTE and "Intel Arc" in check.line
    assert "--device gpu" in check.next_step
    assert check_intel_devices(devices, DeviceChoice.GPU).status is Status.OK
    assert check_intel_devices(devices[:1], DeviceChoice.AUTO).status is Status.OK


def test_an_nvidia_card_is_found_through_its_driver(tmp_path: Path) -> None:
    (tmp_path / "0000:01:00.0").mkdir()
    (tmp_path / "0000:01:00.0" / "information").write_text("Model: \t GeForce\nIRQ: 5\n")
    assert nvidia_cards(tmp_path) == ["GeForce"]
    assert ("NVIDIA", "GeForce") in {(d.key, d.name) for d in list_devices(tmp_path)}


def test_whole_models_are_ok() -> None:
    assert check_models("nasfe-lite").status is Status.OK
    assert check_tracker().status is Status.OK


@pytest.mark.parametrize("name", ["observer.onnx", "face_landmarker.task"])
@pytest.mark.parametrize("spoil", ["cut", "remove"])
def test_a_spoiled_model_file_is_named(tmp_path: Path, name: str, spoil: str) -> None:
    folder = tmp_path / "models"
    shutil.copytree(MODELS, folder)
    (folder / name).chmod(0o600)
    if spoil == "cut":
        (folder / name).write_bytes((folder / name).read_bytes()[:1000])
    else:
        (folder / name).unlink()
    check = checked("model files", lambda: check_models("nasfe-lite", folder))
    assert check.status is Status.PROBLEM
    assert name in check.line and "Reinstall" in check.next_step


def test_the_engine_is_shown_with_its_reason() -> None:
    check = check_engine(
        lambda: EngineDescription("OpenVINO", "CPU (x)", "bf16", (Bf16InHardware().statement,))
    )
    assert check.status is Status.OK
    assert all(word in check.line for word in ("CPU (x)", "bf16", "computes bf16 in hardware"))


def test_a_profile_that_cannot_be_read_is_a_note_since_the_camera_runs(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    (tmp_path / f"Ada{SUFFIX}").write_bytes(b"x")
    for name in ("Ada", "Nobody"):
        check = check_profile(name, store, lambda: "e" * 64)
        assert check.status is Status.NOTE and name in check.line and check.next_step
    assert check_profile("", store, lambda: "e" * 64).status is Status.OK


def test_little_space_is_noted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert check_space(tmp_path / "not" / "yet").status is not Status.PROBLEM
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(
        "nasfe_cam.diagnostics.checks.shutil.disk_usage", lambda path: usage._replace(free=1000)
    )
    assert check_space(tmp_path).status is Status.NOTE


@pytest.mark.parametrize(
    ("version", "status"), [((3, 10), Status.NOTE), ((3, 12), Status.OK), ((3, 14), Status.NOTE)]
)
def test_an_untried_python_is_noted(version: tuple[int, int], status: Status) -> None:
    assert check_python(version, "linux").status is status


def test_a_python_whose_clock_is_coarse_on_windows_is_noted() -> None:
    check = check_python((3, 12), "win32")
    assert check.status is Status.NOTE and "3.13" in check.next_step
    assert check_python((3, 13), "win32").status is Status.OK


@pytest.mark.parametrize(("build", "told"), [(19045, ""), (22000, ""), (22621, "22H2")])
def test_what_newer_windows_do_not_list_is_said(build: int, told: str) -> None:
    check = check_virtual_camera(VirtualCameraState("NASFE Camera", True), "win32", build)
    assert check.status is Status.OK
    assert told in check.next_step and bool(told) == bool(check.next_step)


def test_missing_settings_are_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move_user_folders(monkeypatch, tmp_path)
    check, settings = check_settings(None)
    assert check.status is Status.OK and settings == Settings()


@pytest.mark.parametrize("error", [ValueError("odd\nlines"), ValueError(), OSError(5, "bad disk")])
def test_a_check_that_breaks_is_a_problem_of_one_line(error: Exception) -> None:
    def broken() -> Check:
        raise error

    look: Callable[[], Check] = broken
    check = checked("x", look)
    assert check.status is Status.PROBLEM and "\n" not in check.line and check.next_step
