"""Writes files whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from nasfe_cam.core.errors import OutputFileFailed
from nasfe_cam.core.permissions.owner_only import create_owner_only
from nasfe_cam.core.text.reasons import reason_of

TEMPORARY_SUFFIX = ".tmp"
"""How the name of a file ends while it is written."""

# ERROR_ACCESS_DENIED and ERROR_SHARING_VIOLATION: a reader or a virus scanner has the file open.
_OPEN_ELSEWHERE = (5, 32)
_REPLACE_RETRY_SECONDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4)


class OutputFolderMissing(OutputFileFailed):
    code = "output-folder-missing"
    remedy = "Make its folder first, or choose a file in another one."


class OutputFileForbidden(OutputFileFailed):
    code = "output-file-forbidden"
    remedy = "Choose a folder in which you may write."


class OutputFileIsFolder(OutputFileFailed):
    code = "output-file-is-folder"
    remedy = "Give the name of a file in that folder."


class DiskFull(OutputFileFailed):
    code = "disk-full"
    remedy = "Free some space, or choose a file on another disk."


_KINDS: dict[int, type[OutputFileFailed]] = {
    errno.ENOENT: OutputFolderMissing,
    errno.ENOTDIR: OutputFolderMissing,
    errno.EACCES: OutputFileForbidden,
    errno.EPERM: OutputFileForbidden,
    errno.EROFS: OutputFileForbidden,
    errno.EISDIR: OutputFileIsFolder,
    errno.ENOSPC: DiskFull,
}


def output_file_error(path: Path, error: OSError) -> OutputFileFailed:
    """Why a file cannot be written, with the next step that helps against this very reason."""
    kind = _KINDS.get(error.errno or 0, OutputFileFailed)
    return kind(path, reason_of(error))


class FileBeside:
    """A new file beside another, whose place it takes once it is whole.

    As a context manager it takes the place at the end of the block, and is
    removed if the block raises. `commit` and `discard` do the same by hand.

    Attributes:
        path: where the file belongs; an older file stays there until `commit`.
        temporary: where to write meanwhile. Nobody can guess the name, so
            nobody can have put a link there.
    """

    def __init__(
        self, path: Path, *, private: bool = False, durable: bool = False, hidden: bool = True
    ) -> None:
        """Make the empty temporary file.

        Args:
            path: where the file belongs; its folder must exist.
            private: only the owner may read it, from its first moment;
                otherwise the umask decides.
            durable: `commit` waits until the content is on the disk, so that a
                power cut leaves the old file or the new one.
            hidden: the temporary name begins with a dot; not for files that
                grow so long that somebody may look for them.

        Raises:
            OSError: it cannot be made.
        """
        self.path = path
        dot = "." if hidden else ""
        self.temporary = path.with_name(
            f"{dot}{path.name}.{secrets.token_hex(8)}{TEMPORARY_SUFFIX}"
        )
        self._durable = durable
        if private:
            create_owner_only(self.temporary)
        else:
            os.close(os.open(self.temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))

    def commit(self) -> None:
        """Give the file its name; raises OSError, and then leaves the temporary file."""
        if self._durable:
            with self.temporary.open("rb+") as file:
                os.fsync(file.fileno())
        _replace(self.temporary, self.path)

    def discard(self) -> None:
        """Remove the temporary file, as far as that is possible."""
        with suppress(OSError):
            self.temporary.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is not None:
            self.discard()
            return
        try:
            self.commit()
        except BaseException:
            self.discard()
            raise


def write_bytes(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Write a file with the permissions that the umask gives; `durable` as in `FileBeside`.

    Raises:
        OutputFileFailed: it cannot be written; nothing half-written is left.
    """
    try:
        with FileBeside(path, durable=durable) as file:
            file.temporary.write_bytes(content)
    except OSError as error:
        raise output_file_error(path, error) from None


def write_text(path: Path, content: str, *, durable: bool = False) -> None:
    """`write_bytes` in UTF-8."""
    write_bytes(path, content.encode("utf-8"), durable=durable)


def write_private_bytes(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Write a file that only its owner can read, from its first moment.

    Raises:
        OSError: it cannot be written; nothing half-written is left.
    """
    with FileBeside(path, private=True, durable=durable) as file:
        file.temporary.write_bytes(content)


def left_behind(path: Path) -> Iterator[Path]:
    """The hidden temporary files of `path`: left by crashes, or being written now."""
    name = re.compile(rf"\.{re.escape(path.name)}\.[^.]*{re.escape(TEMPORARY_SUFFIX)}")
    for file in path.parent.glob(f".*{TEMPORARY_SUFFIX}"):
        if name.fullmatch(file.name):
            yield file


def _replace(temporary: Path, path: Path) -> None:
    for seconds in _REPLACE_RETRY_SECONDS:
        try:
            temporary.replace(path)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _OPEN_ELSEWHERE:
                raise
            time.sleep(seconds)
        else:
            return
    temporary.replace(path)
