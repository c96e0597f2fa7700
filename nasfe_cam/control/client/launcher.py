"""Starts the camera as a separate program that outlives the program that started it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from nasfe_cam.control.protocol.endpoint import Endpoint, claimed_by, make_private
from nasfe_cam.control.protocol.error_record import ERROR_FILE, left_error
from nasfe_cam.control.protocol.errors import (
    CameraDidNotStart,
    CameraProgramNotStarted,
    CameraRefusedToStart,
    ControlError,
)
from nasfe_cam.core.text.reasons import reason_of
from nasfe_cam.processes.child_options import (
    NO_WINDOW,
    OWN_GROUP,
    child_environment,
    python_program,
)
from nasfe_cam.processes.end_requests import ask_to_end

CAMERA_COMMAND = ("-m", "nasfe_cam", "run")
"""What Python is given to run the camera."""

_STOP_SECONDS = 15.0
_ASKED_SECONDS = 3.0


class CameraLauncher:
    """One run of `nasfe-cam run ARGUMENTS` in a session of its own.

    It has neither our terminal nor our pipes, so that nothing that happens to
    this process reaches it; what it says goes to the log file of the endpoint.

    Args:
        arguments: of `nasfe-cam run`.
        endpoint: of this user.
        folder: its working folder; None for ours.

    Raises:
        ControlError: the folder of the endpoint cannot be used, or no process could
            be started.
    """

    def __init__(
        self, arguments: Sequence[str], endpoint: Endpoint, folder: Path | None = None
    ) -> None:
        make_private(endpoint.folder)
        self._error_file = endpoint.error_file
        try:
            self._error_file.unlink(missing_ok=True)
            self._process = _start(arguments, endpoint, folder)
        except OSError as error:
            raise CameraProgramNotStarted(reason_of(error)) from None

    @property
    def process(self) -> int:
        """The process number."""
        return self._process.pid

    def exit_code(self) -> int | None:
        """How it ended; negative for a signal, None while it runs."""
        return self._process.poll()

    def failure(self, exit_code: int) -> ControlError:
        """Why it ended at its start: what it said itself, if it did."""
        said = left_error(self._error_file)
        return CameraDidNotStart(exit_code) if said is None else CameraRefusedToStart(said)

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Ask it to end, and force it if it does not."""
        if self._process.poll() is None and ask_to_end(self._process.pid):
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_STOP_SECONDS)
                return
        self.kill()


def end_without_socket(
    endpoint: Endpoint, only: int | None = None, patience: float = _ASKED_SECONDS
) -> None:
    """End the camera that has the endpoint but does not answer: ask it, then force it.

    The virtual camera is held by another program, so that the meeting keeps a picture.

    Args:
        endpoint: of this user.
        only: process number of the camera that is meant; another one is let alone. None for
            any.
        patience: seconds from asking to forcing.
    """
    number = claimed_by(endpoint)
    if number is None or only not in (None, number):
        return
    # It may end by itself at any of these moments.
    with suppress(psutil.Error):
        process = psutil.Process(number)
        if ask_to_end(number):
            with suppress(psutil.TimeoutExpired):
                process.wait(patience)
                return
        process.kill()


def _start(
    arguments: Sequence[str], endpoint: Endpoint, folder: Path | None
) -> subprocess.Popen[bytes]:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    log = os.open(endpoint.log_file, flags, 0o600)
    try:
        # -P: a stray `numpy.py` in the working folder is not ours to import.
        return subprocess.Popen(
            [python_program(), "-P", *CAMERA_COMMAND, *arguments],
            cwd=folder,
            env=child_environment(**{ERROR_FILE: str(endpoint.error_file)}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
            creationflags=NO_WINDOW | OWN_GROUP,
        )
    finally:
        os.close(log)
