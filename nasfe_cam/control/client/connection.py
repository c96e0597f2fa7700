"""One connection to a running camera."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from nasfe_cam.config.names import SettingValue
from nasfe_cam.control.protocol.channel import Channel, open_channel
from nasfe_cam.control.protocol.endpoint import Endpoint, default_endpoint, is_claimed
from nasfe_cam.control.protocol.errors import (
    CameraDidNotAnswer,
    CameraNotRunning,
    ControlConnectionLost,
    ControlRefused,
    ControlVersionUnknown,
    MessageMalformed,
    RequestRefused,
)
from nasfe_cam.control.protocol.messages import (
    PROTOCOL_VERSION,
    ChangeSetting,
    EndingEvent,
    EndReason,
    ErrorEvent,
    Event,
    Failed,
    GetStatus,
    Hello,
    PreviewAt,
    Reply,
    Request,
    ShowPreview,
    Status,
    StatusEvent,
    StatusReply,
    Stop,
    Subscribe,
    Welcome,
    encode,
    parse_answer,
    parse_from_camera,
)

ANSWER_SECONDS = 10.0
STOP_SECONDS = 5.0
# Opening a camera may take eight seconds, and closing the one before two.
CHANGE_SECONDS = 30.0
_START_PATIENCE_SECONDS = 15.0
_RETRY_SECONDS = 0.05
_TICK = 1.0


class CameraClient:
    """Controls a camera; any thread may call any method, except from the callbacks.

    Attributes:
        process: process number of the camera.
        folder: its working folder.
        end_reason: why it ends, once it has said so; None while it runs, and after
            a crash.
    """

    def __init__(
        self,
        channel: Channel,
        on_event: Callable[[Event], None] = lambda event: None,
        on_lost: Callable[[], None] = lambda: None,
    ) -> None:
        """Greet the camera of a new channel; `attach` is the usual way.

        Args:
            channel: authenticated; the client's to close.
            on_event: told what was subscribed, and the end; in the client's thread,
                in which no method of the client may be called.
            on_lost: told once, in the same thread, when the connection is gone
                without `close`.

        Raises:
            ControlVersionUnknown: the camera is of another version.
            ControlConnectionLost, MessageMalformed: it is no camera, or it ended.
        """
        self._channel = channel
        self._on_event = on_event
        self._on_lost = on_lost
        self._numbers = itertools.count(1)
        self._waiting: dict[int, Future[Reply]] = {}
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._gone = threading.Event()
        self.end_reason: EndReason | None = None
        try:
            welcome = _greet(channel)
        except BaseException:
            channel.close()
            raise
        self.process = welcome.process
        self.folder = Path(welcome.folder)
        self._thread = threading.Thread(target=self._receive, name="control-client", daemon=True)
        self._thread.start()

    @classmethod
    def attach(
        cls,
        endpoint: Endpoint | None = None,
        on_event: Callable[[Event], None] = lambda event: None,
        on_lost: Callable[[], None] = lambda: None,
        patience: float = _START_PATIENCE_SECONDS,
    ) -> CameraClient:
        """Connect to the camera that runs, or is starting, in this user's session.

        Args:
            endpoint: None for the one of this user.
            on_event, on_lost: see the class.
            patience: seconds to wait for a camera that is starting.

        Raises:
            CameraNotRunning: there is none; told at once.
            CameraDidNotAnswer: there is one, but it did not listen within `patience`.
            ControlRefused, ControlVersionUnknown: there is one, but not for us.
        """
        place = default_endpoint() if endpoint is None else endpoint
        deadline = time.monotonic() + patience
        while True:
            starting = is_claimed(place)
            try:
                return cls(open_channel(place), on_event, on_lost)
            except (CameraNotRunning, ControlConnectionLost):
                if not starting:
                    raise CameraNotRunning from None
            except ControlRefused:
                # While one camera ends and another begins, the token is not its own yet.
                if time.monotonic() > deadline or not starting:
                    raise
            if time.monotonic() > deadline:
                raise CameraDidNotAnswer(patience)
            time.sleep(_RETRY_SECONDS)

    def status(self) -> Status:
        """What the camera does now; raises like `change`."""
        reply = self._ask(GetStatus(id=next(self._numbers)))
        assert isinstance(reply, StatusReply)
        return reply.status

    def change(self, name: str, value: SettingValue) -> None:
        """Change a live setting; it has taken effect, or begun to, on return.

        Args:
            name: dotted, such as "restore.retouch".
            value: its new value, or text that can be converted.

        Raises:
            RequestRefused: what the camera says why not.
            ControlConnectionLost, CameraDidNotAnswer: the camera is gone, or stuck.
        """
        self._ask(ChangeSetting(id=next(self._numbers), name=name, value=value), CHANGE_SECONDS)

    def subscribe(self, period: float = 1.0) -> None:
        """Have `on_event` called with the status every `period` seconds, and errors at once."""
        self._ask(Subscribe(id=next(self._numbers), period=period))

    def show_preview(self) -> Path:
        """Begin to look; returns the ring file for a `PreviewReader`; raises like `change`."""
        reply = self._ask(ShowPreview(id=next(self._numbers), on=True))
        assert isinstance(reply, PreviewAt)
        return Path(reply.path)

    def hide_preview(self) -> None:
        """End looking; so does `close`, and the end of this process."""
        self._ask(ShowPreview(id=next(self._numbers), on=False))

    def stop(self) -> None:
        """Ask the camera to end; returns when it has begun to; raises like `change`."""
        self._ask(Stop(id=next(self._numbers)), STOP_SECONDS)

    def wait_until_gone(self, timeout: float) -> bool:
        """Wait until the camera has closed this connection; True if it has."""
        return self._gone.wait(timeout)

    def close(self) -> None:
        """Disconnect from the camera, which keeps running."""
        self._closing.set()
        self._channel.interrupt()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _ask(self, request: Request, seconds: float = ANSWER_SECONDS) -> Reply:
        answer: Future[Reply] = Future()
        with self._lock:
            if self._gone.is_set():
                raise ControlConnectionLost
            self._waiting[request.id] = answer
        try:
            self._channel.send(encode(request))
            reply = answer.result(seconds)
        except TimeoutError:
            raise CameraDidNotAnswer(seconds) from None
        finally:
            with self._lock:
                self._waiting.pop(request.id, None)
        if isinstance(reply, Failed):
            raise RequestRefused(reply.error.statement)
        return reply

    def _receive(self) -> None:
        try:
            while not self._closing.is_set():
                data = self._channel.receive(_TICK)
                if data is not None:
                    self._take(parse_from_camera(data))
        except (ControlConnectionLost, MessageMalformed):
            pass
        finally:
            # Whatever ended this thread, such as a fault in `on_event`: nobody waits for it.
            self._let_go()
            if not self._closing.is_set():
                self._on_lost()

    def _let_go(self) -> None:
        with self._lock:
            self._gone.set()
            waiting = tuple(self._waiting.values())
            self._waiting.clear()
        for answer in waiting:
            answer.set_exception(ControlConnectionLost())
        self._channel.close()

    def _take(self, message: Reply | Event) -> None:
        match message:
            case StatusEvent() | ErrorEvent() | EndingEvent():
                if isinstance(message, EndingEvent):
                    self.end_reason = message.reason
                self._on_event(message)
            case _:
                with self._lock:
                    answer = self._waiting.pop(message.id, None)
                if answer is not None:
                    answer.set_result(message)


def _greet(channel: Channel) -> Welcome:
    channel.send(encode(Hello()))
    data = channel.receive(ANSWER_SECONDS)
    if data is None:
        raise ControlConnectionLost
    answer = parse_answer(data)
    if not isinstance(answer, Welcome) or answer.version != PROTOCOL_VERSION:
        raise ControlVersionUnknown(answer.version, PROTOCOL_VERSION)
    return answer
