"""What is the owner's alone cannot be opened by other users, on Windows too."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nasfe_cam.core.permissions.owner_only import create_owner_only, restrict_to_owner

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    # Everybody, all users, all who have logged in: whom Windows' folders let in by default.
    OTHERS = ("WD", "BU", "AU")

    def is_owner_only(path: Path) -> bool:
        system = ctypes.WinDLL("advapi32")
        descriptor, text = wintypes.LPVOID(), wintypes.LPWSTR()
        assert not system.GetNamedSecurityInfoW(
            str(path), 1, 4, None, None, None, None, ctypes.byref(descriptor)
        )
        assert system.ConvertSecurityDescriptorToStringSecurityDescriptorW(
            descriptor, 1, 4, ctypes.byref(text), None
        )
        assert text.value is not None and text.value.startswith("D:")
        return not any(f";;;{other})" in text.value for other in OTHERS)

    def let_everybody_in(folder: Path) -> None:
        os.system(f'icacls "{folder}" /grant *S-1-1-0:F')

else:

    def is_owner_only(path: Path) -> bool:
        return not stat.S_IMODE(path.stat().st_mode) & 0o077

    def let_everybody_in(folder: Path) -> None:
        folder.chmod(0o777)


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "shared with everybody"
    folder.mkdir()
    let_everybody_in(folder)
    return folder


def make_in_the_usual_way(path: Path) -> None:
    path.touch()


@pytest.mark.parametrize(
    ("make", "alone"), [(make_in_the_usual_way, False), (create_owner_only, True)]
)
def test_a_file_is_its_owner_s_alone_where_others_may_enter(
    open_folder: Path, make: Callable[[Path], None], alone: bool
) -> None:
    make(open_folder / "a")
    assert is_owner_only(open_folder / "a") is alone


def test_a_file_that_exists_is_not_taken_over(open_folder: Path) -> None:
    (open_folder / "a").write_bytes(b"precious")
    with pytest.raises(FileExistsError):
        create_owner_only(open_folder / "a")
    assert (open_folder / "a").read_bytes() == b"precious"


def test_a_folder_that_was_open_is_closed_and_can_still_be_used(open_folder: Path) -> None:
    restrict_to_owner(open_folder)
    assert is_owner_only(open_folder)
    (open_folder / "a").write_bytes(b"ours")
    assert (open_folder / "a").read_bytes() == b"ours"


def test_what_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        restrict_to_owner(tmp_path / "none")
    with pytest.raises(FileNotFoundError):
        create_owner_only(tmp_path / "none" / "a")
