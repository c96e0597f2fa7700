"""Unity Capture is registered as the camera of Windows; that it works is shown in tests/windows."""

from __future__ import annotations

from pathlib import Path

import pytest

from nasfe_cam.virtual_camera import installation, state
from nasfe_cam.virtual_camera.errors import (
    CameraNameRefused,
    CameraNotSetUpHere,
    UnityCaptureTaken,
)
from nasfe_cam.virtual_camera.installation import can_be_installed, installing_script
from nasfe_cam.virtual_camera.state import VirtualCameraState, install_step
from nasfe_cam.virtual_camera.windows import (
    CameraFilter,
    installed_filters,
    register_script,
    unregister_script,
)

LABEL = "NASFE Camera"


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A Windows of 64 and 32 bits, as far as it registers."""
    for folder in ("System32", "SysWOW64"):
        (tmp_path / "Windows" / folder).mkdir(parents=True)
        (tmp_path / "Windows" / folder / "regsvr32.exe").touch()
    return tmp_path / "Windows"


@pytest.fixture
def unity_capture(tmp_path: Path) -> Path:
    """Its folder, with both filters named as their project names them."""
    folder = tmp_path / "NASFE Camera" / "UnityCapture"
    folder.mkdir(parents=True)
    for bits in ("64", "32"):
        (folder / f"UnityCaptureFilter{bits}bit.dll").touch()
    return folder


def test_each_filter_is_registered_by_windows_own_program_of_its_kind(
    unity_capture: Path, system: Path
) -> None:
    filters = installed_filters(unity_capture, system)
    assert register_script(LABEL, filters, {}).splitlines() == [
        f'"{system / "System32" / "regsvr32.exe"}" /s '
        f'"{unity_capture / "UnityCaptureFilter64bit.dll"}" "/i:UnityCaptureName=NASFE Camera"',
        f'"{system / "SysWOW64" / "regsvr32.exe"}" /s '
        f'"{unity_capture / "UnityCaptureFilter32bit.dll"}" "/i:UnityCaptureName=NASFE Camera"',
    ]
    assert all("/s /u" in line for line in unregister_script(filters).splitlines())


def test_a_windows_without_32_bit_programs_needs_one_filter(
    unity_capture: Path, system: Path
) -> None:
    (system / "SysWOW64" / "regsvr32.exe").unlink()
    (only,) = installed_filters(unity_capture, system)
    assert only.library.name == "UnityCaptureFilter64bit.dll"


@pytest.mark.parametrize("label", ['a" & calc & "', "%PATH%", "", "x" * 32])
def test_a_name_that_a_shell_would_read_otherwise_is_refused(label: str) -> None:
    with pytest.raises(CameraNameRefused):
        register_script(label, (), {})


UNITY_CAPTURE = "{5C2CD55C-92AD-4999-8666-912BD3E70010}"


def test_unity_capture_of_another_program_keeps_its_name(unity_capture: Path, system: Path) -> None:
    filters = installed_filters(unity_capture, system)
    with pytest.raises(UnityCaptureTaken, match="Unity Video Capture"):
        register_script(LABEL, filters, {UNITY_CAPTURE: "Unity Video Capture"})
    others = {UNITY_CAPTURE: LABEL, "{A}": "OBS Virtual Camera"}
    assert register_script(LABEL, filters, others)


def test_without_the_filters_the_way_is_told_and_with_them_it_is_gone(
    monkeypatch: pytest.MonkeyPatch, unity_capture: Path, system: Path
) -> None:
    assert not can_be_installed("win32")
    with pytest.raises(CameraNotSetUpHere, match="UnityCaptureFilter64bit"):
        installing_script(LABEL, platform="win32")

    def found() -> tuple[CameraFilter, ...]:
        return installed_filters(unity_capture, system)

    monkeypatch.setattr(installation, "installed_filters", found)
    monkeypatch.setattr(state, "installed_filters", found)
    assert can_be_installed("win32")
    assert installing_script(LABEL, platform="win32") == register_script(LABEL, found(), {})
    step = str(install_step(VirtualCameraState(LABEL, False), "win32"))
    assert step.endswith('nasfe-cam.exe" camera install')


def test_the_installer_puts_the_filters_where_the_program_looks(repository: Path) -> None:
    script = (repository / "packaging" / "windows" / "nasfe-cam.iss").read_text(encoding="utf-8")
    assert r'DestDir: "{app}\UnityCapture"' in script
    for bits in ("64", "32"):
        assert script.count(rf"UnityCapture\UnityCaptureFilter{bits}bit.dll") >= 3
