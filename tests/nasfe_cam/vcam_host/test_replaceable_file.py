"""Files that are removed and replaced while programs have them open."""

from __future__ import annotations

import mmap
import os
from pathlib import Path

import pytest

from nasfe_cam.vcam_host.replaceable_file import (
    file_identity,
    leads_to,
    open_replaceable,
    remove_replaceable,
)


def made(path: Path, content: bytes = b"1" * 4096) -> int:
    descriptor = open_replaceable(path, create=True)
    os.write(descriptor, content)
    return descriptor


def test_a_removed_file_frees_its_name_and_stays_with_who_has_it_open(tmp_path: Path) -> None:
    path = tmp_path / "ring"
    first = made(path, b"first")
    remove_replaceable(path)
    second = made(path, b"second")
    os.lseek(first, 0, os.SEEK_SET)
    assert os.read(first, 9) == b"first" and path.stat().st_size == len(b"second")
    os.close(first)
    os.close(second)
    assert [file.name for file in tmp_path.iterdir()] == ["ring"], "nothing is left behind"


def test_a_mapped_file_is_told_from_the_one_that_took_its_place(tmp_path: Path) -> None:
    path = tmp_path / "ring"
    assert file_identity(path) is None
    first = made(path)
    with mmap.mmap(first, 0):
        before = file_identity(path)
        assert before is not None and file_identity(path) == before
        assert leads_to(path, first)
        remove_replaceable(path)
        assert not leads_to(path, first)
        second = made(path)
        with mmap.mmap(second, 0):
            assert file_identity(path) not in (None, before)
            assert leads_to(path, second) and not leads_to(path, first)
    os.close(first)
    os.close(second)


def test_a_folder_in_its_place_is_left_there(tmp_path: Path) -> None:
    path = tmp_path / "ring"
    path.mkdir()
    (path / "precious").touch()
    with pytest.raises(OSError):
        remove_replaceable(path)
    assert (path / "precious").exists()
