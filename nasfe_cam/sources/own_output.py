"""Which camera is the one that this program writes to: as a source it would feed on itself."""

from __future__ import annotations

import sys

from nasfe_cam.vcam_host.device import kernel_label

# The only virtual camera that can be written to on macOS, whatever our label is.
_MACOS_NAME = "OBS Virtual Camera"


def is_own_output(name: str, label: str, platform: str = sys.platform) -> bool:
    """Whether the camera of this name is the virtual camera with this label."""
    if platform == "darwin":
        return name == _MACOS_NAME
    if platform == "linux":
        return name == kernel_label(label).decode("utf-8", errors="replace").strip()
    return name == label
