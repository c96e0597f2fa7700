"""Where programs come in that control a camera, and how many may at a time."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any

from nasfe_cam.control.protocol.channel import Channel, connect_in_time
from nasfe_cam.control.protocol.endpoint import Endpoint
from nasfe_cam.control.protocol.errors import ControlNotServed
from nasfe_cam.control.protocol.handshake import Deadline, shut_down
from nasfe_cam.control.protocol.peer_credentials import is_same_user
from nasfe_cam.core.text.reasons import reason_of
from nasfe_cam.core.threads import lasting_thread

HANDSHAKE_SECONDS = 2.0
"""Until the token is proven and the hello said; a healthy peer needs milliseconds."""

_CLOSE_SECONDS = 5
_BACKLOG = 8
_MOST_CHANNELS = 16
_MOST_NEWCOMERS = 16
# One more is let in for so long, whoever holds the others: time to say stop.
_SHORT_VISIT_SECONDS = 2.0


class Door:
    """Where channels come in: listens at an endpoint that was claimed before.

    Who has not proven the token yet holds no place: of more than 16 such the oldest is sent
    away. At most 16 channels are open at a time, and one more that is closed after two
    seconds, so that a camera can be stopped whoever else is connected.

    Args:
        endpoint: claimed by this process.
        token: what the other side has to know.
        enter: given each authenticated channel, in a thread of its own; the channel
            is closed when it returns, and two seconds after it came in unless it is `settled`.

    Raises:
        ControlNotServed: the system does not let us listen there.
    """

    def __init__(self, endpoint: Endpoint, token: bytes, enter: Callable[[Channel], None]) -> None:
        self._address = endpoint.address
        self._token = token
        self._enter = enter
        self._closing = threading.Event()
        self._newcomers: dict[int, Connection[Any, Any]] = {}
        self._lock = threading.Lock()
        self._places = threading.Semaphore(_MOST_CHANNELS)
        self._short_visit = threading.Semaphore(1)
        family = "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"
        try:
            if sys.platform != "win32":
                # Left by a camera that was killed: the claim says that none is alive.
                Path(self._address).unlink(missing_ok=True)
            self._listener = Listener(self._address, family, _BACKLOG)
            if sys.platform != "win32":
                Path(self._address).chmod(0o600)
        except OSError as error:
            raise ControlNotServed(endpoint.folder, reason_of(error)) from None
        self._thread = lasting_thread("control", self._accept, self._closing)
        self._thread.start()

    def close(self) -> None:
        """Let nobody in any more."""
        self._closing.set()
        # Nothing else wakes a thread that accepts, on every platform the same.
        with suppress(OSError):
            connect_in_time(self._address, _CLOSE_SECONDS).close()
        self._thread.join(_CLOSE_SECONDS)
        with suppress(OSError):
            self._listener.close()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection = self._listener.accept()
            except OSError:
                # Too many open files, or a peer that was gone at once.
                self._closing.wait(0.1)
                continue
            self._register(connection)
            try:
                threading.Thread(
                    target=self._admit, args=(connection,), name="control-peer", daemon=True
                ).start()
            except RuntimeError:  # no more threads
                self._greeted(connection)
                connection.close()

    def _register(self, connection: Connection[Any, Any]) -> None:
        with self._lock:
            if len(self._newcomers) >= _MOST_NEWCOMERS:
                # Its thread notices, and closes it.
                shut_down(self._newcomers.pop(next(iter(self._newcomers))))
            self._newcomers[id(connection)] = connection

    def _greeted(self, connection: Connection[Any, Any]) -> None:
        with self._lock:
            self._newcomers.pop(id(connection), None)

    def _admit(self, connection: Connection[Any, Any]) -> None:
        with connection, Deadline(connection, HANDSHAKE_SECONDS) as deadline:
            try:
                proven = self._proves(connection, deadline)
            finally:
                self._greeted(connection)
            if proven and self._places.acquire(blocking=False):
                try:
                    self._enter(Channel(connection, deadline))
                finally:
                    self._places.release()
            elif proven and self._short_visit.acquire(timeout=_SHORT_VISIT_SECONDS):
                try:
                    deadline.met()
                    self._let_in_shortly(Channel(connection))
                finally:
                    self._short_visit.release()

    def _let_in_shortly(self, channel: Channel) -> None:
        # Not a `Deadline`: on Windows that ends no channel.
        end = threading.Timer(_SHORT_VISIT_SECONDS, channel.interrupt)
        end.daemon = True
        end.start()
        try:
            self._enter(channel)
        finally:
            end.cancel()

    def _proves(self, connection: Connection[Any, Any], deadline: Deadline) -> bool:
        try:
            if self._closing.is_set() or not is_same_user(connection.fileno()):
                return False
            deadline.prove(self._token, first=True)
        except Exception:  # whatever a stranger sends ends here
            return False
        return True
