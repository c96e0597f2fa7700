"""The user's files and folders: what is there, what may be read, and where our own lie."""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
import sys
import tempfile
import warnings
from enum import StrEnum
from itertools import chain, count
from pathlib import Path

import platformdirs

from nasfe_cam.core.errors import HomeUnknown, PathUnreachable
from nasfe_cam.core.permissions.owner_only import restrict_to_owner
from nasfe_cam.core.text.reasons import Reason, reason_of

PROGRAM = "nasfe-cam"
MOST_TEXT_BYTES = 1 << 20
"""Larger text files were not written by people."""

_ABSENT = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
_NON_BLOCKING = getattr(os, "O_NONBLOCK", 0)


# Two letters at least: C:// is a drive. A path of Windows has turned the strokes around.
_NETWORK_ADDRESS = re.compile(rf"[a-z][a-z0-9+.-]+:[/{re.escape(os.sep)}]", re.IGNORECASE)


class FileKind(StrEnum):
    """What is at a path."""

    MISSING = "missing"
    FILE = "file"
    FOLDER = "folder"
    OTHER = "other"
    """A pipe, a device or a socket: opening it may block, reading it may never end."""


class UserFolder(StrEnum):
    """Folders of this user's programs; the platform says where."""

    CONFIG = "config"
    DATA = "data"
    CACHE = "cache"
    LOG = "log"
    RUNTIME = "runtime"


class FolderNotPrivate(PermissionError):
    """A folder can be changed by another user.

    Attributes:
        folder: that one, or the one around it.
        reason: why, for people.
    """

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(errno.EPERM, reason, str(folder))
        self.folder = folder
        self.reason = reason


def kind_of(path: Path) -> FileKind:
    """What is at the path, links followed.

    `Path.exists` and its like raise, or say no, where they may not look.

    Raises:
        PathUnreachable: nobody can tell: a folder on the way may not be entered, or the
            name cannot be one.
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if error.errno in _ABSENT:
            return FileKind.MISSING
        raise PathUnreachable(path, reason_of(error)) from None
    except ValueError:
        raise PathUnreachable(path, Reason.IMPOSSIBLE_NAME) from None
    if stat.S_ISREG(mode):
        return FileKind.FILE
    return FileKind.FOLDER if stat.S_ISDIR(mode) else FileKind.OTHER


def free_name(path: Path) -> Path:
    """The path, or if there is something `NAME-2`, `NAME-3` and so on; raises PathUnreachable."""
    candidates = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    for candidate in chain([path], candidates):
        if kind_of(candidate) is FileKind.MISSING:
            return candidate
    raise AssertionError("the numbers have no end")


def is_network_address(text: str) -> bool:
    """Whether a library might take this for an address with a protocol, such as "tcp://host"."""
    return _NETWORK_ADDRESS.match(text) is not None


def user_folder(kind: UserFolder) -> Path:
    """A folder of this user; it need not exist.

    Raises:
        HomeUnknown: the system names no home folder.
    """
    try:
        with warnings.catch_warnings():
            # Sessions without a runtime folder get one in /tmp, which is no news to the user.
            warnings.simplefilter("ignore")
            match kind:
                case UserFolder.CONFIG:
                    return platformdirs.user_config_path(PROGRAM)
                case UserFolder.DATA:
                    return platformdirs.user_data_path(PROGRAM)
                case UserFolder.CACHE:
                    return platformdirs.user_cache_path(PROGRAM)
                case UserFolder.LOG:
                    return platformdirs.user_log_path(PROGRAM)
                case UserFolder.RUNTIME:
                    return _runtime_folder()
    except (RuntimeError, KeyError):
        raise HomeUnknown from None


def make_private_folder(folder: Path) -> None:
    """Make the folder, or the one that is there, for its owner only.

    Raises:
        FolderNotPrivate: it, or the folder around it, can be changed by somebody else.
        OSError: it cannot be made.
    """
    # `parents=True` alone would give the folders above it looser permissions.
    for missing in reversed([path for path in folder.parents if not path.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise FolderNotPrivate(folder, Reason.NO_FOLDER)
    if not is_ours(folder.lstat()):
        raise FolderNotPrivate(folder, Reason.ANOTHER_USERS)
    if _others_may_rename_in(folder.parent):
        raise FolderNotPrivate(folder.parent, Reason.CHANGEABLE_BY_OTHERS)
    restrict_to_owner(folder)


def is_ours(status: os.stat_result) -> bool:
    """Whether the file belongs to this user."""
    # Windows has no owner numbers; there the folder lies in the user's own profile.
    return sys.platform == "win32" or status.st_uid == os.geteuid()


def _runtime_folder() -> Path:
    try:
        return platformdirs.user_runtime_path(PROGRAM)
    except PermissionError:
        # Another user has made the folder in /tmp: whoever wants to use it says so.
        return Path(tempfile.gettempdir()) / f"runtime-{os.geteuid()}" / PROGRAM


def home_folder() -> Path:
    """This user's home folder, where a choice of files begins; the root folder without one."""
    try:
        return Path.home()
    except (RuntimeError, KeyError):
        return Path(os.sep)


def expanded(path: Path) -> Path:
    """The path with "~" for the home folder; "~name" of nobody is a strange file name."""
    try:
        return path.expanduser()
    except (RuntimeError, KeyError):
        return path


def read_plain_file(path: Path, most_bytes: int) -> bytes:
    """The content of a file, which a pipe or a device in its place keeps nobody waiting for.

    Raises:
        OSError: it is missing, no plain file, larger than allowed or may not be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | _NON_BLOCKING | getattr(os, "O_BINARY", 0))
    except ValueError:
        raise OSError(errno.EINVAL, Reason.IMPOSSIBLE_NAME) from None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, Reason.NOT_A_FILE)
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise OSError(errno.EFBIG, f"it is larger than {most_bytes >> 20} MB")
    return content


def read_edited_text(path: Path) -> str:
    """The text of a file that people edit, as editors of every system save it.

    A byte order mark is taken off; PowerShell and Notepad write UTF-16 too.

    Raises:
        OSError: it is missing, no plain file, larger than 1 MB or may not be read.
        UnicodeDecodeError: it is no text.
    """
    if path == Path(os.devnull):
        return ""  # how people say: none
    content = read_plain_file(path, MOST_TEXT_BYTES)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    return content.decode("utf-8").removeprefix("\ufeff")


def _others_may_rename_in(folder: Path) -> bool:
    """Whether another user could put a folder of theirs in the place of ours."""
    if sys.platform == "win32":
        return False
    status = folder.stat()
    if status.st_uid not in (os.geteuid(), 0):
        return True
    writable = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return bool(writable) and not status.st_mode & stat.S_ISVTX
