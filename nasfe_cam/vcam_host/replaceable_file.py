"""Files that can be removed and replaced while programs have them open.

Elsewhere every file can. Windows refuses unless each of those programs opened it with
leave to delete, which `os.open` does not give.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import _winapi
    import msvcrt

    _SHARE_READ, _SHARE_WRITE, _SHARE_DELETE = 1, 2, 4
    _CREATE_NEW = 1
    _OPEN_REPARSE_POINT = 0x00200000

    def _open(path: Path, create: bool) -> int:
        handle = _winapi.CreateFile(
            str(path),
            _winapi.GENERIC_READ | _winapi.GENERIC_WRITE,
            _SHARE_READ | _SHARE_WRITE | _SHARE_DELETE,
            0,
            _CREATE_NEW if create else _winapi.OPEN_EXISTING,
            _OPEN_REPARSE_POINT,
            0,
        )
        return msvcrt.open_osfhandle(handle, os.O_RDWR | os.O_BINARY | os.O_NOINHERIT)

    def _free_name(path: Path) -> Path:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        # The name of a removed file stays taken until the last program has closed it.
        aside = path.with_name(f"{path.name}.{os.urandom(8).hex()}.tmp")
        return path.rename(aside)

else:

    def _open(path: Path, create: bool) -> int:
        flags = os.O_CREAT | os.O_EXCL if create else os.O_NOFOLLOW
        return os.open(path, os.O_RDWR | flags, 0o600)

    def _free_name(path: Path) -> Path:
        return path


def open_replaceable(path: Path, *, create: bool) -> int:
    """Open a file for reading and writing; a link is not followed.

    Args:
        path: of the file.
        create: make it, for its owner only; it must not exist.

    Returns:
        Its descriptor.

    Raises:
        FileExistsError, FileNotFoundError, OSError: as their names say.
    """
    return _open(path, create)


def remove_replaceable(path: Path) -> None:
    """Take the file away, so that its name is free at once; whoever has it open keeps it.

    Raises:
        OSError: it cannot be removed, is a folder, or there is none.
    """
    _free_name(path).unlink()


def file_identity(path: Path) -> tuple[int, int] | None:
    """The same for one file under two names, another for one that took its place.

    The open file is asked: the name of one that is mapped need not tell it on Windows.

    Returns:
        None where no such file can be opened.
    """
    try:
        descriptor = open_replaceable(path, create=False)
    except OSError:
        return None
    try:
        return _identity(descriptor)
    finally:
        os.close(descriptor)


def leads_to(path: Path, descriptor: int) -> bool:
    """Whether the path still names this open file: it may have been removed, or replaced."""
    try:
        return file_identity(path) == _identity(descriptor)
    except OSError:
        return False


def _identity(descriptor: int) -> tuple[int, int]:
    status = os.fstat(descriptor)
    return status.st_dev, status.st_ino
