"""Where a camera of this user is reached: a folder that nobody else can enter."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
import sys
import time
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from nasfe_cam.control.errors import CameraRunsAlready, ControlFolderUnsafe, ControlNotServed
from nasfe_cam.output.file_lock import try_lock, unlock

# Whoever asks whether a camera runs holds the lock for an instant.
_LOCK_PATIENCE_SECONDS = 0.5
_TOKEN_BYTES = 32
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The files through which one camera is reached.

    Attributes:
        folder: owner-only; holds all of them.
    """

    folder: Path

    @property
    def address(self) -> str:
        """Path of the Unix socket; on Windows the name of a pipe."""
        if sys.platform == "win32":
            digest = hashlib.sha256(str(self.folder).encode()).hexdigest()
            return rf"\\.\pipe\nasfe-cam-{digest[:16]}"
        return str(self.folder / "control.sock")

    @property
    def token_file(self) -> Path:
        """Holds the secret of the camera that runs now."""
        return self.folder / "control.token"

    @property
    def lock_file(self) -> Path:
        """Locked while a camera runs; holds its process number."""
        return self.folder / "control.lock"

    @property
    def preview_ring(self) -> Path:
        """The ring of frames of the preview, while somebody looks."""
        return self.folder / "preview.ring"

    @property
    def log_file(self) -> Path:
        """What a camera says that was started by another program."""
        return self.folder / "camera.log"

    @property
    def restart_file(self) -> Path:
        """The settings with which a camera is started again after a crash."""
        return self.folder / "restart.toml"

    def token(self) -> bytes:
        """The secret of the camera that runs now.

        Raises:
            OSError: there is none, or it belongs to another user.
        """
        descriptor = os.open(self.token_file, os.O_RDONLY | _NO_FOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            if not _is_ours(os.fstat(descriptor)):
                raise PermissionError(1, "it belongs to another user")
            return file.read(1024)


def default_endpoint() -> Endpoint:
    """The endpoint in this user's runtime folder."""
    with warnings.catch_warnings():
        # Sessions without a runtime folder get one in /tmp, which is no news to the user.
        warnings.simplefilter("ignore")
        return Endpoint(platformdirs.user_runtime_path("nasfe-cam"))


class Claim:
    """The right to be the camera of this endpoint; it ends with the process at the latest.

    A lock, and not the socket file, tells whether a camera runs: the file stays
    behind when a camera is killed.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        """Take the endpoint and make a new token.

        Raises:
            CameraRunsAlready: a living camera has it.
            ControlFolderUnsafe: the folder belongs to somebody else.
            ControlNotServed: the folder cannot be made or written.
        """
        self.endpoint = endpoint
        make_private(endpoint.folder)
        try:
            self._descriptor = os.open(
                endpoint.lock_file, os.O_RDWR | os.O_CREAT | _NO_FOLLOW, 0o600
            )
        except OSError as error:
            raise ControlNotServed(endpoint.folder, error.strerror or str(error)) from None
        try:
            self._lock()
            self.token = secrets.token_bytes(_TOKEN_BYTES)
            write_private(endpoint.token_file, self.token)
        except OSError as error:
            os.close(self._descriptor)
            raise ControlNotServed(endpoint.folder, error.strerror or str(error)) from None
        except BaseException:
            os.close(self._descriptor)
            raise

    def close(self) -> None:
        """Let the endpoint go; may be called twice."""
        if self._descriptor < 0:
            return
        with suppress(OSError):
            self.endpoint.token_file.unlink()
        # The lock file stays: removing it would let two cameras lock two files of one name.
        os.close(self._descriptor)
        self._descriptor = -1

    def _lock(self) -> None:
        deadline = time.monotonic() + _LOCK_PATIENCE_SECONDS
        while not try_lock(self._descriptor):
            if time.monotonic() > deadline:
                raise CameraRunsAlready(claimed_by(self.endpoint))
            time.sleep(0.01)
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, f"{os.getpid()}\n".encode())


def claimed_by(endpoint: Endpoint) -> int | None:
    """Process number of the living camera that has the endpoint; None if there is none."""
    if not is_claimed(endpoint):
        return None
    try:
        text = endpoint.lock_file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return None
    return int(text) if text.isdecimal() else None


def is_claimed(endpoint: Endpoint) -> bool:
    """Whether a living camera has the endpoint."""
    try:
        descriptor = os.open(endpoint.lock_file, os.O_RDWR | _NO_FOLLOW)
    except OSError:
        return False
    try:
        if not try_lock(descriptor):
            return True
        unlock(descriptor)
        return False
    finally:
        os.close(descriptor)


def make_private(folder: Path) -> None:
    """Make the folder, for its owner only.

    Raises:
        ControlFolderUnsafe: it, or the folder around it, can be changed by somebody else.
        ControlNotServed: it cannot be made.
    """
    try:
        # `parents=True` alone would give the folders above it looser permissions.
        for missing in reversed([path for path in folder.parents if not path.exists()]):
            missing.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        if not stat.S_ISDIR(folder.lstat().st_mode):
            raise ControlFolderUnsafe(folder, "it is not a folder")
        if not _is_ours(folder.lstat()):
            raise ControlFolderUnsafe(folder, "it belongs to another user")
        if _others_may_rename_in(folder.parent):
            raise ControlFolderUnsafe(folder.parent, "other users can change it")
        folder.chmod(0o700)
    except OSError as error:
        raise ControlNotServed(folder, error.strerror or str(error)) from None


def write_private(path: Path, content: bytes) -> None:
    """Write a file, owner-only from its first moment, beside and renamed; raises OSError."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with suppress(FileNotFoundError):
        beside.unlink()
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _is_ours(status: os.stat_result) -> bool:
    # Windows has no owner numbers; there the folder lies in the user's own profile.
    return sys.platform == "win32" or status.st_uid == os.geteuid()


def _others_may_rename_in(folder: Path) -> bool:
    """Whether another user could put a folder of theirs in the place of ours."""
    if sys.platform == "win32":
        return False
    status = folder.stat()
    if status.st_uid not in (os.geteuid(), 0):
        return True
    writable = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return bool(writable) and not status.st_mode & stat.S_ISVTX
