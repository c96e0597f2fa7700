"""Keeps a camera running for a program that controls it: attaches, starts and restarts it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial

from nasfe_cam.config.names import SettingValue
from nasfe_cam.control.client.camera_state import CameraState, Phase
from nasfe_cam.control.client.connection import CameraClient
from nasfe_cam.control.client.desired_state import DesiredState
from nasfe_cam.control.client.launcher import CameraLauncher, end_without_socket
from nasfe_cam.control.client.output_revival import revive_output_of
from nasfe_cam.control.client.preview_reader import PreviewReader
from nasfe_cam.control.client.restart_policy import RestartPolicy, StartPlan
from nasfe_cam.control.client.silence_watch import Patience, SilenceWatch
from nasfe_cam.control.protocol.endpoint import claimed_by, default_endpoint, is_claimed
from nasfe_cam.control.protocol.error_record import record_of
from nasfe_cam.control.protocol.errors import (
    CameraCrashed,
    CameraDidNotAnswer,
    CameraHung,
    CameraNotRunning,
    CameraSilent,
    ControlError,
    RequestRefused,
)
from nasfe_cam.control.protocol.messages import (
    EndingEvent,
    EndReason,
    ErrorEvent,
    ErrorRecord,
    Event,
    Status,
    StatusEvent,
)
from nasfe_cam.core.back_off import HEALTHY_SECONDS
from nasfe_cam.core.errors import statement_of
from nasfe_cam.processes.heartbeat import Heartbeat, is_stopped, processor_time
from nasfe_cam.sinks.helper_program import HelperProgram

# How soon a camera is noticed that somebody else started.
_LOOK_SECONDS = 1.0
_START_SECONDS = 60.0
_POLL_SECONDS = 0.05
_LET_GO_SECONDS = 0.5
# From asking a camera that hangs to end, to forcing it.
_ASKED_SECONDS = 1.0
_FORCED_SECONDS = 5.0
_SILENT = CameraSilent().statement
_CRASHED = CameraCrashed().statement
_HUNG = CameraHung().statement


class CameraSupervisor:
    """Attaches to the camera of this user, starts it on demand, and again after a crash.

    The camera is never ended but by `stop`, or when it hangs: not by `close`, and not by the end
    of this process. After a crash it is started with the settings that it had, also
    those that were changed while it ran.

    Every method but `close` returns at once. The callbacks come from threads of the
    supervisor and must return soon.

    Attributes:
        preview: gives pictures after `look(True)`; for one thread of the caller.

    Args:
        arguments: of `nasfe-cam run`, for a camera that has to be started.
        on_state: told every change of the state.
        on_status: told the status regularly while the camera runs.
        on_error: told what goes wrong in the running camera.
        period: seconds from status to status.
    """

    def __init__(
        self,
        arguments: Sequence[str] = (),
        on_state: Callable[[CameraState], None] = lambda state: None,
        on_status: Callable[[Status], None] = lambda status: None,
        on_error: Callable[[ErrorRecord], None] = lambda record: None,
        period: float = 1.0,
    ) -> None:
        self._endpoint = default_endpoint()
        self.preview = PreviewReader(self._endpoint.preview_ring)
        self._on_state = on_state
        self._on_status = on_status
        self._on_error = on_error
        self._period = period
        self._state = CameraState(Phase.STOPPED)
        self._telling = threading.Lock()
        self._wishes = DesiredState()
        self._restarting = RestartPolicy(self._endpoint)
        self._plan = StartPlan(tuple(arguments))
        # How to start after a crash; None at other times.
        self._resume: StartPlan | None = None
        self._patience = Patience()
        # Of a camera that is claimed and lets nobody in.
        self._unanswered = Heartbeat()
        # The output program that was started last from here, so that its end is taken note of.
        self._output: HelperProgram | None = None
        # Of the camera that is attached.
        self._lost = self._shown = self._hung = False
        self._heard_at = 0.0
        self._last_status: Status | None = None
        self._thread = threading.Thread(target=self._run, name="camera-supervisor", daemon=True)

    @property
    def state(self) -> CameraState:
        """The state last passed to `on_state`."""
        return self._state

    def begin(self) -> None:
        """Begin to look for a camera, without starting one."""
        self._thread.start()

    def start(self, arguments: Sequence[str] | None = None) -> None:
        """Have a camera run: the one that runs already, or else a new one.

        Args:
            arguments: of `nasfe-cam run`; None for those given before.
        """
        if arguments is not None:
            self._plan = StartPlan(tuple(arguments))
        self._resume = None
        self._wishes.set(running=True, stop=False)

    def stop(self) -> None:
        """Stop the camera, even if another program started it; by force if it does not answer."""
        self._wishes.set(running=False, stop=True)

    def change(self, name: str, value: SettingValue) -> Future[None]:
        """Change a live setting as soon as the camera runs.

        Of several changes of one setting that wait, only the newest is made.

        Returns:
            Done when the camera has taken it up; holds the `NasfeError` why not.
        """
        return self._wishes.change(name, value)

    def look(self, on: bool) -> None:
        """Begin or end looking at the preview; costs the camera nothing while off."""
        self._wishes.set(looking=on)

    def close(self) -> None:
        """Disconnect from the camera, which keeps running; waits for calls in progress."""
        self._wishes.set(closing=True)
        if self._thread.ident is not None:
            self._thread.join()
        self.preview.close()

    # In the thread of the supervisor ---------------------------------------------------

    def _run(self) -> None:
        while not self._wishes.closing:
            try:
                client = self._attach(_LOOK_SECONDS)
                if client is None:
                    client = self._without_client()
                if client is not None:
                    self._steer(client)
            except Exception as error:  # whatever it is, this thread goes on
                self._wishes.set(running=False)
                self._tell(CameraState(Phase.FAILED, statement_of(error)))
                self._wishes.wait(lambda: self._wishes.running, _LOOK_SECONDS)
        self._wishes.changes.refuse(CameraNotRunning())

    def _attach(self, patience: float) -> CameraClient | None:
        """Connect to a camera that runs; None when there is none, or it does not answer."""
        self._lost = False
        try:
            return CameraClient.attach(self._endpoint, self._take, self._mark_lost, patience)
        except (CameraNotRunning, CameraDidNotAnswer):
            return None

    def _without_client(self) -> CameraClient | None:
        """There is no camera, or none that answers; returns one if it was started."""
        number = claimed_by(self._endpoint)
        if number is not None:
            if self._wishes.stop:
                end_without_socket(self._endpoint)
            elif self._wishes.running and self._does_nothing(number, self._unanswered):
                self._end_hung(number, steady=False)
            elif self._state.phase is Phase.RUNNING:
                self._tell(CameraState(Phase.RUNNING, _SILENT, self._state.process))
            else:
                self._tell(CameraState(Phase.STARTING))
        elif self._wishes.running:
            return self._launch()
        else:
            self._rest()
        return None

    def _rest(self) -> None:
        """There is no camera, and none is wanted."""
        wishes = self._wishes
        wishes.set(stop=False)
        wishes.changes.refuse(CameraNotRunning())
        if self._state.phase not in (Phase.FAILED, Phase.STOPPED):
            self._tell(CameraState(Phase.STOPPED))
        wishes.wait(lambda: wishes.running or wishes.changes, _LOOK_SECONDS)

    def _launch(self) -> CameraClient | None:
        """Start a camera and connect to it.

        Raises:
            ControlError: it did not start; after a crash it is tried again instead.
        """
        crashed = self._resume is not None
        plan = self._resume or self._plan
        if not crashed:
            self._tell(CameraState(Phase.STARTING))
        try:
            return self._wait_for(CameraLauncher(plan.arguments, self._endpoint, plan.folder))
        except ControlError as error:
            if not crashed and not isinstance(error, CameraHung):
                raise
            self._tell(CameraState(Phase.RESTARTING, error.statement))
            self._wishes.wait(lambda: self._wishes.stop, self._restarting.next_delay())
            return None

    def _wait_for(self, program: CameraLauncher) -> CameraClient | None:
        deadline = time.monotonic() + _START_SECONDS
        heart = Heartbeat()
        while not self._wishes.closing:
            code = program.exit_code()
            client = self._attach(_POLL_SECONDS)
            if client is not None:
                return client
            if self._wishes.stop:
                program.stop()
                return None
            # Ours ends at once where somebody else's was faster; that one is waited for.
            if code is not None and not is_claimed(self._endpoint):
                raise program.failure(code)
            if code is None and self._does_nothing(program.process, heart):
                program.kill()
                self._patience.was_too_short(steady=False)
                raise CameraHung
            if time.monotonic() > deadline:
                program.stop()
                raise CameraDidNotAnswer(_START_SECONDS)
            self._wishes.wait(lambda: self._wishes.stop, _POLL_SECONDS)
        return None

    def _steer(self, client: CameraClient) -> None:
        """Serve a camera until it is gone."""
        self._shown = self._hung = False
        self._heard_at = time.monotonic()
        self._last_status = None
        self._tell(CameraState(Phase.RUNNING, process=client.process))
        watch = SilenceWatch(
            lambda: self._heard_at,
            lambda: self._period + self._patience.seconds(starting=not self._steady),
            partial(is_stopped, client.process),
            partial(self._tell_silence, client.process),
            partial(self._end_hung, client.process),
        )
        try:
            client.subscribe(self._period)
            while not (self._wishes.closing or self._lost):
                if self._wishes.stop:
                    self._end(client)
                self._look(client)
                self._wishes.changes.make(client.change)
                self._wishes.wait(self._has_work, _LOOK_SECONDS)
        except ControlError as error:
            if not self._lost:
                self._on_error(record_of(error))
        finally:
            watch.close()
            client.close()
        self._after(client)

    def _end(self, client: CameraClient) -> None:
        if self._state.problem == _SILENT:
            end_without_socket(self._endpoint)
            self._wishes.wait(lambda: self._lost, _FORCED_SECONDS)
        else:
            client.stop()
            self._wishes.set(stop=False)

    def _look(self, client: CameraClient) -> None:
        """Begin or end the preview, if that was asked; refused, it is not asked for again."""
        if self._shown == self._wishes.looking:
            return
        self._shown = not self._shown
        try:
            (client.show_preview if self._shown else client.hide_preview)()
        except RequestRefused as error:
            self._on_error(record_of(error))

    def _has_work(self) -> bool:
        wishes = self._wishes
        looks_otherwise = self._shown != wishes.looking
        return self._lost or wishes.stop or looks_otherwise or bool(wishes.changes)

    @property
    def _steady(self) -> bool:
        """Whether the camera that is attached has run for some time."""
        status = self._last_status
        return status is not None and status.running_s > HEALTHY_SECONDS

    def _does_nothing(self, process: int, heart: Heartbeat) -> bool:
        """Whether a camera that lets nobody in yet has hung for as long as it may."""
        # Libraries and drivers that are being loaded use the processor.
        silent = heart.silent_for((process, processor_time(process)))
        return silent >= self._patience.seconds(starting=True)

    def _end_hung(self, process: int, steady: bool | None = None) -> None:
        """End this camera, by force if need be."""
        self._hung = True
        halted = is_stopped(process)
        if not halted:
            self._patience.was_too_short(steady=self._steady if steady is None else steady)
        # One that was halted cannot end in order.
        end_without_socket(self._endpoint, process, 0.0 if halted else _ASKED_SECONDS)

    def _tell_silence(self, process: int, silent: bool) -> None:
        """Tell that a running camera does not answer, or answers again."""
        with self._telling:
            if self._state.phase is Phase.RUNNING:
                self._change(CameraState(Phase.RUNNING, _SILENT if silent else None, process))

    def _after(self, client: CameraClient) -> None:
        """The connection is gone: the camera ended, crashed, or does not answer."""
        # One that was ended because it hung may say so itself at last; it is wanted still.
        ended = client.end_reason is not None and not self._hung
        deadline = time.monotonic() + (_START_SECONDS if ended else _LET_GO_SECONDS)
        while is_claimed(self._endpoint):
            if self._wishes.closing or time.monotonic() > deadline:
                return
            time.sleep(_POLL_SECONDS)
        if self._wishes.closing:
            return
        if ended or self._wishes.stop:
            finished = client.end_reason is EndReason.FINISHED
            self._tell(CameraState(Phase.STOPPED, finished=finished))
            return
        if self._last_status is not None:
            self._output = revive_output_of(self._last_status.settings) or self._output
        self._resume = self._restarting.plan(
            self._last_status, client.folder, self._resume or self._plan
        )
        self._last_status = None
        self._wishes.set(running=True)
        self._tell(CameraState(Phase.RESTARTING, _HUNG if self._hung else _CRASHED))
        self._wishes.wait(lambda: self._wishes.stop, self._restarting.next_delay())

    def _tell(self, state: CameraState) -> None:
        with self._telling:
            self._change(state)

    def _change(self, state: CameraState) -> None:
        if state != self._state:
            self._state = state
            self._on_state(state)

    # In the thread of the client -------------------------------------------------------

    def _take(self, event: Event) -> None:
        match event:
            case StatusEvent():
                self._heard_at = time.monotonic()
                self._last_status = event.status
                self._on_status(event.status)
            case ErrorEvent():
                self._on_error(event.record)
            case EndingEvent():
                self._resume = None
                self._wishes.set(running=False)
                self._tell(CameraState(Phase.ENDING, process=self._state.process))

    def _mark_lost(self) -> None:
        self._lost = True
        self._wishes.wake()
