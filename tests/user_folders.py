"""The folders of the user, moved: no test meets what whoever runs it has there."""

from __future__ import annotations

from pathlib import Path

import pytest

# platformdirs puts everything below %LOCALAPPDATA%, and heeds this in its place.
WINDOWS_FOLDER = "WIN_PD_OVERRIDE_LOCAL_APPDATA"


def move_user_folders(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Have this process and those that it starts keep settings, profiles and engines in `folder`.

    On Windows the runtime folder moves along; elsewhere `runtime_folder` of `conftest.py`
    is a short path of its own.
    """
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        patch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    patch.setenv(WINDOWS_FOLDER, str(folder))


def move_runtime_folder(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Have rings, sockets and locks in `folder`, whose path is short; on Windows all folders."""
    patch.setenv("XDG_RUNTIME_DIR", str(folder))
    patch.setenv(WINDOWS_FOLDER, str(folder))
