"""Names that every system takes for a virtual camera as they are."""

from __future__ import annotations

import re

from nasfe_cam.virtual_camera.errors import CameraNameRefused

# What the module, its options file and the shells all take as it is; Linux keeps 31 bytes.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._()-]{0,30}")


def require_plain_name(label: str) -> None:
    """Raises CameraNameRefused: the kernel or a shell would read the name otherwise."""
    if not _PLAIN.fullmatch(label):
        raise CameraNameRefused(label)
