"""Authenticated connections between a camera and the programs of its user.

`multiprocessing.connection` of the standard library carries them: it is a Unix
socket or, on Windows, a named pipe (asyncio documents pipes on neither side), it
frames messages, and its challenge proves on both sides that the token is known
without sending it. Its pickling `send` and `recv` are never used: whoever could
write a pickle could run a program.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import (
    Client,
    Connection,
    Listener,
    answer_challenge,
    deliver_challenge,
)
from pathlib import Path
from typing import Any

from nasfe_cam.control.endpoint import Endpoint, is_claimed
from nasfe_cam.control.errors import (
    CameraDidNotAnswer,
    CameraNotRunning,
    ControlConnectionLost,
    ControlNotServed,
    ControlRefused,
)
from nasfe_cam.control.same_user import is_same_user

MAXIMUM_MESSAGE_BYTES = 64 * 1024

# A healthy peer needs milliseconds; one that is silent in the middle of a message is let go.
_PATIENCE_SECONDS = 5
_BACKLOG = 8
_MOST_CHANNELS = 16


class Channel:
    """One open connection; messages are bytes. One thread receives, any thread sends."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        self._connection = connection
        self._sending = threading.Lock()
        self._closing = threading.Lock()
        _limit_patience(connection)

    def send(self, message: bytes) -> None:
        """Send one message.

        Raises:
            ControlConnectionLost: the other side is gone, or does not read.
        """
        try:
            with self._sending:
                self._connection.send_bytes(message)
        except (OSError, ValueError):
            raise ControlConnectionLost from None

    def receive(self, timeout: float) -> bytes | None:
        """The next message; None when there was none within `timeout` seconds.

        Raises:
            ControlConnectionLost: the other side is gone, stopped in the middle of a
                message, or sent one of more than `MAXIMUM_MESSAGE_BYTES`.
        """
        try:
            if not self._connection.poll(timeout):
                return None
            return self._connection.recv_bytes(MAXIMUM_MESSAGE_BYTES)
        except (OSError, EOFError):
            raise ControlConnectionLost from None

    def interrupt(self) -> None:
        """Make a `receive` under way, and all later ones, fail at once; from any thread.

        On Windows nothing wakes it before its timeout.
        """
        if sys.platform == "win32":
            return
        with self._closing, suppress(OSError), _same_socket(self._connection) as same:
            same.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go; by the thread that receives."""
        with self._closing, suppress(OSError):
            self._connection.close()


class Door:
    """Where channels come in: listens at an endpoint that was claimed before.

    Args:
        endpoint: claimed by this process.
        token: what the other side has to know.
        enter: given each authenticated channel, in a thread of its own; the channel
            is closed when it returns. At most 16 are open at a time.

    Raises:
        ControlNotServed: the system does not let us listen there.
    """

    def __init__(self, endpoint: Endpoint, token: bytes, enter: Callable[[Channel], None]) -> None:
        self._address = endpoint.address
        self._token = token
        self._enter = enter
        self._closing = threading.Event()
        self._places = threading.Semaphore(_MOST_CHANNELS)
        family = "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"
        try:
            if sys.platform != "win32":
                # Left by a camera that was killed: the claim says that none is alive.
                Path(self._address).unlink(missing_ok=True)
            self._listener = Listener(self._address, family, _BACKLOG)
            if sys.platform != "win32":
                Path(self._address).chmod(0o600)
        except OSError as error:
            raise ControlNotServed(endpoint.folder, error.strerror or str(error)) from None
        self._thread = threading.Thread(target=self._accept, name="control", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let nobody in any more."""
        self._closing.set()
        # Nothing else wakes a thread that accepts, on every platform the same.
        with suppress(OSError):
            _connect(self._address).close()
        self._thread.join(_PATIENCE_SECONDS)
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
            if not self._places.acquire(blocking=False):
                connection.close()
                continue
            threading.Thread(
                target=self._admit, args=(connection,), name="control-peer", daemon=True
            ).start()

    def _admit(self, connection: Connection[Any, Any]) -> None:
        try:
            with connection:
                if self._may_enter(connection):
                    self._enter(Channel(connection))
        finally:
            self._places.release()

    def _may_enter(self, connection: Connection[Any, Any]) -> bool:
        try:
            _limit_patience(connection)
            if self._closing.is_set() or not is_same_user(connection.fileno()):
                return False
            deliver_challenge(connection, self._token)
            answer_challenge(connection, self._token)
        except Exception:  # whatever a stranger sends ends here
            return False
        return True


def open_channel(endpoint: Endpoint) -> Channel:
    """Connect to the camera of an endpoint.

    Raises:
        CameraNotRunning: nobody listens there.
        CameraDidNotAnswer: it listens but is stuck.
        ControlRefused: it belongs to another user, or the token is not the camera's.
    """
    try:
        token = endpoint.token()
        connection = _connect(endpoint.address)
    except BlockingIOError:
        raise CameraDidNotAnswer(_PATIENCE_SECONDS) from None
    except (FileNotFoundError, ConnectionRefusedError):
        raise CameraNotRunning from None
    except PermissionError as error:
        raise ControlRefused(error.strerror or "permission denied") from None
    except OSError as error:
        raise ControlRefused(error.strerror or str(error)) from None
    try:
        _limit_patience(connection)
        if not is_same_user(connection.fileno()):
            raise ControlRefused("it belongs to another user")
        answer_challenge(connection, token)
        deliver_challenge(connection, token)
        return Channel(connection)
    except ControlRefused:
        connection.close()
        raise
    except (AuthenticationError, AssertionError):
        connection.close()
        raise ControlRefused("it does not accept the token") from None
    except BlockingIOError:
        connection.close()
        raise CameraDidNotAnswer(_PATIENCE_SECONDS) from None
    except (OSError, EOFError):
        connection.close()
        if not is_claimed(endpoint):
            raise CameraNotRunning from None
        raise ControlRefused("it closed the connection") from None


def _connect(address: str) -> Connection[Any, Any]:
    """Connect at once or not at all: `Client` waits for ever where a stuck camera listens.

    Raises:
        BlockingIOError: the camera listens but has let nobody in for long.
        OSError: nobody listens, or we may not connect.
    """
    if sys.platform == "win32":
        return Client(address)
    with socket.socket(socket.AF_UNIX) as unix:
        unix.setblocking(False)
        unix.connect(address)
        unix.setblocking(True)
        return Connection(unix.detach())


def _limit_patience(connection: Connection[Any, Any]) -> None:
    """Let reading and writing in the middle of a message fail after some seconds.

    Windows delivers the messages of a pipe whole, so nothing is done there.
    """
    if sys.platform == "win32":
        return
    patience = struct.pack("@ll", _PATIENCE_SECONDS, 0)
    with _same_socket(connection) as same:
        same.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, patience)
        same.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, patience)


def _same_socket(connection: Connection[Any, Any]) -> socket.socket:
    """The socket of a connection once more, to be closed by itself."""
    return socket.socket(fileno=os.dup(connection.fileno()))
