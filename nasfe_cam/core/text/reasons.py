"""Why a file, a folder or another program could not be used, for the `reason` of an error.

A reason is a text that knows its code, so that a window says it in its own language. What
the operating system refuses is told by the number of the error, never by its words.
"""

from __future__ import annotations

import errno
from enum import StrEnum


class Reason(StrEnum):
    """The value is the English words, as they stand in brackets."""

    # What the operating system says.
    ALREADY_THERE = "File exists"
    BAD_MEDIUM = "Input/output error"
    BUSY = "Device or resource busy"
    CONNECTION_REFUSED = "Connection refused"
    CROSSES_DISKS = "Invalid cross-device link"
    DISK_FULL = "No space left on device"
    FOLDER_NOT_EMPTY = "Directory not empty"
    FORBIDDEN = "Permission denied"
    IS_A_FOLDER = "Is a directory"
    NAME_TOO_LONG = "File name too long"
    NO_DEVICE = "No such device"
    NO_MEMORY = "Cannot allocate memory"
    NOT_ALLOWED = "Operation not permitted"
    NOT_A_FOLDER = "Not a directory"
    NOT_SUPPORTED = "Operation not supported"
    NOT_THERE = "No such file or directory"
    PIPE_CLOSED = "Broken pipe"
    QUOTA_USED_UP = "Disk quota exceeded"
    READ_ONLY = "Read-only file system"
    TIMED_OUT = "Connection timed out"
    TOO_LARGE = "File too large"
    TOO_MANY_FILES = "Too many open files"
    TOO_MANY_LINKS = "Too many levels of symbolic links"
    # What this program finds.
    ANOTHER_USERS = "it belongs to another user"
    CHANGEABLE_BY_OTHERS = "other users can change it"
    DAMAGED = "the file is damaged"
    DEVICE_NOT_FILE = "it is a device, not a file"
    EMPTY_FILE = "the file is empty"
    FILE_OVER_512_MB = "the file is larger than 512 MB"
    FOLDER_NOT_FILE = "it is a folder, not a file"
    IMPOSSIBLE_NAME = "no file can have this name"
    IN_USE_BY_US = "another nasfe-cam uses it"
    MAY_NOT_READ = "you have no permission to read it"
    NO_ANSWER = "it did not answer any more"
    NO_COMPRESSION_KNOWN = "its kind of compression is not known here"
    NO_FOLDER = "it is not a folder"
    NO_PICTURE = "it holds no readable picture"
    NO_VIDEO = "it holds no video"
    NOT_A_FILE = "it is a folder or a device, not a file"
    NOT_A_VIDEO = "it is not a video, or damaged from its start"
    OTHER_KIND = "another kind of file"

    @property
    def code(self) -> str:
        """Which reason it is; in kebab-case, and the same in every version."""
        return f"reason-{self.name.lower().replace('_', '-')}"


_BY_NUMBER = {
    errno.EACCES: Reason.FORBIDDEN,
    errno.EBUSY: Reason.BUSY,
    errno.ECONNREFUSED: Reason.CONNECTION_REFUSED,
    errno.EDQUOT: Reason.QUOTA_USED_UP,
    errno.EEXIST: Reason.ALREADY_THERE,
    errno.EFBIG: Reason.TOO_LARGE,
    errno.EIO: Reason.BAD_MEDIUM,
    errno.EISDIR: Reason.IS_A_FOLDER,
    errno.ELOOP: Reason.TOO_MANY_LINKS,
    errno.EMFILE: Reason.TOO_MANY_FILES,
    errno.ENAMETOOLONG: Reason.NAME_TOO_LONG,
    errno.ENFILE: Reason.TOO_MANY_FILES,
    errno.ENODEV: Reason.NO_DEVICE,
    errno.ENOENT: Reason.NOT_THERE,
    errno.ENOMEM: Reason.NO_MEMORY,
    errno.ENOSPC: Reason.DISK_FULL,
    errno.ENOTDIR: Reason.NOT_A_FOLDER,
    errno.ENOTEMPTY: Reason.FOLDER_NOT_EMPTY,
    errno.ENOTSUP: Reason.NOT_SUPPORTED,
    errno.ENXIO: Reason.NO_DEVICE,
    errno.EOPNOTSUPP: Reason.NOT_SUPPORTED,
    errno.EPERM: Reason.NOT_ALLOWED,
    errno.EPIPE: Reason.PIPE_CLOSED,
    errno.EROFS: Reason.READ_ONLY,
    errno.ETIMEDOUT: Reason.TIMED_OUT,
    errno.EXDEV: Reason.CROSSES_DISKS,
}


def reason_of(error: BaseException) -> str:
    """Why an error came about: a `Reason` where it is a known one, else what the error says.

    Of an `OSError` that carries a `Reason` in the place of the system's words, it is that one.
    """
    if isinstance(error, OSError):
        if isinstance(error.strerror, Reason):
            return error.strerror
        known = _BY_NUMBER.get(error.errno or 0)
        if known is not None:
            return known
        if error.strerror:
            return error.strerror
    return str(error) or type(error).__name__
