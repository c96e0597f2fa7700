"""What cameras that were killed leave behind, and its removal at the next start."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from nasfe_cam.core.atomic_files import TEMPORARY_SUFFIX
from nasfe_cam.core.errors import HomeUnknown
from nasfe_cam.core.user_files import UserFolder, is_ours, user_folder
from nasfe_cam.sinks.helper_program import AdoptedProgram
from nasfe_cam.sinks.kept_ring import SPARE_PREFIX, spare_places
from nasfe_cam.vcam_host.file_lock import is_locked
from nasfe_cam.vcam_host.replaceable_file import open_replaceable, remove_replaceable
from nasfe_cam.vcam_host.shared_frames import RingError, RingInUse, RingUnreadable, SharedFrames

RING_SUFFIX = ".ring"
# The second one is that of earlier versions.
_FOLDERS = (SPARE_PREFIX, "nasfe-preview-")
_TEMPORARY = re.compile(rf".+\.[0-9a-f]{{16}}{re.escape(TEMPORARY_SUFFIX)}")
# A file that is being written now is younger.
_WRITTEN_SECONDS = 60.0


def sweep_leftovers() -> None:
    """Remove rings that nobody writes or reads, with their last picture, and half-written files.

    What cannot be removed stays; what lives is let alone.
    """
    for kind in (UserFolder.RUNTIME, UserFolder.CONFIG, UserFolder.DATA):
        with suppress(OSError, HomeUnknown):
            folder = user_folder(kind)
            if kind is UserFolder.RUNTIME:
                _sweep_rings(folder)
            for path in (folder, *_folders_in(folder)):
                _sweep_half_written(path)
    for folder in _spare_folders():
        with suppress(OSError):
            _sweep_rings(folder)
            folder.rmdir()


def _sweep_rings(folder: Path) -> None:
    if not is_ours(folder.lstat()):
        return
    for path in folder.glob(f"*{RING_SUFFIX}"):
        with suppress(OSError, RingInUse):
            _sweep_ring(path)


def _sweep_ring(path: Path) -> None:
    try:
        ring = SharedFrames.attach(path, writer=True)
    except RingUnreadable:
        if is_ours(path.lstat()) and not _is_locked(path):
            remove_replaceable(path)
        return
    except RingInUse:
        raise
    except RingError:
        return
    reader = AdoptedProgram.of(ring.feedback(), str(path))
    # With a reader it is taken over by the camera that starts now.
    ring.close(keep_file=reader is not None)


def _is_locked(path: Path) -> bool:
    """Whether somebody writes a ring that cannot be read: it is being made, or of a new version."""
    try:
        descriptor = open_replaceable(path, create=False)
    except OSError:
        return False
    try:
        return is_locked(descriptor)
    finally:
        os.close(descriptor)


def _sweep_half_written(folder: Path) -> None:
    for path in folder.iterdir():
        if not _TEMPORARY.fullmatch(path.name):
            continue
        with suppress(OSError):
            if time.time() - path.lstat().st_mtime > _WRITTEN_SECONDS:
                path.unlink()


def _folders_in(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            yield path


def _spare_folders() -> Iterator[Path]:
    for place in set(spare_places()):
        with suppress(OSError):
            for path in place.iterdir():
                if path.name.startswith(_FOLDERS) and path.is_dir() and not path.is_symlink():
                    with suppress(OSError):
                        if is_ours(path.lstat()):
                            yield path
