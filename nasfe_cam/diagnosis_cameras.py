"""The part of the diagnosis that looks at cameras, real and virtual."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from nasfe_cam.diagnosis import Check, Status
from nasfe_cam.sources import CameraDescription
from nasfe_cam.virtual_camera_state import VirtualCameraState, install_step

_KERNEL_LABEL_CHARACTERS = 31


def check_virtual_camera(state: VirtualCameraState, platform: str = sys.platform) -> Check:
    """Whether meetings can see the camera, and the one command that helps if not."""
    name = "virtual camera"
    if not state.present:
        line = f"{state.label!r} is not installed"
        if platform == "linux" and state.module_loaded:
            line = f"v4l2loopback is loaded, but without a device named {state.label!r}"
        elif platform == "darwin":
            line = "OBS, whose camera is used on macOS, is not installed"
        return Check(name, Status.PROBLEM, line, install_step(state, platform))
    if platform == "darwin":
        line = 'OBS is installed; meetings list the camera as "OBS Virtual Camera"'
        step = "Start OBS's virtual camera once, so that macOS asks for the permission."
        return Check(name, Status.OK, line, step)
    if state.path is None:
        return Check(name, Status.OK, f"{state.label!r} is registered")
    if not os.access(state.path, os.R_OK | os.W_OK):
        line = f"{state.label!r} ({state.path}) may not be opened by you"
        return Check(name, Status.PROBLEM, line, _GROUP_STEP)
    caps = {True: "1", False: "0", None: "unknown"}[state.exclusive_caps]
    line = f"{state.label!r} at {state.path}, exclusive_caps={caps}"
    if state.exclusive_caps is False:
        step = (
            "Chrome and Teams list it only with exclusive_caps=1 (some versions of Zoom want 0): "
            + install_step(state)
        )
        return Check(name, Status.NOTE, line, step)
    return Check(name, Status.OK, line)


def check_cameras(
    cameras: Sequence[CameraDescription], label: str, platform: str = sys.platform
) -> Check:
    """Whether there is a real camera.

    Args:
        cameras: of this machine.
        label: name of the own virtual camera, which does not count.
    """
    real = [camera for camera in cameras if not is_own(camera, label)]
    usable = [camera for camera in real if camera.capture]
    if usable:
        names = ", ".join(f"{camera.number}: {camera.name}" for camera in usable)
        return Check("cameras", Status.OK, names)
    locked = [
        camera
        for camera in real
        if camera.path is not None and not os.access(camera.path, os.R_OK | os.W_OK)
    ]
    if locked:
        line = f"{locked[0].name} ({locked[0].path}) may not be opened by you"
        return Check("cameras", Status.PROBLEM, line, _GROUP_STEP)
    step = "Plug a camera in, or try it with a clip: nasfe-cam run --source CLIP.mp4"
    if platform == "darwin":
        step += ". Also allow the terminal to use the camera in System Settings, Privacy"
    return Check("cameras", Status.PROBLEM, "no camera gives pictures", step)


def is_own(camera: CameraDescription, label: str) -> bool:
    """Whether the camera is the virtual one that this program writes to."""
    return camera.name == label[:_KERNEL_LABEL_CHARACTERS].strip()


_GROUP_STEP = "sudo usermod -aG video $USER, then log in again"
