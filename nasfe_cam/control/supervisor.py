"""Keeps a camera running for a program that steers it: attach, start, start again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from nasfe_cam.control.camera_state import CameraState, Phase
from nasfe_cam.control.client import CameraClient
from nasfe_cam.control.endpoint import default_endpoint, is_claimed
from nasfe_cam.control.error_log import record_of
from nasfe_cam.control.errors import (
    CameraDidNotAnswer,
    CameraDidNotStart,
    CameraNotRunning,
    ControlError,
    RequestRefused,
)
from nasfe_cam.control.launching import CameraProgram, end_without_socket
from nasfe_cam.control.messages import (
    EndingEvent,
    ErrorEvent,
    ErrorRecord,
    Event,
    Status,
    StatusEvent,
)
from nasfe_cam.control.preview_reader import PreviewReader
from nasfe_cam.control.restarting import Restarting, StartPlan
from nasfe_cam.control.wishes import Wishes
from nasfe_cam.setting_names import SettingValue

# How soon a camera is noticed that somebody else started.
_LOOK_SECONDS = 1.0
_START_SECONDS = 60.0
_POLL_SECONDS = 0.05
_LET_GO_SECONDS = 0.5
# Beyond the period of its statuses; a busy machine is no reason for alarm.
_SILENCE_SECONDS = 5.0
_SILENT = "The camera does not answer. Stop it and start it again."
_CRASHED = "The camera stopped unexpectedly. It is being started again."


class CameraSupervisor:
    """Attaches to the camera of this user, starts it on demand, and again after a crash.

    The camera is never ended but by `stop`: not by `close`, and not by the end of
    this process. After a crash it is started with the settings that it had, also
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
        self._wishes = Wishes()
        self._restarting = Restarting(self._endpoint)
        self._plan = StartPlan(tuple(arguments))
        # How to start after a crash; None at other times.
        self._resume: StartPlan | None = None
        # Of the camera that is attached.
        self._lost = self._shown = False
        self._heard_at = 0.0
        self._last_status: Status | None = None
        self._thread = threading.Thread(target=self._run, name="camera-supervisor", daemon=True)

    @property
    def state(self) -> CameraState:
        """What was last told to `on_state`."""
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
        """End the camera, whoever started it; one that does not answer by force."""
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
        """Let go of the camera, which goes on; waits for what is under way."""
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
            except ControlError as error:
                self._wishes.set(running=False)
                self._tell(CameraState(Phase.FAILED, str(error)))
                self._wishes.wait(lambda: self._wishes.running, _LOOK_SECONDS)
            else:
                if client is not None:
                    self._steer(client)
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
        if is_claimed(self._endpoint):
            if self._wishes.stop:
                end_without_socket(self._endpoint)
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
        if self._state.phase is not Phase.FAILED:
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
            return self._wait_for(CameraProgram(plan.arguments, self._endpoint, plan.folder))
        except ControlError as error:
            if not crashed:
                raise
            self._tell(CameraState(Phase.RESTARTING, str(error)))
            self._wishes.wait(lambda: self._wishes.stop, self._restarting.next_delay())
            return None

    def _wait_for(self, program: CameraProgram) -> CameraClient | None:
        deadline = time.monotonic() + _START_SECONDS
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
                raise CameraDidNotStart(code, program.last_sentence())
            if time.monotonic() > deadline:
                program.stop()
                raise CameraDidNotAnswer(_START_SECONDS)
            self._wishes.wait(lambda: self._wishes.stop, _POLL_SECONDS)
        return None

    def _steer(self, client: CameraClient) -> None:
        """Serve a camera until it is gone."""
        self._shown = False
        self._heard_at = time.monotonic()
        self._tell(CameraState(Phase.RUNNING, process=client.process))
        try:
            client.subscribe(self._period)
            while not (self._wishes.closing or self._lost):
                if self._wishes.stop:
                    self._end(client)
                self._look(client)
                self._wishes.changes.make(client.change)
                self._wishes.wait(self._has_work, _LOOK_SECONDS)
                self._mind_silence(client)
        except ControlError as error:
            if not self._lost:
                self._on_error(record_of(error))
        client.close()
        self._after(client)

    def _end(self, client: CameraClient) -> None:
        if self._state.text == _SILENT:
            end_without_socket(self._endpoint)
            self._wishes.wait(lambda: self._lost, _SILENCE_SECONDS)
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

    def _mind_silence(self, client: CameraClient) -> None:
        """Say when a camera that runs has told nothing for long, and when it does again."""
        if self._state.phase is Phase.RUNNING:
            silent = time.monotonic() - self._heard_at > self._period + _SILENCE_SECONDS
            self._tell(CameraState(Phase.RUNNING, _SILENT if silent else "", client.process))

    def _after(self, client: CameraClient) -> None:
        """The connection is gone: the camera ended, crashed, or does not answer."""
        ended = client.end_reason is not None
        deadline = time.monotonic() + (_START_SECONDS if ended else _LET_GO_SECONDS)
        while is_claimed(self._endpoint):
            if self._wishes.closing or time.monotonic() > deadline:
                return
            time.sleep(_POLL_SECONDS)
        if self._wishes.closing:
            return
        if ended or self._wishes.stop:
            self._tell(CameraState(Phase.STOPPED))
            return
        self._resume = self._restarting.plan(
            self._last_status, client.folder, self._resume or self._plan
        )
        self._last_status = None
        self._wishes.set(running=True)
        self._tell(CameraState(Phase.RESTARTING, _CRASHED))
        self._wishes.wait(lambda: self._wishes.stop, self._restarting.next_delay())

    def _tell(self, state: CameraState) -> None:
        with self._telling:
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
