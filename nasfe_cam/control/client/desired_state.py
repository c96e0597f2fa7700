"""What a program wants of the camera: set by any thread, carried out by one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future

from nasfe_cam.config.names import SettingValue
from nasfe_cam.control.client.pending_changes import PendingChanges


class DesiredState:
    """The wishes, and a way to wait for new ones.

    Attributes:
        running: a camera should be started if there is none.
        stop: the camera that runs, or is starting, is to be ended.
        looking: the preview is to be shown.
        closing: the camera is to be let alone from now on.
        changes: of settings.
    """

    def __init__(self) -> None:
        self.running = self.stop = self.looking = self.closing = False
        self.changes = PendingChanges()
        self._news = threading.Condition()

    def set(
        self,
        *,
        running: bool | None = None,
        stop: bool | None = None,
        looking: bool | None = None,
        closing: bool | None = None,
    ) -> None:
        """Change some wishes together; None leaves one as it is."""
        with self._news:
            self.running = self.running if running is None else running
            self.stop = self.stop if stop is None else stop
            self.looking = self.looking if looking is None else looking
            self.closing = self.closing if closing is None else closing
            self._news.notify_all()

    def change(self, name: str, value: SettingValue) -> Future[None]:
        """Wish a setting changed."""
        with self._news:
            future = self.changes.put(name, value)
            self._news.notify_all()
        return future

    def wake(self) -> None:
        """Have `wait` look at its condition again."""
        with self._news:
            self._news.notify_all()

    def wait(self, condition: Callable[[], object], timeout: float) -> None:
        """Wait until the condition holds or `closing` is wished, at most `timeout` seconds."""
        with self._news:
            self._news.wait_for(lambda: self.closing or condition(), timeout)
