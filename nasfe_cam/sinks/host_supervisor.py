"""Keeps an output program running beside the worker."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

from nasfe_cam.core.back_off import BackOff
from nasfe_cam.core.errors import OutputError, VirtualCameraMissing, VirtualCameraTaken
from nasfe_cam.core.statement import Statement
from nasfe_cam.core.text.reasons import Reason, reason_of
from nasfe_cam.core.threads import lasting_thread
from nasfe_cam.processes.heartbeat import Heartbeat, is_stopped, processor_time
from nasfe_cam.sinks.spare_program import SpareProgram
from nasfe_cam.vcam_host.exit_codes import ExitCode
from nasfe_cam.vcam_host.shared_frames import Feedback

_WATCH_SECONDS = 0.05
# It reports with every picture, and twice a second while nobody watches.
_SILENT_SECONDS = 2.0
# One that was halted does nothing more by itself: it is not waited for.
_STOPPED_SECONDS = 0.25
# Until its first report: Python, numpy and a driver start in half a second, on an emulated
# machine in four.
_SILENT_AT_START_SECONDS = 10.0
# A busy machine leaves it little, and a new one would be slower still: for as long as it works,
# silence is no hang, up to so many seconds. What its waiting threads use does not count.
_LONGEST_SILENCE = 30.0
_WORK_SECONDS = 0.05
_LATE_SECONDS = 0.6
# A driver may keep even a killed program for some time.
_KILL_SECONDS = 2.0
# Between two starts; a meeting waits no longer for a program that fails over and over.
_LONGEST_DELAY = 4.0
# A start costs processor time, which the networks need while a worker begins.
_SPARE_AFTER_SECONDS = 3.0


class Program(Protocol):
    """A run of the output program."""

    @property
    def process(self) -> int: ...

    def exit_code(self) -> int | None: ...

    def last_line(self) -> str: ...

    def reason(self) -> str: ...

    def kill(self) -> None: ...

    def stop(self) -> None: ...


class HostFailed(OutputError):
    code = "host-failed"
    text = "The program that shows the virtual camera stopped ({reason})."
    remedy = "It is started again; if this goes on, run: nasfe-cam doctor"

    reason: str


class HostSupervisor:
    """Starts the output program, and starts it again with back-off when it ends or hangs.

    A program that an earlier worker left running is adopted. A spare one takes the place of one
    that ended, where there is one.
    """

    def __init__(
        self,
        start: Callable[[], Program],
        feedback: Callable[[], Feedback],
        label: str,
        *,
        running: Program | None = None,
        look_after: Callable[[], None] = lambda: None,
        spare: SpareProgram | None = None,
    ) -> None:
        """Begin to watch, in a thread.

        Args:
            start: starts one run of the program.
            feedback: reads what the program reports, callable from any thread.
            label: name of the virtual camera, for messages.
            running: a program that runs already.
            look_after: called often, and before each start: keeps in place what it reads.
            spare: kept ready while the program runs, and closed with this.

        Raises:
            HostFailed: no process could be started.
        """
        self._start = start
        self._feedback = feedback
        self._label = label
        self._look_after = look_after
        self._spare = spare
        self._spare_at = time.monotonic() + _SPARE_AFTER_SECONDS
        self._back_off = BackOff(_LONGEST_DELAY)
        self._reports, self._work = Heartbeat(), Heartbeat()
        # A machine that needs longer to start it is given longer the next time.
        self._start_patience = _SILENT_AT_START_SECONDS
        self._started_at = self._retry_at = 0.0
        self._failure: OutputError | None = None
        self._failed_with: Statement | None = None
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._program: Program | None
        try:
            self._program = running if running is not None else self._begin()
        except OSError as error:
            raise HostFailed(reason_of(error)) from None
        self._thread = lasting_thread("output program", self._watch, self._closing)
        self._thread.start()

    def running(self) -> bool:
        """Whether the program shows pictures at this moment."""
        program, feedback = self._program, self._feedback()
        return (
            program is not None
            and feedback.process == program.process
            and feedback.alive(time.monotonic(), _SILENT_SECONDS)
        )

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
        if self._spare is not None:
            self._spare.close()

    def _watch(self) -> None:
        while not self._closing.wait(_WATCH_SECONDS):
            self._look_after()
            now = time.monotonic()
            if self._program is not None:
                self._watch_program(self._program, now)
            if self._program is None and now >= self._retry_at:
                self._start_again(now)

    def _watch_program(self, program: Program, now: float) -> None:
        code = program.exit_code()
        if code is not None:
            self._program = None
            self._fail(_failure(code, program, self._label), now)
        elif self._hangs(program):
            self._end(program)
            self._program = None
            self._fail(HostFailed(Reason.NO_ANSWER), now)
        elif self.running():
            self._back_off.succeeded()
            # It shows pictures again: the next failure is a new one.
            self._failed_with = None
            if self._spare is not None and now >= self._spare_at:
                self._spare.keep()

    def _end(self, program: Program) -> None:
        """Force a program to end, and wait for it: the next one opens the camera at once."""
        program.kill()
        deadline = time.monotonic() + _KILL_SECONDS
        while program.exit_code() is None and time.monotonic() < deadline:
            time.sleep(0.01)

    def _hangs(self, program: Program) -> bool:
        """Whether it runs, does nothing and reports nothing: the picture is frozen."""
        feedback = self._feedback()
        reported = feedback.process == program.process
        sign = feedback.reported_at if reported else None
        silent = self._reports.silent_for(sign)
        if silent >= _STOPPED_SECONDS and is_stopped(program.process):
            return True
        used = processor_time(program.process) if silent >= _LATE_SECONDS else None
        work = None if used is None else int(used / _WORK_SECONDS)
        idle = self._work.silent_for((sign, work))
        if reported:
            return idle >= _SILENT_SECONDS - _LATE_SECONDS or silent >= _LONGEST_SILENCE
        if idle < self._start_patience and silent < max(_LONGEST_SILENCE, self._start_patience):
            return False
        self._start_patience *= 2
        return True

    def _start_again(self, now: float) -> None:
        try:
            self._program = self._begin()
        except OSError as error:
            self._fail(HostFailed(reason_of(error)), now)

    def _begin(self) -> Program:
        self._started_at = time.monotonic()
        self._reports.begin_anew()
        self._work.begin_anew()
        self._spare_at = self._started_at + _SPARE_AFTER_SECONDS
        taken = None if self._spare is None else self._spare.take()
        return self._start() if taken is None else taken

    def _fail(self, failure: OutputError, now: float) -> None:
        # Counted from the last start: what ran for long is back at once.
        self._retry_at = max(now, self._started_at + self._back_off.next_delay())
        if failure.statement == self._failed_with:
            return
        self._failed_with = failure.statement
        with self._lock:
            self._failure = failure


def _failure(code: int, program: Program, label: str) -> OutputError:
    if code == ExitCode.CAMERA_MISSING:
        return VirtualCameraMissing(label)
    if code == ExitCode.CAMERA_TAKEN:
        return VirtualCameraTaken(label, program.reason())
    if code < 0:
        return HostFailed(f"signal {-code}")
    return HostFailed(program.reason() or program.last_line() or f"exit code {code}")
