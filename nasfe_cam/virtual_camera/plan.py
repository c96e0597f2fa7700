"""The changes to this computer, as a script that is shown before it runs."""

from __future__ import annotations

from nasfe_cam.virtual_camera.camera_name import require_plain_name
from nasfe_cam.virtual_camera.errors import (
    LoopbackModuleMissing,
    LoopbackOptionsTaken,
    SecureBootRefusesModule,
)
from nasfe_cam.virtual_camera.linux import (
    LOAD_FILE,
    OPTIONS_FILE,
    LoopbackState,
    unattended,
)

# Behind the numbers of real cameras, whose first is what people mean by 0.
_NUMBER = 10


def options_line(label: str) -> str:
    """The line of the options file that makes the camera."""
    return (
        f'options v4l2loopback devices=1 video_nr={_NUMBER} exclusive_caps=1 card_label="{label}"'
    )


def install_script(state: LoopbackState) -> str:
    """The commands that make the camera, now and after every restart; empty if all is done.

    They begin with the distribution's package, where the module is missing.

    Raises:
        CameraNameRefused: the kernel or the shell would read the name otherwise.
        LoopbackModuleMissing: the kernel module is not installed, and it is not known how
            this distribution installs it without asking.
        SecureBootRefusesModule: it is, but unsigned, and the firmware refuses that.
        LoopbackOptionsTaken: somebody else has set the module's options.
    """
    require_plain_name(state.camera.label)
    package = "" if state.version else unattended(state.package_command)
    if not state.version and not package:
        raise LoopbackModuleMissing
    if not package and state.secure_boot and not state.signed:
        raise SecureBootRefusesModule
    if state.foreign_options:
        raise LoopbackOptionsTaken(state.foreign_options[0], state.camera.label)
    lines = [package] if package else []
    if not state.persistent:
        lines += _write(OPTIONS_FILE.as_posix(), options_line(state.camera.label))
        lines += _write(LOAD_FILE.as_posix(), "v4l2loopback")
    if not state.camera.present or state.camera.exclusive_caps is False:
        if state.camera.module_loaded:
            lines.append("modprobe -r v4l2loopback")
        lines.append("modprobe v4l2loopback")
    return _script(lines)


def remove_script(state: LoopbackState) -> str:
    """The commands that take the camera away again; empty if there is nothing of it."""
    # First what may be refused, since a program shows the camera.
    lines = ["modprobe -r v4l2loopback"] if state.camera.present else []
    lines += [f"rm {path}" for path in (OPTIONS_FILE, LOAD_FILE) if path.exists()]
    return _script(lines)


def _write(path: str, line: str) -> list[str]:
    return [f"cat >{path}.new <<'END'", line, "END", f"mv {path}.new {path}"]


def _script(lines: list[str]) -> str:
    return "\n".join(["set -e", *lines, ""]) if lines else ""
