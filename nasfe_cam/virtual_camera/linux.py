"""The state of v4l2loopback on this Linux computer."""

from __future__ import annotations

import platform
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from nasfe_cam.virtual_camera.state import VirtualCameraState, find_virtual_camera

OPTIONS_FILE = Path("/etc/modprobe.d/nasfe-cam.conf")
LOAD_FILE = Path("/etc/modules-load.d/nasfe-cam.conf")

_OPTIONS_FOLDERS = (Path("/etc/modprobe.d"), Path("/usr/lib/modprobe.d"), Path("/lib/modprobe.d"))
_SECURE_BOOT = Path("/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c")
_PACKAGES = {
    "debian": "sudo apt install v4l2loopback-dkms linux-headers-amd64",
    "ubuntu": "sudo apt install v4l2loopback-dkms linux-headers-generic",
    "fedora": "sudo dnf install akmod-v4l2loopback",
    "arch": "sudo pacman -S v4l2loopback-dkms linux-headers",
    "suse": "sudo zypper install v4l2loopback-kmp-default",
}
_UNATTENDED = {
    # Old lists name packages that are gone; one list of others that is unreachable is no reason.
    "sudo apt install": "apt-get -q update </dev/null || true\n"
    "DEBIAN_FRONTEND=noninteractive apt-get -q -y install",
    "sudo dnf install": "dnf -y install",
    "sudo pacman -S": "pacman -S --noconfirm --needed",
    "sudo zypper install": "zypper --non-interactive install",
}


@dataclass(frozen=True, slots=True)
class LoopbackState:
    """The state of v4l2loopback.

    Attributes:
        camera: the device that meetings see, if it is there.
        version: of the module for the running kernel, "installed" where it does not say;
            empty if there is none.
        signed: whether the module carries a signature.
        secure_boot: whether the firmware lets the kernel load signed modules only.
        persistent: both of our files are there, so that it comes back after a restart.
        foreign_options: files of others that set options of the module.
        package_command: how this distribution installs the module; empty if that is unknown.
    """

    camera: VirtualCameraState
    version: str
    signed: bool
    secure_boot: bool
    persistent: bool
    foreign_options: tuple[Path, ...]
    package_command: str


def look_at_loopback(label: str) -> LoopbackState:
    """Look at this machine; nothing is changed."""
    return LoopbackState(
        camera=find_virtual_camera(label),
        # Debian 12's module has no version.
        version=_module_field("version") or ("installed" if _module_field("filename") else ""),
        signed=bool(_module_field("signer")),
        secure_boot=secure_boot_is_on(),
        persistent=OPTIONS_FILE.exists() and LOAD_FILE.exists(),
        foreign_options=foreign_options(),
        package_command=package_command(),
    )


def secure_boot_is_on(variable: Path = _SECURE_BOOT) -> bool:
    """Whether the firmware says so; machines without UEFI have no Secure Boot."""
    try:
        content = variable.read_bytes()
    except OSError:
        return False
    # Four bytes of attributes, then the value.
    return len(content) > 4 and content[4] == 1


def foreign_options(
    folders: tuple[Path, ...] = _OPTIONS_FOLDERS, own: Path = OPTIONS_FILE
) -> tuple[Path, ...]:
    """Files of others that set options of v4l2loopback, which would be mixed with ours."""
    files = [path for folder in folders for path in sorted(folder.glob("*.conf"))]
    return tuple(path for path in files if path != own and _sets_options(path))


def _sets_options(path: Path) -> bool:
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return any(line.split()[:2] == ["options", "v4l2loopback"] for line in lines)


def package_command(release: Path = Path("/etc/os-release")) -> str:
    """The command of this distribution that installs the module; empty if it is unknown."""
    try:
        lines = release.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    fields = dict(line.split("=", 1) for line in lines if "=" in line)
    names = f"{fields.get('ID', '')} {fields.get('ID_LIKE', '')}".replace('"', "").split()
    return next((_PACKAGES[name] for name in names if name in _PACKAGES), "")


def unattended(command: str) -> str:
    """The same command as a script of the administrator, which asks nothing; empty if unknown."""
    for attended, script in _UNATTENDED.items():
        if command.startswith(attended):
            # The script itself comes on stdin, from which a package manager could read.
            return f"{script}{command.removeprefix(attended)} </dev/null"
    return ""


def _module_field(field: str) -> str:
    """What `modinfo` says of the module for the running kernel; empty without one."""
    program = shutil.which("modinfo") or "/sbin/modinfo"
    try:
        done = subprocess.run(
            [program, "-k", platform.release(), "-F", field, "v4l2loopback"],
            capture_output=True,
            text=True,
            timeout=10,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
