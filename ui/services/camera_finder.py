"""Finds the cameras of this computer with `nasfe-cam devices`.

In a process of its own: looking for cameras loads libraries that the window does without.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.processes.child_options import NO_WINDOW, child_environment

_SECONDS = 60.0


class CamerasNotListed(NasfeError):
    code = "cameras-not-listed"
    text = "The cameras of this computer could not be listed."
    remedy = "Check them with: nasfe-cam doctor"


@dataclass(frozen=True, slots=True)
class FoundCamera:
    """A camera that gives pictures: what `source.source` takes, and its name."""

    source: str
    name: str


def find_cameras(label: str) -> list[FoundCamera]:
    """Look for cameras; takes a second or two.

    Args:
        label: name of the own virtual camera, which does not count.

    Raises:
        CamerasNotListed: the command failed.
    """
    command = [sys.executable, "-P", "-m", "nasfe_cam", "devices", "--json", "--label", label]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=_SECONDS,
            stdin=subprocess.DEVNULL,
            creationflags=NO_WINDOW,
            env=child_environment(),
            check=True,
        )
        cameras = json.loads(done.stdout)["cameras"]
        return [
            FoundCamera(str(camera["number"]), str(camera["name"]))
            for camera in cameras
            if camera["capture"]
        ]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError):
        raise CamerasNotListed from None
