"""Lets the programs of this user control the camera of this process."""

from __future__ import annotations

import threading

from nasfe_cam.control.protocol.channel import Channel
from nasfe_cam.control.protocol.door import Door
from nasfe_cam.control.protocol.endpoint import Claim
from nasfe_cam.control.server.session import Session
from nasfe_cam.control.server.steered_camera import SteeredCamera

_FLUSH_SECONDS = 1.0


class ControlServer:
    """Serves any number of programs until it is closed; the camera never waits for one.

    Args:
        claim: of the endpoint; stays the caller's to close, after this.
        camera: steered.

    Raises:
        ControlNotServed: the system does not let us listen there.
    """

    def __init__(self, claim: Claim, camera: SteeredCamera) -> None:
        self._camera = camera
        self._sessions: dict[Session, threading.Thread] = {}
        self._lock = threading.Lock()
        self._door = Door(claim.endpoint, claim.token, self._enter)

    def close(self) -> None:
        """Send what is still to be said, and end all sessions."""
        self._door.close()
        with self._lock:
            sessions = dict(self._sessions)
        for session in sessions:
            session.end()
        for thread in sessions.values():
            thread.join(_FLUSH_SECONDS)

    def _enter(self, channel: Channel) -> None:
        session = Session(channel, self._camera)
        with self._lock:
            self._sessions[session] = threading.current_thread()
        try:
            session.run()
        finally:
            with self._lock:
                del self._sessions[session]
