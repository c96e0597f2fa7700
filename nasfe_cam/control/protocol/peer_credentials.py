"""Who is at the other end of a Unix socket, according to the kernel."""

from __future__ import annotations

import os
import socket
import struct
import sys

_MAC_LOCAL_PEERCRED = 1
_MAC_SOL_LOCAL = 0
_MAC_XUCRED = struct.Struct("=IIh2x16I")


def is_same_user(descriptor: int) -> bool:
    """Whether the peer of a connected socket runs as the user of this process.

    Always True on Windows, where the pipe of another user cannot be opened
    for writing and the token decides.

    Args:
        descriptor: of the socket.
    """
    if sys.platform == "win32":
        return True
    peer = _peer_of(descriptor)
    return peer is None or peer == os.geteuid()


def _peer_of(descriptor: int) -> int | None:
    """User number of the peer; None where the system does not tell."""
    if sys.platform == "win32":
        return None
    with socket.socket(fileno=os.dup(descriptor)) as connection:
        if sys.platform == "linux":
            size = struct.calcsize("3i")
            credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
            _process, user, _group = struct.unpack("3i", credentials)
            return int(user)
        if sys.platform == "darwin":
            credentials = connection.getsockopt(
                _MAC_SOL_LOCAL, _MAC_LOCAL_PEERCRED, _MAC_XUCRED.size
            )
            return int(_MAC_XUCRED.unpack(credentials)[1])
    return None
