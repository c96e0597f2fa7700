"""An advisory lock that the operating system releases when its holder dies.

It answers one question without process numbers, which are reused and outlive
their process as zombies: is a writer of this ring alive? It guards no data;
frames are handed over without any lock.
"""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows locks are mandatory for the bytes they cover; a byte far behind the end
# of the file is covered by nobody's reads.
_WINDOWS_LOCK_OFFSET = 1 << 40
_ONE_BYTE = 1


def try_lock(descriptor: int) -> bool:
    """Lock the open file for this descriptor; never blocks.

    Returns:
        False when another open of the file (in any process) holds the lock.
    """
    try:
        if sys.platform == "win32":
            _lock_far_byte(descriptor, msvcrt.LK_NBLCK)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def unlock(descriptor: int) -> None:
    """Release the lock taken by `try_lock` on the same descriptor."""
    if sys.platform == "win32":
        _lock_far_byte(descriptor, msvcrt.LK_UNLCK)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def is_locked(descriptor: int) -> bool:
    """Whether another open of the file holds the lock; this one holds none before and after."""
    if not try_lock(descriptor):
        return True
    unlock(descriptor)
    return False


if sys.platform == "win32":

    def _lock_far_byte(descriptor: int, mode: int) -> None:
        # What is locked begins at the file position, where the next write would go as well: it
        # is put back, or a few bytes written afterwards would make a file of a terabyte.
        position = os.lseek(descriptor, 0, os.SEEK_CUR)
        os.lseek(descriptor, _WINDOWS_LOCK_OFFSET, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, mode, _ONE_BYTE)
        finally:
            os.lseek(descriptor, position, os.SEEK_SET)
