"""Authenticated connections between a camera and the programs of its user.

`multiprocessing.connection` of the standard library carries them: it is a Unix
socket or, on Windows, a named pipe (asyncio documents pipes on neither side), it
frames messages, and its challenge proves on both sides that the token is known
without sending it. Its pickling `send` and `recv` are never used: whoever could
write a pickle could run a program.
"""

from __future__ import annotations

import socket
import struct
import sys
import threading
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from typing import Any, cast

from nasfe_cam.control.protocol.endpoint import Endpoint, is_claimed
from nasfe_cam.control.protocol.errors import (
    CameraDidNotAnswer,
    CameraNotRunning,
    ControlConnectionLost,
    ControlRefused,
)
from nasfe_cam.control.protocol.handshake import Deadline, limit_patience, same_socket
from nasfe_cam.control.protocol.peer_credentials import is_same_user
from nasfe_cam.core.text.reasons import Reason, reason_of

if sys.platform == "win32":
    import _winapi

MAXIMUM_MESSAGE_BYTES = 64 * 1024

# A healthy peer needs milliseconds; one that is silent in the middle of a message is let go.
_PATIENCE_SECONDS = 5


class Channel:
    """One open connection; messages are bytes. One thread receives, any thread sends.

    Args:
        connection: authenticated.
        deadline: that ends it unless it is `settled` before; None for none.
    """

    def __init__(self, connection: Connection[Any, Any], deadline: Deadline | None = None) -> None:
        self._connection = connection
        self._deadline = deadline
        self._interrupted = False
        self._sending = threading.Lock()
        self._closing = threading.Lock()
        limit_patience(connection, _PATIENCE_SECONDS)

    def settled(self) -> None:
        """Both sides have greeted each other: the connection may last."""
        if self._deadline is not None:
            self._deadline.met()

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
                message, or sent one of more than `MAXIMUM_MESSAGE_BYTES`; or `interrupt`
                was called.
        """
        if self._interrupted:
            raise ControlConnectionLost
        try:
            if not self._connection.poll(timeout):
                return None
            return self._connection.recv_bytes(MAXIMUM_MESSAGE_BYTES)
        except (OSError, EOFError):
            raise ControlConnectionLost from None

    def interrupt(self) -> None:
        """Make a `receive` under way, and all later ones, fail at once; from any thread.

        On Windows nothing wakes one that is under way before its timeout; the next one fails.
        """
        self._interrupted = True
        if sys.platform == "win32":
            return
        with self._closing, suppress(OSError), same_socket(self._connection) as same:
            same.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go; by the thread that receives."""
        with self._closing, suppress(OSError):
            self._connection.close()


def open_channel(endpoint: Endpoint) -> Channel:
    """Connect to the camera of an endpoint.

    Raises:
        CameraNotRunning: nobody listens there.
        CameraDidNotAnswer: it listens but is stuck.
        ControlRefused: it belongs to another user, or the token is not the camera's.
    """
    try:
        token = endpoint.token()
        connection = connect_in_time(endpoint.address, _PATIENCE_SECONDS)
    except BlockingIOError:
        raise CameraDidNotAnswer(_PATIENCE_SECONDS) from None
    except (FileNotFoundError, ConnectionRefusedError):
        raise CameraNotRunning from None
    except PermissionError as error:
        raise ControlRefused(reason_of(error)) from None
    except OSError as error:
        raise ControlRefused(reason_of(error)) from None
    try:
        if not is_same_user(connection.fileno()):
            raise ControlRefused(Reason.ANOTHER_USERS)
        with Deadline(connection, _PATIENCE_SECONDS) as deadline:
            deadline.prove(token, first=False)
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


def connect_in_time(address: str, seconds: int) -> Connection[Any, Any]:
    """Connect, but not wait for ever as `Client` does where a stuck camera listens.

    Args:
        address: of a camera.
        seconds: to wait for a place in the queue of a camera that is busy.

    Raises:
        BlockingIOError: the camera listens but has let nobody in for so long.
        OSError: nobody listens, or we may not connect.
    """
    if sys.platform == "win32":
        try:
            # `Client` would wait for twenty seconds.
            _winapi.WaitNamedPipe(address, seconds * 1000)
        except OSError as error:
            if error.winerror == _winapi.ERROR_SEM_TIMEOUT:
                raise BlockingIOError(error.errno, error.strerror) from None
            raise
        return cast("Connection[Any, Any]", Client(address))
    with socket.socket(socket.AF_UNIX) as unix:
        # Unlike Python's own time-out, this one waits while the queue is full.
        unix.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("@ll", seconds, 0))
        unix.connect(address)
        unix.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("@ll", 0, 0))
        return Connection(unix.detach())
