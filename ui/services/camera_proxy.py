"""The camera for Qt: its events arrive in the window's thread."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from PyQt6.QtCore import QObject, pyqtSignal

from nasfe_cam.config.names import SettingValue
from nasfe_cam.control.client.camera_state import CameraState, Phase
from nasfe_cam.control.client.preview_reader import PreviewPair
from nasfe_cam.control.client.supervisor import CameraSupervisor
from nasfe_cam.control.protocol.errors import CameraNotRunning
from nasfe_cam.control.protocol.messages import Status
from nasfe_cam.core.errors import statement_of

ACTIVE = (Phase.STARTING, Phase.RUNNING, Phase.RESTARTING)
"""Phases in which somebody wants the camera to run."""


class Camera(QObject):
    """A thin shell around `CameraSupervisor`; closing it leaves the camera running.

    Signals:
        state_changed: a `CameraState`.
        status_changed: a `Status`, about once a second while the camera runs.
        error_told: an `ErrorRecord` of the running camera.
        change_refused: the name of a setting, and a `Statement` why it was not changed.
    """

    state_changed = pyqtSignal(object)
    status_changed = pyqtSignal(object)
    error_told = pyqtSignal(object)
    change_refused = pyqtSignal(str, object)

    def __init__(self, arguments: Sequence[str] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arguments = tuple(arguments)
        self._status: Status | None = None
        self._supervisor = CameraSupervisor(
            self._arguments,
            self.state_changed.emit,
            self.status_changed.emit,
            self.error_told.emit,
        )
        self.status_changed.connect(self._keep_status)
        self.state_changed.connect(self._forget_status)

    @property
    def state(self) -> CameraState:
        """What the camera does now."""
        return self._supervisor.state

    @property
    def status(self) -> Status | None:
        """The last status; None while the camera does not run."""
        return self._status

    @property
    def active(self) -> bool:
        """Whether it runs or is about to."""
        return self.state.phase in ACTIVE

    def begin(self) -> None:
        """Look for a camera that runs already."""
        self._supervisor.begin()

    def start(self, more_arguments: Sequence[str] = ()) -> None:
        """Have a camera run; `more_arguments` count for this start only."""
        self._supervisor.start([*self._arguments, *more_arguments])

    def stop(self) -> None:
        """End the camera."""
        self._supervisor.stop()

    def look(self, on: bool) -> None:
        """Begin or end looking at the preview."""
        self._supervisor.look(on)

    def newest(self) -> PreviewPair | None:
        """The newest picture, if there is a new one."""
        return self._supervisor.preview.newest()

    def change(self, name: str, value: SettingValue) -> None:
        """Change a live setting of the running camera; without one nothing happens."""

        def tell(future: Future[None]) -> None:
            error = future.exception()
            if error is not None and not isinstance(error, CameraNotRunning):
                self.change_refused.emit(name, statement_of(error))

        self._supervisor.change(name, value).add_done_callback(tell)

    def close(self) -> None:
        """Disconnect from the camera, which keeps running."""
        self._supervisor.close()

    def _keep_status(self, status: Status) -> None:
        self._status = status

    def _forget_status(self, state: CameraState) -> None:
        if state.phase is not Phase.RUNNING:
            self._status = None
