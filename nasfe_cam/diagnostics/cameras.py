"""The part of the diagnosis that looks at cameras, real and virtual."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from nasfe_cam.diagnostics.checks import Check, Status, result
from nasfe_cam.diagnostics.findings import (
    CameraLocked,
    CamerasFound,
    Finding,
    NoCamera,
    NoCameraOnMac,
    ObsInstalled,
    ObsMissing,
    OutputForbidden,
    OutputInstalled,
    OutputMissing,
    OutputNotListed,
    OutputRegistered,
    OutputRegisteredOldWay,
    OutputUnnamed,
)
from nasfe_cam.sources.listing import CameraDescription
from nasfe_cam.sources.own_output import is_own_output
from nasfe_cam.virtual_camera.install_steps import InstallStep
from nasfe_cam.virtual_camera.state import VirtualCameraState, install_step

# From this build on DirectShow's cameras, of which ours is one, are missing in some lists.
_WINDOWS_11_22H2 = 22621


def windows_build() -> int:
    """The number by which versions of Windows are told apart; 0 elsewhere."""
    if sys.platform == "win32":
        return sys.getwindowsversion().build
    return 0


def check_virtual_camera(
    state: VirtualCameraState, platform: str = sys.platform, build: int | None = None
) -> Check:
    """Whether meetings can see the camera, and the one command that helps if not.

    Args:
        state: of the virtual camera.
        platform: `sys.platform`.
        build: of Windows; None for that of this machine.
    """
    status, *found = _virtual_camera(state, platform, windows_build() if build is None else build)
    return result("virtual camera", status, *found)


def _virtual_camera(
    state: VirtualCameraState, platform: str, windows_build: int
) -> tuple[Status, Finding] | tuple[Status, Finding, InstallStep]:
    label, path = state.label, state.path
    if not state.present:
        missing: Finding = OutputMissing(label)
        if platform == "linux" and state.module_loaded:
            missing = OutputUnnamed(label)
        elif platform == "darwin":
            missing = ObsMissing()
        return Status.PROBLEM, missing, install_step(state, platform)
    if platform == "darwin":
        return Status.OK, ObsInstalled()
    if path is None:
        modern = windows_build >= _WINDOWS_11_22H2
        return Status.OK, OutputRegisteredOldWay(label) if modern else OutputRegistered(label)
    if not os.access(path, os.R_OK | os.W_OK):
        return Status.PROBLEM, OutputForbidden(label, path)
    if state.exclusive_caps is False:
        return Status.NOTE, OutputNotListed(label, path, "0"), install_step(state, platform)
    return Status.OK, OutputInstalled(label, path, "1" if state.exclusive_caps else "unknown")


def check_cameras(
    cameras: Sequence[CameraDescription], label: str, platform: str = sys.platform
) -> Check:
    """Whether there is a real camera.

    Args:
        cameras: of this machine.
        label: name of the own virtual camera, which does not count.
    """
    real = [camera for camera in cameras if not is_own_output(camera.name, label, platform)]
    usable = [f"{camera.number}: {camera.name}" for camera in real if camera.capture]
    if usable:
        return result("cameras", Status.OK, CamerasFound(usable))
    for camera in real:
        if camera.path is not None and not os.access(camera.path, os.R_OK | os.W_OK):
            return result("cameras", Status.PROBLEM, CameraLocked(camera.name, camera.path))
    return result(
        "cameras", Status.PROBLEM, NoCameraOnMac() if platform == "darwin" else NoCamera()
    )
