"""Keeps an output program running beside the worker."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import psutil

from nasfe_cam.errors import OutputError, VirtualCameraMissing, VirtualCameraTaken
from nasfe_cam.output.exit_codes import ExitCode
from nasfe_cam.output.shared_frames import Feedback
from nasfe_cam.outputs.helper_program import HelperProgram

_WATCH_SECONDS = 0.25
_FIRST_RETRY_SECONDS = 0.5
_LONGEST_RETRY_SECONDS = 8.0


class OutputProgramFailed(OutputError):
    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The program that shows the virtual camera stopped ({reason}). "
            "It is started again; if this goes on, run: nasfe-cam doctor"
        )


def reader_alive(feedback: Feedback) -> bool:
    """Whether the output program that reported this still runs."""
    if not feedback.alive(time.monotonic()):
        return False
    try:
        return bool(psutil.Process(feedback.process).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:
        # It exists, and more need not be known.
        return True


class OutputSupervisor:
    """Starts the output program, and starts it again with back-off when it ends.

    A program that an earlier worker left running is adopted: it is watched
    through its reports, and replaced when they stop.
    """

    def __init__(
        self,
        start: Callable[[], HelperProgram],
        feedback: Callable[[], Feedback],
        label: str,
        *,
        adopt: bool,
    ) -> None:
        """Begin to watch, in a thread.

        Args:
            start: starts one run of the program.
            feedback: reads what the program reports, callable from any thread.
            label: name of the virtual camera, for messages.
            adopt: whether a program runs already.

        Raises:
            OutputProgramFailed: no process could be started.
        """
        self._start = start
        self._feedback = feedback
        self._label = label
        self._adopted = adopt
        self._program: HelperProgram | None = None
        self._retry_at = 0.0
        self._retry_seconds = _FIRST_RETRY_SECONDS
        self._failure: OutputError | None = None
        self._failed_with: str | None = None
        self._lock = threading.Lock()
        self._closing = threading.Event()
        if not adopt:
            try:
                self._program = start()
            except OSError as error:
                raise OutputProgramFailed(error.strerror or str(error)) from None
        self._thread = threading.Thread(target=self._watch, name="output program", daemon=True)
        self._thread.start()

    def running(self) -> bool:
        """Whether the program shows pictures at this moment."""
        return reader_alive(self._feedback())

    def wait_until_running(self, timeout: float) -> None:
        """Wait until the program shows pictures, for at most `timeout` seconds.

        Raises:
            OutputError: it ended instead, with the reason.
        """
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            self.raise_new_failure()
            if self.running():
                return
            time.sleep(0.02)

    def raise_new_failure(self) -> None:
        """Raise why the program ended, once for each new reason."""
        with self._lock:
            failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def close(self) -> None:
        """Stop watching and wait for the program to end; ask it through the ring before."""
        self.let_go()
        if self._program is not None:
            self._program.stop()

    def let_go(self) -> None:
        """Stop watching and leave the program to run."""
        self._closing.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._closing.wait(_WATCH_SECONDS):
            now = time.monotonic()
            if self._adopted:
                self._adopted = reader_alive(self._feedback())
            elif self._program is not None:
                self._watch_program(self._program, now)
            elif now >= self._retry_at:
                self._start_again(now)

    def _watch_program(self, program: HelperProgram, now: float) -> None:
        code = program.exit_code()
        if code is None:
            if self._failed_with is not None and self.running():
                # It shows pictures again: the next failure is a new one.
                self._retry_seconds = _FIRST_RETRY_SECONDS
                self._failed_with = None
            return
        self._program = None
        self._fail(_failure(code, program.last_line(), self._label), now)

    def _start_again(self, now: float) -> None:
        try:
            self._program = self._start()
        except OSError as error:
            self._fail(OutputProgramFailed(error.strerror or str(error)), now)

    def _fail(self, failure: OutputError, now: float) -> None:
        self._retry_at = now + self._retry_seconds
        self._retry_seconds = min(2 * self._retry_seconds, _LONGEST_RETRY_SECONDS)
        if str(failure) == self._failed_with:
            return
        self._failed_with = str(failure)
        with self._lock:
            self._failure = failure


def _failure(code: int, line: str, label: str) -> OutputError:
    reason = line.rpartition(": ")[2]
    if code == ExitCode.CAMERA_MISSING:
        return VirtualCameraMissing(label)
    if code == ExitCode.CAMERA_TAKEN:
        return VirtualCameraTaken(label, reason)
    if code < 0:
        return OutputProgramFailed(f"signal {-code}")
    return OutputProgramFailed(reason or f"exit code {code}")
