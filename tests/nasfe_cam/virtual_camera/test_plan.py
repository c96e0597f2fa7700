"""What `nasfe-cam camera install` finds and would do; that it works is shown in tests/vm."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from nasfe_cam.virtual_camera import plan
from nasfe_cam.virtual_camera.administrator import run_as_administrator
from nasfe_cam.virtual_camera.errors import (
    CameraNameRefused,
    LoopbackModuleMissing,
    LoopbackOptionsTaken,
    SecureBootRefusesModule,
    SetupFailed,
)
from nasfe_cam.virtual_camera.linux import (
    LoopbackState,
    foreign_options,
    package_command,
    secure_boot_is_on,
    unattended,
)
from nasfe_cam.virtual_camera.plan import install_script, remove_script
from nasfe_cam.virtual_camera.state import VirtualCameraState

LABEL = "NASFE Camera"
ABSENT = VirtualCameraState(LABEL, present=False)
PRESENT = VirtualCameraState(LABEL, True, Path("/dev/video10"), True, True)
BARE = LoopbackState(
    camera=ABSENT,
    version="0.12.7",
    signed=False,
    secure_boot=False,
    persistent=False,
    foreign_options=(),
    package_command="sudo apt install v4l2loopback-dkms",
)


def test_the_script_of_a_bare_machine_writes_both_files_and_loads_the_module() -> None:
    assert install_script(BARE) == (
        "set -e\n"
        "cat >/etc/modprobe.d/nasfe-cam.conf.new <<'END'\n"
        "options v4l2loopback devices=1 video_nr=10 exclusive_caps=1 "
        'card_label="NASFE Camera"\n'
        "END\n"
        "mv /etc/modprobe.d/nasfe-cam.conf.new /etc/modprobe.d/nasfe-cam.conf\n"
        "cat >/etc/modules-load.d/nasfe-cam.conf.new <<'END'\n"
        "v4l2loopback\n"
        "END\n"
        "mv /etc/modules-load.d/nasfe-cam.conf.new /etc/modules-load.d/nasfe-cam.conf\n"
        "modprobe v4l2loopback\n"
    )


def test_the_package_is_installed_too_where_it_is_missing() -> None:
    lists, package, *rest = install_script(replace(BARE, version="")).splitlines()[1:]
    assert lists == "apt-get -q update </dev/null || true"
    assert package == (
        "DEBIAN_FRONTEND=noninteractive apt-get -q -y install v4l2loopback-dkms </dev/null"
    )
    assert rest == install_script(BARE).splitlines()[1:], "then all else"


@pytest.mark.parametrize("distribution", ["debian", "ubuntu", "fedora", "arch", "suse"])
def test_every_known_distribution_installs_without_asking(
    distribution: str, tmp_path: Path
) -> None:
    release = tmp_path / "os-release"
    release.write_text(f"ID={distribution}\n")
    script = unattended(package_command(release))
    assert "v4l2loopback" in script and "sudo" not in script and script.endswith("</dev/null")


def test_a_module_loaded_without_our_camera_is_loaded_anew() -> None:
    loaded = replace(BARE, camera=replace(ABSENT, module_loaded=True))
    lines = install_script(loaded).splitlines()
    assert lines[-2:] == ["modprobe -r v4l2loopback", "modprobe v4l2loopback"]


def test_a_camera_that_browsers_do_not_list_is_loaded_anew() -> None:
    hidden = replace(BARE, camera=replace(PRESENT, exclusive_caps=False), persistent=True)
    assert install_script(hidden).splitlines()[1:] == [
        "modprobe -r v4l2loopback",
        "modprobe v4l2loopback",
    ]


def test_a_camera_that_is_there_is_only_made_to_come_back_after_a_restart() -> None:
    script = install_script(replace(BARE, camera=PRESENT))
    assert "modules-load.d" in script and "\nmodprobe" not in script


def test_nothing_is_done_twice() -> None:
    assert install_script(replace(BARE, camera=PRESENT, persistent=True)) == ""


@pytest.mark.parametrize("label", ["", "A,B", 'A"B', "A'B", "A\nB", "A$(reboot)B", "x" * 32])
def test_a_name_that_the_module_or_the_shell_would_read_otherwise_is_refused(label: str) -> None:
    with pytest.raises(CameraNameRefused):
        install_script(replace(BARE, camera=replace(ABSENT, label=label)))


def test_a_missing_module_of_an_unknown_distribution_is_told() -> None:
    with pytest.raises(LoopbackModuleMissing, match="package v4l2loopback of your distribution"):
        install_script(replace(BARE, version="", package_command=""))


def test_an_unsigned_module_under_secure_boot_is_told_before_it_fails() -> None:
    with pytest.raises(SecureBootRefusesModule, match="mokutil"):
        install_script(replace(BARE, secure_boot=True))
    assert install_script(replace(BARE, secure_boot=True, signed=True))


def test_options_that_somebody_else_has_set_are_not_mixed_with_ours() -> None:
    with pytest.raises(LoopbackOptionsTaken, match="obs"):
        install_script(replace(BARE, foreign_options=(Path("/etc/modprobe.d/obs.conf"),)))


def test_removing_takes_away_what_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options, load = tmp_path / "options.conf", tmp_path / "load.conf"
    monkeypatch.setattr(plan, "OPTIONS_FILE", options)
    monkeypatch.setattr(plan, "LOAD_FILE", load)
    assert remove_script(BARE) == ""
    options.touch()
    lines = remove_script(replace(BARE, camera=PRESENT)).splitlines()
    assert lines == ["set -e", "modprobe -r v4l2loopback", f"rm {options}"]


def test_files_that_set_options_of_the_module_are_found(tmp_path: Path) -> None:
    own, other = tmp_path / "nasfe-cam.conf", tmp_path / "obs.conf"
    own.write_text("options v4l2loopback devices=1\n")
    other.write_text("# for OBS\noptions  v4l2loopback card_label=OBS\n")
    (tmp_path / "sound.conf").write_text("options snd_usb index=1\n#options v4l2loopback\n")
    assert foreign_options((tmp_path, tmp_path / "none"), own) == (other,)


@pytest.mark.parametrize(
    ("content", "on"), [(b"\6\0\0\0\1", True), (b"\6\0\0\0\0", False), (b"", False), (None, False)]
)
def test_secure_boot_is_read_from_the_firmware(
    tmp_path: Path, content: bytes | None, on: bool
) -> None:
    variable = tmp_path / "SecureBoot"
    if content is not None:
        variable.write_bytes(content)
    assert secure_boot_is_on(variable) is on


@pytest.mark.parametrize(
    ("release", "words"),
    [
        ("ID=debian\n", "apt install v4l2loopback-dkms linux-headers-amd64"),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', "linux-headers-generic"),
        ("ID=fedora\n", "dnf install"),
        ("ID=void\n", None),
        ("", None),
    ],
)
def test_each_known_distribution_has_its_command(
    tmp_path: Path, release: str, words: str | None
) -> None:
    path = tmp_path / "os-release"
    path.write_text(release)
    command = package_command(path)
    assert command == "" if words is None else words in command


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="asks for the password")
def test_a_script_that_fails_tells_its_last_line(tmp_path: Path) -> None:
    done = tmp_path / "done"
    run_as_administrator(f"set -e\ntouch {done}\n")
    assert done.exists()
    with pytest.raises(SetupFailed, match="cannot access"):
        run_as_administrator(f"set -e\nls {tmp_path}/none\ntouch {tmp_path}/late\n")
    assert not (tmp_path / "late").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="has no sh")
def test_the_script_is_one_that_the_shell_understands() -> None:
    script = install_script(BARE)
    subprocess.run(["sh", "-n"], input=script, text=True, check=True)
