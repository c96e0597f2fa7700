"""Keeps a camera running for a program that steers it: attach, start, start again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

from nasfe_cam.control.camera_state import CameraState, Phase
from nasfe_cam.control.client import CameraClient
from nasfe_cam.control.endpoint import default_endpoint, is_claimed
from nasfe_cam.control.error_log import record_of
from nasfe_cam.control.errors import (
    CameraDidNotAnswer,
    CameraDidNotStart,
    CameraNotRunning,
    ControlError,
)
from nasfe_cam.control.launching import CameraProgram
from nasfe_cam.control.messages import (
    EndingEvent,
    ErrorEvent,
    ErrorRecord,
    Event,
    Status,
    StatusEvent,
)
from nasfe_cam.control.pending_changes import PendingChanges
from nasfe_cam.control.preview_reader import PreviewReader
from nasfe_cam.control.restarting import Restarting, StartPlan
from nasfe_cam.setting_names import SettingValue

# How soon a camera is noticed that somebody else started.
_LOOK_SECONDS = 1.0
_START_SECONDS = 60.0
_POLL_SECONDS = 0.05
_LET_GO_SECONDS = 0.5
_CRASHED = "The camera stopped unexpectedly. It is being started again."


class CameraSupervisor:
    """Attaches to the camera of this user, starts it on demand, and again after a crash.

    The camera is never ended but by `stop`: not by `close`, and not by the end of
    this process. After a crash it is started with the settings that it had, also
    those that were changed while it ran.

    Every method returns at once. The callbacks come from threads of the supervisor
    and must return soon.

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
        self._plan = StartPlan(tuple(arguments))
        self._on_state = on_state
        self._on_status = on_status
        self._on_error = on_error
        self._period = period
        self._state = CameraState(Phase.STOPPED)
        self._changes = PendingChanges()
        self._restarting = Restarting(self._endpoint)
        self._news = threading.Condition()
        self._telling = threading.Lock()
        self._wanted = self._stop_asked = self._looking = self._closing = self._lost = False
        self._shown = False
        self._last_status: Status | None = None
        # How to start after a crash; None at other times.
        self._resume: StartPlan | None = None
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
        with self._news:
            if arguments is not None:
                self._plan = StartPlan(tuple(arguments))
            self._wanted, self._stop_asked, self._resume = True, False, None
            self._news.notify_all()

    def stop(self) -> None:
        """End the camera, whoever started it."""
        with self._news:
            self._wanted, self._stop_asked = False, True
            self._news.notify_all()

    def change(self, name: str, value: SettingValue) -> Future[None]:
        """Change a live setting as soon as the camera runs.

        Of several changes of one setting that wait, only the newest is made.

        Returns:
            Done when the camera has taken it up; holds the `NasfeError` why not.
        """
        with self._news:
            future = self._changes.put(name, value)
            self._news.notify_all()
        return future

    def look(self, on: bool) -> None:
        """Begin or end looking at the preview; costs the camera nothing while off."""
        with self._news:
            self._looking = on
            self._news.notify_all()

    def close(self) -> None:
        """Let go of the camera, which goes on; waits for what is under way."""
        with self._news:
            self._closing = True
            self._news.notify_all()
        if self._thread.ident is not None:
            self._thread.join()
        self.preview.close()

    # In the thread of the supervisor ---------------------------------------------------

    def _run(self) -> None:
        while not self._closing:
            try:
                client = self._attach(_LOOK_SECONDS) or self._launch()
            except ControlError as error:
                with self._news:
                    self._wanted = False
                self._tell(CameraState(Phase.FAILED, str(error)))
                client = None
            if client is not None:
                self._steer(client)
            elif not self._wanted:
                self._rest()
        self._changes.refuse(CameraNotRunning())

    def _rest(self) -> None:
        """There is no camera, and none is wanted."""
        self._stop_asked = False
        self._changes.refuse(CameraNotRunning())
        if self._state.phase is not Phase.FAILED:
            self._tell(CameraState(Phase.STOPPED))
        self._wait(lambda: self._wanted or bool(self._changes), _LOOK_SECONDS)

    def _attach(self, patience: float) -> CameraClient | None:
        """Connect to a camera that runs; None when there is none, or it does not answer."""
        self._lost = False
        try:
            return CameraClient.attach(self._endpoint, self._take, self._mark_lost, patience)
        except (CameraNotRunning, CameraDidNotAnswer):
            return None

    def _launch(self) -> CameraClient | None:
        """Start a camera, if one is wanted and none is there, and connect to it.

        Raises:
            ControlError: it did not start; after a crash it is tried again instead.
        """
        if not self._wanted:
            return None
        if self._resume is None:
            self._tell(CameraState(Phase.STARTING))
        if is_claimed(self._endpoint):
            return None  # somebody else's is starting, or it is stuck
        plan = self._resume or self._plan
        try:
            return self._wait_for(CameraProgram(plan.arguments, self._endpoint, plan.folder))
        except ControlError as error:
            if self._resume is None:
                raise
            self._tell(CameraState(Phase.RESTARTING, str(error)))
            self._wait(lambda: self._stop_asked, self._restarting.next_delay())
            return None

    def _wait_for(self, program: CameraProgram) -> CameraClient | None:
        deadline = time.monotonic() + _START_SECONDS
        while not self._closing:
            code = program.exit_code()
            client = self._attach(_POLL_SECONDS)
            if client is not None:
                return client
            if self._stop_asked:
                program.stop()
                return None
            # Ours ends at once where somebody else's was faster; that one is waited for.
            if code is not None and not is_claimed(self._endpoint):
                raise CameraDidNotStart(code, program.last_sentence())
            if time.monotonic() > deadline:
                program.stop()
                raise CameraDidNotAnswer(_START_SECONDS)
            self._wait(lambda: self._stop_asked, _POLL_SECONDS)
        return None

    def _steer(self, client: CameraClient) -> None:
        """Serve a camera until it is gone."""
        self._tell(CameraState(Phase.RUNNING, process=client.process))
        self._shown = False
        try:
            client.subscribe(self._period)
            while not (self._closing or self._lost):
                if self._stop_asked:
                    self._stop_asked = False
                    client.stop()
                if self._shown != self._looking:
                    self._shown = not self._shown
                    (client.show_preview if self._shown else client.hide_preview)()
                self._changes.make(client.change)
                self._wait(self._has_work, None)
        except ControlError as error:
            if not self._lost:
                self._on_error(record_of(error))
        client.close()
        if not self._closing:
            self._after(client)

    def _has_work(self) -> bool:
        looks_otherwise = self._shown != self._looking
        return self._lost or self._stop_asked or looks_otherwise or bool(self._changes)

    def _after(self, client: CameraClient) -> None:
        """The connection is gone: the camera ended, crashed, or only let go of us."""
        ended = client.end_reason is not None
        deadline = time.monotonic() + (_START_SECONDS if ended else _LET_GO_SECONDS)
        while is_claimed(self._endpoint):
            if self._closing or time.monotonic() > deadline:
                return
            time.sleep(_POLL_SECONDS)
        if ended:
            self._tell(CameraState(Phase.STOPPED))
            return
        self._prepare_restart(client.folder)
        self._tell(CameraState(Phase.RESTARTING, _CRASHED))
        self._wait(lambda: self._stop_asked, self._restarting.next_delay())

    def _prepare_restart(self, folder: Path) -> None:
        status, self._last_status = self._last_status, None
        self._resume = self._restarting.plan(status, folder, self._resume or self._plan)
        with self._news:
            self._wanted = not self._stop_asked

    def _tell(self, state: CameraState) -> None:
        with self._telling:
            if state != self._state:
                self._state = state
                self._on_state(state)

    def _wait(self, condition: Callable[[], bool], timeout: float | None) -> None:
        with self._news:
            self._news.wait_for(lambda: self._closing or condition(), timeout)

    # In the thread of the client -------------------------------------------------------

    def _take(self, event: Event) -> None:
        match event:
            case StatusEvent():
                self._last_status = event.status
                self._on_status(event.status)
            case ErrorEvent():
                self._on_error(event.record)
            case EndingEvent():
                with self._news:
                    self._wanted, self._resume = False, None
                self._tell(CameraState(Phase.ENDING, process=self._state.process))

    def _mark_lost(self) -> None:
        with self._news:
            self._lost = True
            self._news.notify_all()
