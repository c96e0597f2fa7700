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


def try_lock(descriptor: int) -> bool:
    """Lock the open file for this descriptor; never blocks.

    Returns:
        False when another open of the file (in any process) holds the lock.
    """
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _WINDOWS_LOCK_OFFSET, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def unlock(descriptor: int) -> None:
    """Release the lock taken by `try_lock` on the same descriptor."""
    if sys.platform == "win32":
        os.lseek(descriptor, _WINDOWS_LOCK_OFFSET, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
