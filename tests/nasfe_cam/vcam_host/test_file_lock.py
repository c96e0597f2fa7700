"""The lock has no effect on what the file holds."""

from __future__ import annotations

import os
from pathlib import Path

from nasfe_cam.vcam_host.file_lock import try_lock, unlock


def test_a_lock_is_held_by_one_and_let_go(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    first = os.open(path, os.O_RDWR | os.O_CREAT)
    second = os.open(path, os.O_RDWR)
    assert try_lock(first)
    assert not try_lock(second)
    unlock(first)
    assert try_lock(second)
    os.close(second)
    assert try_lock(first), "closing lets go too"
    os.close(first)


def test_what_is_written_after_locking_and_unlocking_goes_where_it_would_have_gone(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
    os.write(descriptor, b"one")
    assert try_lock(descriptor)
    os.write(descriptor, b"two")
    unlock(descriptor)
    os.write(descriptor, b"three")
    os.close(descriptor)
    assert path.stat().st_size == 11
    assert path.read_bytes() == b"onetwothree"


def test_a_locked_file_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    path.write_bytes(b"4711")
    descriptor = os.open(path, os.O_RDWR)
    assert try_lock(descriptor)
    assert path.read_bytes() == b"4711"
    os.close(descriptor)
