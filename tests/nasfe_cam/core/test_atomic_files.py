"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from nasfe_cam.core.atomic_files import (
    FileBeside,
    left_behind,
    output_file_error,
    write_bytes,
    write_private_bytes,
)
from nasfe_cam.core.errors import OutputFileFailed

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs the permissions of Unix")


def only_file(folder: Path) -> tuple[str, bytes]:
    (path,) = folder.iterdir()
    return path.name, path.read_bytes()


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with FileBeside(path) as file:
        file.temporary.write_bytes(b"ne")
        assert path.read_bytes() == b"old"
        file.temporary.write_bytes(b"new")
    assert only_file(tmp_path) == ("a.txt", b"new")


@pytest.mark.parametrize("reason", [ValueError, KeyboardInterrupt])
def test_what_fails_on_the_way_leaves_the_old_file_alone(
    tmp_path: Path, reason: type[BaseException]
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(reason), FileBeside(path) as file:
        file.temporary.write_bytes(b"ne")
        raise reason
    assert only_file(tmp_path) == ("a.txt", b"old")


def test_a_place_that_cannot_be_taken_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "a"
    (path / "in the way").mkdir(parents=True)
    with pytest.raises(OutputFileFailed, match="cannot be written"):
        write_bytes(path, b"new")
    with pytest.raises(OSError):
        write_private_bytes(path, b"new")
    assert list(tmp_path.iterdir()) == [path]


@posix
@pytest.mark.parametrize("umask", [0o022, 0o077, 0o000])
def test_the_umask_decides_about_a_public_file_and_not_about_a_private_one(
    tmp_path: Path, umask: int
) -> None:
    before = os.umask(umask)
    try:
        write_bytes(tmp_path / "public", b"")
        write_private_bytes(tmp_path / "private", b"")
        with FileBeside(tmp_path / "third", private=True) as file:
            assert stat.S_IMODE(file.temporary.stat().st_mode) == 0o600
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "public").stat().st_mode) == 0o666 & ~umask
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o600


@posix
@pytest.mark.parametrize("write", [write_bytes, write_private_bytes])
def test_a_link_is_replaced_and_not_followed(tmp_path: Path, write: type[object]) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"untouched")
    link.symlink_to(target)
    write(link, b"new")
    assert target.read_bytes() == b"untouched"
    assert link.read_bytes() == b"new" and not link.is_symlink()


@posix
def test_a_link_with_the_temporary_name_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.token_hex", lambda _: "guessed")
    target = tmp_path / "target"
    target.write_bytes(b"untouched")
    (tmp_path / ".a.txt.guessed.tmp").symlink_to(target)
    with pytest.raises(FileExistsError):
        write_private_bytes(tmp_path / "a.txt", b"new")
    assert target.read_bytes() == b"untouched"


def refused(monkeypatch: pytest.MonkeyPatch, times: int, winerror: int | None) -> list[Path]:
    """Let replacing fail so often, as on Windows; the list grows with every attempt."""
    attempts: list[Path] = []
    replace = Path.replace

    def replace_later(self: Path, target: Path) -> Path:
        attempts.append(target)
        if len(attempts) <= times:
            error = PermissionError(13, "Access is denied")
            if winerror is not None:
                error.winerror = winerror  # type: ignore[attr-defined,unused-ignore]
            raise error
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", replace_later)
    monkeypatch.setattr("nasfe_cam.core.atomic_files.time.sleep", lambda _: None)
    return attempts


@pytest.mark.parametrize("winerror", [5, 32])
def test_a_file_that_somebody_reads_on_windows_is_replaced_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, winerror: int
) -> None:
    attempts = refused(monkeypatch, 2, winerror)
    write_bytes(tmp_path / "a.txt", b"new")
    assert len(attempts) == 3
    assert only_file(tmp_path) == ("a.txt", b"new")


@pytest.mark.parametrize(("winerror", "tried"), [(32, 7), (None, 1)])
def test_a_refusal_that_lasts_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, winerror: int | None, tried: int
) -> None:
    attempts = refused(monkeypatch, 100, winerror)
    with pytest.raises(OutputFileFailed, match="Permission denied"):
        write_bytes(tmp_path / "a.txt", b"new")
    assert len(attempts) == tried
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("durable", [True, False])
def test_only_a_durable_file_waits_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, durable: bool
) -> None:
    synced: list[int] = []
    monkeypatch.setattr("nasfe_cam.core.atomic_files.os.fsync", synced.append)
    write_bytes(tmp_path / "a.txt", b"new", durable=durable)
    assert len(synced) == durable


def test_what_crashes_left_of_a_file_is_found_and_nothing_else(tmp_path: Path) -> None:
    mine = FileBeside(tmp_path / "a.txt")
    FileBeside(tmp_path / "a.txt.b")
    (tmp_path / "a.txt").write_bytes(b"whole")
    (tmp_path / ".a.txt").write_bytes(b"another")
    assert list(left_behind(tmp_path / "a.txt")) == [mine.temporary]
    assert list(left_behind(tmp_path / "none" / "a.txt")) == []


@pytest.mark.parametrize(
    ("number", "step"),
    [
        (errno.ENOENT, "Make its folder"),
        (errno.EACCES, "in which you may write"),
        (errno.EROFS, "in which you may write"),
        (errno.EISDIR, "the name of a file"),
        (errno.ENOSPC, "Free some space"),
        (errno.EIO, "Choose another file"),
    ],
)
def test_the_next_step_helps_against_the_reason(number: int, step: str) -> None:
    error = output_file_error(Path("out.mp4"), OSError(number, os.strerror(number)))
    assert isinstance(error, OutputFileFailed) and step in str(error)
