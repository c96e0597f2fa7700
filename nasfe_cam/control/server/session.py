"""The connection of one program that controls the camera, from its hello to its end."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from pathlib import Path

from nasfe_cam.control.protocol.channel import Channel
from nasfe_cam.control.protocol.door import HANDSHAKE_SECONDS
from nasfe_cam.control.protocol.errors import ControlConnectionLost, MessageMalformed
from nasfe_cam.control.protocol.messages import (
    PROTOCOL_VERSION,
    ChangeSetting,
    Done,
    EndingEvent,
    Event,
    Explanation,
    Failed,
    GetStatus,
    Message,
    PreviewAt,
    Reply,
    Request,
    ShowPreview,
    StatusEvent,
    StatusReply,
    Stop,
    Subscribe,
    Unwelcome,
    Welcome,
    encode,
    parse_hello,
    parse_request,
)
from nasfe_cam.control.server.steered_camera import SteeredCamera
from nasfe_cam.core.errors import statement_of

_TICK = 1.0
_MOST_WAITING_EVENTS = 50


class Session:
    """Answers the requests of one channel and sends it events.

    Args:
        channel: authenticated; closed by the caller.
        camera: steered.
    """

    def __init__(self, channel: Channel, camera: SteeredCamera) -> None:
        self._channel = channel
        self._camera = camera
        self._over = False
        self._news = threading.Condition()
        # A peer that does not read loses the oldest events, never the last.
        self._events: deque[Event] = deque(maxlen=_MOST_WAITING_EVENTS)
        self._period = 0.0
        self._due: float | None = None
        self._pusher = threading.Thread(target=self._push, name="control-events", daemon=True)

    def run(self) -> None:
        """Serve until the peer is gone, breaks the protocol, or `end` is called."""
        try:
            if not self._greet():
                return
            self._camera.announcer.add(self._tell)
            self._pusher.start()
            while not self._over:
                data = self._channel.receive(_TICK)
                if data is not None:
                    self._channel.send(encode(self._answer(parse_request(data))))
        except MessageMalformed as error:
            self._refuse(error)
        except ControlConnectionLost:
            pass
        finally:
            self._camera.announcer.remove(self._tell)
            self._camera.hide_preview_from(self)
            self.end()
            if self._pusher.ident is not None:
                self._pusher.join(_TICK)

    def end(self) -> None:
        """Send the events that wait, and end; returns at once, from any thread."""
        with self._news:
            self._over = True
            self._news.notify()

    def _greet(self) -> bool:
        data = self._channel.receive(HANDSHAKE_SECONDS)
        if data is None:
            return False
        if parse_hello(data).version != PROTOCOL_VERSION:
            self._channel.send(encode(Unwelcome()))
            return False
        self._channel.settled()
        self._channel.send(encode(Welcome(process=os.getpid(), folder=_working_folder())))
        return True

    def _answer(self, request: Request) -> Reply:
        try:
            return self._carry_out(request)
        except Exception as error:  # also a fault of ours must end neither camera nor session
            return Failed(id=request.id, error=Explanation.of(statement_of(error)))

    def _carry_out(self, request: Request) -> Reply:
        match request:
            case GetStatus():
                return StatusReply(id=request.id, status=self._camera.status())
            case ChangeSetting():
                self._camera.change(request.name, request.value)
            case Subscribe():
                with self._news:
                    self._period, self._due = request.period, time.monotonic()
                    self._news.notify()
            case ShowPreview(on=True):
                path = self._camera.show_preview_to(self)
                return PreviewAt(id=request.id, path=str(path))
            case ShowPreview():
                self._camera.hide_preview_from(self)
            case Stop():
                self._camera.stop()
        return Done(id=request.id)

    def _refuse(self, error: MessageMalformed) -> None:
        message: Message = Failed(id=0, error=Explanation.of(error.statement))
        try:
            self._channel.send(encode(message))
        except ControlConnectionLost:
            return

    def _tell(self, event: Event) -> None:
        """Take an event of the camera, from any thread."""
        with self._news:
            if self._due is not None or isinstance(event, EndingEvent):
                self._events.append(event)
                self._news.notify()

    def _push(self) -> None:
        try:
            while self._push_next():
                pass
        except ControlConnectionLost:
            pass
        finally:
            # Whatever ended it: a program that subscribed is not left waiting.
            self.end()
            self._channel.interrupt()

    def _push_next(self) -> bool:
        """Wait for events or the time of the next status, and send them; False at the end."""
        with self._news:
            self._news.wait_for(
                lambda: self._over or self._events or self._wait_seconds() == 0,
                self._wait_seconds(),
            )
            events, over = tuple(self._events), self._over
            self._events.clear()
            due = self._wait_seconds() == 0
            if due:
                self._due = time.monotonic() + self._period
        for event in events:
            self._channel.send(encode(event))
        if due and not over:
            self._channel.send(encode(StatusEvent(status=self._camera.status())))
        return not over

    def _wait_seconds(self) -> float | None:
        """Until the next status; None without a subscription."""
        return None if self._due is None else max(0.0, self._due - time.monotonic())


def _working_folder() -> str:
    try:
        return str(Path.cwd())
    except OSError:
        # It was removed while the camera runs.
        return str(Path(os.sep))
