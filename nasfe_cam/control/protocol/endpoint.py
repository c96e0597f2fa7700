"""Where a camera of this user can be reached: a folder that no other user can open."""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nasfe_cam.control.protocol.errors import (
    CameraRunsAlready,
    ControlError,
    ControlFolderUnsafe,
    ControlNotServed,
)
from nasfe_cam.core.atomic_files import write_private_bytes
from nasfe_cam.core.text.reasons import Reason, reason_of
from nasfe_cam.core.user_files import (
    FolderNotPrivate,
    UserFolder,
    is_ours,
    make_private_folder,
    user_folder,
)
from nasfe_cam.vcam_host.file_lock import is_locked, try_lock

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
    def native_log(self) -> Path:
        """What libraries of others say in all programs of this user; nowhere if that is unsafe."""
        try:
            make_private(self.folder)
        except ControlError:
            return Path(os.devnull)
        return self.folder / "libraries.log"

    @property
    def error_file(self) -> Path:
        """The error with which a camera ended that was started by another program."""
        return self.folder / "camera-error.json"

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
            if not is_ours(os.fstat(descriptor)):
                raise PermissionError(1, Reason.ANOTHER_USERS)
            return file.read(1024)


def default_endpoint() -> Endpoint:
    """The endpoint in this user's runtime folder."""
    return Endpoint(user_folder(UserFolder.RUNTIME))


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
            raise ControlNotServed(endpoint.folder, reason_of(error)) from None
        try:
            self._lock()
            self.token = secrets.token_bytes(_TOKEN_BYTES)
            write_private_bytes(endpoint.token_file, self.token, durable=False)
        except OSError as error:
            os.close(self._descriptor)
            raise ControlNotServed(endpoint.folder, reason_of(error)) from None
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
        return is_locked(descriptor)
    finally:
        os.close(descriptor)


def make_private(folder: Path) -> None:
    """Make the folder, for its owner only.

    Raises:
        ControlFolderUnsafe: it, or the folder around it, can be changed by somebody else.
        ControlNotServed: it cannot be made.
    """
    try:
        make_private_folder(folder)
    except FolderNotPrivate as error:
        raise ControlFolderUnsafe(error.folder, error.reason) from None
    except OSError as error:
        raise ControlNotServed(folder, reason_of(error)) from None
