"""What two ends of a connection do before the first message, and for how long at most."""

from __future__ import annotations

import errno
import os
import socket
import struct
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection, answer_challenge, deliver_challenge
from typing import Any, Self, cast


class Deadline:
    """Ends a connection, reads and writes under way too, unless it is met in time.

    One limit for everything until `met`: with one for each read, a peer that sends a byte a
    second would hold its place for ever. On Windows, where nothing wakes a read, the limit is
    looked at before each one; pipes deliver whole messages there.

    As a context manager it is met at the end of the block.

    Args:
        connection: to limit.
        seconds: from now.
    """

    def __init__(self, connection: Connection[Any, Any], seconds: float) -> None:
        self._connection = connection
        self._at = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, shut_down, (connection,))
        self._timer.daemon = True
        self._timer.start()

    def met(self) -> None:
        """The connection may last."""
        self._timer.cancel()

    def prove(self, token: bytes, *, first: bool) -> None:
        """Show that both sides know the token, without sending it.

        Args:
            token: the camera's secret.
            first: whether this side asks first; the other must not.

        Raises:
            AuthenticationError, AssertionError: the other side does not know it.
            BlockingIOError: it was silent until the deadline.
            OSError, EOFError: it is gone.
        """
        # The challenges use no more of a connection than these two methods.
        peer = cast("Connection[Any, Any]", self)
        steps = (deliver_challenge, answer_challenge)
        for step in steps if first else reversed(steps):
            step(peer, token)

    def send_bytes(self, message: bytes) -> None:
        """For the challenges of the standard library."""
        self._connection.send_bytes(message)

    def recv_bytes(self, maximum: int) -> bytes:
        """For the challenges of the standard library, which would wait for ever."""
        try:
            if self._connection.poll(max(0.0, self._at - time.monotonic())):
                return self._connection.recv_bytes(maximum)
        except (OSError, EOFError):
            if time.monotonic() < self._at:
                raise
        raise BlockingIOError(errno.EAGAIN, "no answer in time")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.met()


def shut_down(connection: Connection[Any, Any]) -> None:
    """Make every read and write fail, those under way too; nothing can on Windows."""
    if sys.platform != "win32":
        with suppress(OSError), same_socket(connection) as same:
            same.shutdown(socket.SHUT_RDWR)


def limit_patience(connection: Connection[Any, Any], seconds: int) -> None:
    """Let reading and writing in the middle of a message fail after so many seconds.

    Windows delivers the messages of a pipe whole, so nothing is done there.
    """
    if sys.platform == "win32":
        return
    patience = struct.pack("@ll", seconds, 0)
    with same_socket(connection) as same:
        same.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, patience)
        same.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, patience)


def same_socket(connection: Connection[Any, Any]) -> socket.socket:
    """The socket of a connection once more, to be closed by itself."""
    return socket.socket(fileno=os.dup(connection.fileno()))
