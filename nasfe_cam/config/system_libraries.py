"""Libraries of the operating system that Python packages need and do not bring."""

from __future__ import annotations

import re

from nasfe_cam.core.errors import NasfeError

APT_PACKAGES = (
    "libgl1",
    "libegl1",
    "libgles2",
    "libglib2.0-0",
    "libdbus-1-3",
    "libfontconfig1",
    "libsm6",
    "libwayland-cursor0",
    "libwayland-egl1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxkbcommon-x11-0",
)
"""Debian's and Ubuntu's packages of them: those of OpenCV, MediaPipe and Qt's window.

README.md, docs/install.md, .ci/run and the .deb name them too; a test compares.
"""

APT_COMMAND = f"sudo apt install {' '.join(APT_PACKAGES)}"


class SystemLibraryMissing(NasfeError):
    code = "system-library-missing"
    text = "The library {library} is not installed on this system."
    remedy = "On Debian and Ubuntu install all that is needed with: {command}"

    library: str
    command: str = APT_COMMAND


def missing_library(error: BaseException) -> SystemLibraryMissing | None:
    """The library of the system whose absence made an import fail; None if it was something else.

    Args:
        error: what `import` or `ctypes.CDLL` raised: the dynamic linker's sentence.
    """
    found = re.match(r"(\S+\.so[.\d]*): cannot open shared object file", str(error))
    return SystemLibraryMissing(found[1]) if found else None
