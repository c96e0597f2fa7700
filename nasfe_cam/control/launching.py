"""Starts the camera as a program of its own, which outlives the one that started it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from nasfe_cam.control.endpoint import Endpoint, claimed_by, make_private
from nasfe_cam.control.errors import CameraDidNotStart

_MARK = "nasfe-cam: "
_TAIL_BYTES = 8192
_STOP_SECONDS = 15.0
_SIGNAL_SECONDS = 3.0


class CameraProgram:
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
        self._log = endpoint.log_file
        try:
            self._process = _start(arguments, self._log, folder)
        except OSError as error:
            raise CameraDidNotStart(
                -1, f"The camera program cannot be started ({error.strerror}). Check the disk."
            ) from None

    def exit_code(self) -> int | None:
        """How it ended; negative for a signal, None while it runs."""
        return self._process.poll()

    def last_sentence(self) -> str:
        """The last sentence that it wrote to its log; empty if there is none."""
        try:
            with self._log.open("rb") as file:
                file.seek(0, os.SEEK_END)
                file.seek(max(0, file.tell() - _TAIL_BYTES))
                lines = file.read().decode("utf-8", errors="replace").splitlines()
        except OSError:
            return ""
        sentences = [line.removeprefix(_MARK) for line in lines if line.startswith(_MARK)]
        return sentences[-1] if sentences else ""

    def stop(self) -> None:
        """Ask it to end, and force it if it does not."""
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def end_without_socket(endpoint: Endpoint) -> None:
    """End the camera that has the endpoint but does not answer: ask it by a signal, then force it.

    The virtual camera is held by another program, so that the meeting keeps a picture.
    """
    number = claimed_by(endpoint)
    if number is None:
        return
    # It may end by itself at any of these moments.
    with suppress(psutil.Error):
        process = psutil.Process(number)
        process.terminate()
        try:
            process.wait(_SIGNAL_SECONDS)
        except psutil.TimeoutExpired:
            process.kill()


def _start(
    arguments: Sequence[str], log_file: Path, folder: Path | None
) -> subprocess.Popen[bytes]:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    log = os.open(log_file, flags, 0o600)
    detached = getattr(subprocess, "DETACHED_PROCESS", 0)
    group = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    try:
        # -P: a stray `numpy.py` in the working folder is not ours to import.
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "nasfe_cam", "run", *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
            creationflags=detached | group,
        )
    finally:
        os.close(log)
