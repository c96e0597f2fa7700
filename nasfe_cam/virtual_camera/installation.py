"""What installs and removes the virtual camera on this system, and the way there from a window."""

from __future__ import annotations

import sys

from nasfe_cam.virtual_camera.administrator import run_as_administrator
from nasfe_cam.virtual_camera.errors import CameraNotSetUpHere, ModuleNotInstalled, SetupFailed
from nasfe_cam.virtual_camera.linux import look_at_loopback
from nasfe_cam.virtual_camera.plan import install_script, remove_script
from nasfe_cam.virtual_camera.state import find_virtual_camera, install_step
from nasfe_cam.virtual_camera.windows import (
    installed_filters,
    register_script,
    registered_cameras,
    unregister_script,
)


def can_be_installed(platform: str = sys.platform) -> bool:
    """Whether `install_virtual_camera` knows how on this system."""
    return platform == "linux" or (platform == "win32" and bool(installed_filters()))


def installing_script(label: str, *, platform: str = sys.platform) -> str:
    """What is to be run as administrator to make the camera; empty if it is there.

    On Linux the distribution's package of v4l2loopback is installed where it is missing.

    Args:
        label: its name.
        platform: `sys.platform`.

    Raises:
        SetupError: it cannot be made here.
    """
    if platform == "linux":
        return install_script(look_at_loopback(label))
    state = find_virtual_camera(label, platform=platform)
    if not can_be_installed(platform):
        raise CameraNotSetUpHere(install_step(state, platform))
    return (
        "" if state.present else register_script(label, installed_filters(), registered_cameras())
    )


def removing_script(label: str, *, platform: str = sys.platform) -> str:
    """What is to be run as administrator to take the camera away; empty if there is none.

    Raises:
        SetupError: it cannot be removed here.
    """
    if platform == "linux":
        return remove_script(look_at_loopback(label))
    state = find_virtual_camera(label, platform=platform)
    if not can_be_installed(platform):
        raise CameraNotSetUpHere(install_step(state, platform))
    return unregister_script(installed_filters()) if state.present else ""


def install_virtual_camera(label: str, *, terminal: bool = False) -> None:
    """Make the virtual camera, now and after every restart; may take minutes.

    Args:
        label: its name.
        terminal: see `run_as_administrator`.

    Raises:
        SetupError: it could not be made.
    """
    script = installing_script(label)
    if not script:
        return
    try:
        run_as_administrator(script, terminal=terminal)
    except SetupFailed as error:
        if sys.platform == "linux" and not look_at_loopback(label).version:
            # No package was to be had, or it is for another kernel than the one that runs.
            raise ModuleNotInstalled(error.reason) from None
        raise
