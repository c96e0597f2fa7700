"""Creates, checks and opens the file of a ring of frames."""

from __future__ import annotations

import mmap
import os
import time
from contextlib import suppress
from pathlib import Path

import numpy as np

from nasfe_cam.vcam_host.file_lock import try_lock
from nasfe_cam.vcam_host.replaceable_file import leads_to, open_replaceable, remove_replaceable
from nasfe_cam.vcam_host.ring_layout import (
    CHANNEL_ORDER,
    HEADER,
    MAGIC,
    MINIMUM_SLOTS,
    VERSION,
    file_size,
)

# A reader that asks whether the writer lives holds the lock for an instant.
_LOCK_PATIENCE_SECONDS = 0.5


class RingError(Exception):
    """A ring file cannot be used; `str(error)` is one sentence."""


class RingMissing(RingError):
    """There is no file at the path."""


class RingUnreadable(RingError):
    """The file is not a ring of this version, is truncated, or belongs to somebody else."""


class RingInUse(RingError):
    """Another living process writes into this ring."""


def create_ring_file(path: Path, width: int, height: int, slots: int) -> tuple[int, mmap.mmap]:
    """Make a ring file, owner-only and locked for writing.

    Returns:
        Its descriptor, which holds the lock, and its mapping.

    Raises:
        RingInUse: the file exists already.
        RingError: it cannot be made.
    """
    if slots < MINIMUM_SLOTS or width < 1 or height < 1:
        raise RingError(f"A ring of {slots} slots of {width}x{height} pixels cannot be made.")
    try:
        descriptor = open_replaceable(path, create=True)
    except FileExistsError:
        raise RingInUse(f"The ring file {path} exists already.") from None
    except OSError as error:
        raise RingError(f"The ring file {path} cannot be made ({error.strerror}).") from None
    try:
        _lock_for_writing(descriptor, path)
        _fill_with_zeros(descriptor, file_size(width, height, slots))
        mapping = mmap.mmap(descriptor, 0)
    except RingInUse:
        os.close(descriptor)
        raise
    except OSError as error:
        os.close(descriptor)
        with suppress(OSError):
            remove_replaceable(path)
        raise RingError(f"The ring file {path} cannot be made ({error.strerror}).") from None
    header = np.frombuffer(mapping, HEADER, 1)
    header["version"], header["slots"] = VERSION, slots
    header["width"], header["height"] = width, height
    header["order"] = CHANNEL_ORDER
    # The magic comes last: whoever attaches before it sees an unreadable file.
    header["magic"] = MAGIC
    return descriptor, mapping


def open_ring_file(path: Path, *, writer: bool) -> tuple[int, mmap.mmap]:
    """Open and check a ring file; with `writer`, lock it.

    Returns:
        Its descriptor and its mapping.

    Raises:
        RingMissing, RingUnreadable, RingInUse: as their names say.
    """
    try:
        descriptor = open_replaceable(path, create=False)
    except FileNotFoundError:
        raise RingMissing(f"There is no ring file {path}.") from None
    except OSError as error:
        raise RingUnreadable(f"The ring file {path} cannot be opened ({error.strerror}).") from None
    try:
        _check(descriptor, path)
        if writer:
            _lock_for_writing(descriptor, path)
            if not leads_to(path, descriptor):
                # Its last reader, which held the lock until now, has removed it.
                raise RingMissing(f"There is no ring file {path} any more.")
        return descriptor, mmap.mmap(descriptor, 0)
    except RingError:
        os.close(descriptor)
        raise
    except (OSError, ValueError) as error:
        os.close(descriptor)
        raise RingUnreadable(f"The ring file {path} cannot be mapped ({error}).") from None


def _lock_for_writing(descriptor: int, path: Path) -> None:
    deadline = time.monotonic() + _LOCK_PATIENCE_SECONDS
    while not try_lock(descriptor):
        if time.monotonic() > deadline:
            raise RingInUse(f"Another program writes into the ring file {path}.")
        time.sleep(0.01)


def _fill_with_zeros(descriptor: int, size: int) -> None:
    """Give the file real blocks: a hole on a full disk would kill the writer with SIGBUS."""
    chunk = bytes(1 << 20)
    os.lseek(descriptor, 0, os.SEEK_SET)
    written = 0
    while written < size:
        written += os.write(descriptor, chunk[: size - written])


def _check(descriptor: int, path: Path) -> None:
    status = os.fstat(descriptor)
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        raise RingUnreadable(f"The ring file {path} belongs to another user.")
    start = os.read(descriptor, HEADER.itemsize)
    if len(start) < HEADER.itemsize:
        raise RingUnreadable(f"The ring file {path} is truncated to {len(start)} bytes.")
    header = np.frombuffer(start, HEADER)[0]
    if bytes(header["magic"]) != MAGIC:
        raise RingUnreadable(f"The file {path} is not a ring of frames.")
    if int(header["version"]) != VERSION:
        raise RingUnreadable(
            f"The ring file {path} has version {header['version']}, not {VERSION}."
        )
    width, height, slots = int(header["width"]), int(header["height"]), int(header["slots"])
    if slots < MINIMUM_SLOTS or width < 1 or height < 1:
        raise RingUnreadable(f"The ring file {path} is damaged ({slots} x {width}x{height}).")
    expected = file_size(width, height, slots)
    if status.st_size < expected:
        raise RingUnreadable(
            f"The ring file {path} is truncated to {status.st_size} of {expected} bytes."
        )
