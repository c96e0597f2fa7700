"""Changes of settings that wait for a camera; the newest of each setting counts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from nasfe_cam.config.names import SettingValue
from nasfe_cam.core.errors import NasfeError


@dataclass(slots=True)
class _Change:
    value: SettingValue
    futures: list[Future[None]] = field(default_factory=list)


class PendingChanges:
    """Any thread may put; one thread makes or refuses."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._changes: dict[str, _Change] = {}

    def __bool__(self) -> bool:
        return bool(self._changes)

    def put(self, name: str, value: SettingValue) -> Future[None]:
        """Let a change wait; an older one of the same setting shares its fate."""
        future: Future[None] = Future()
        with self._lock:
            change = self._changes.setdefault(name, _Change(value))
            change.value = value
            change.futures.append(future)
        return future

    def make(self, change: Callable[[str, SettingValue], None]) -> None:
        """Make all changes that wait; what `change` raises goes into their futures."""
        for name, waiting in self._take():
            try:
                change(name, waiting.value)
            except NasfeError as error:
                _fail(waiting, error)
            else:
                for future in waiting.futures:
                    future.set_result(None)

    def refuse(self, error: NasfeError) -> None:
        """Let all changes that wait fail."""
        for _, waiting in self._take():
            _fail(waiting, error)

    def _take(self) -> list[tuple[str, _Change]]:
        with self._lock:
            taken, self._changes = list(self._changes.items()), {}
        return taken


def _fail(change: _Change, error: NasfeError) -> None:
    for future in change.futures:
        future.set_exception(error)
