"""Passes events of the camera to every listener."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from nasfe_cam.control.protocol.messages import Event

Listener = Callable[[Event], None]


class EventBus:
    """Hands events to listeners, which must return at once; any thread may call anything."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: tuple[Listener, ...] = ()

    def add(self, listener: Listener) -> None:
        """Tell this one from now on."""
        with self._lock:
            self._listeners += (listener,)

    def remove(self, listener: Listener) -> None:
        """Tell this one no more; unknown ones are passed over."""
        with self._lock:
            self._listeners = tuple(other for other in self._listeners if other != listener)

    def tell(self, event: Event) -> None:
        """Tell everybody; a listener that raises keeps nobody else from being told."""
        for listener in self._listeners:
            with suppress(Exception):
                listener(event)
