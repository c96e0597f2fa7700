"""The notice that is shown while the source gives no pictures."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

from nasfe_cam.core.errors import CameraLost, SourceError
from nasfe_cam.core.frame import Frame
from nasfe_cam.core.threads import lasting_thread
from nasfe_cam.sinks.notice_card import STARTING, render_card

__all__ = ["NOTICE_INDEX", "STARTING", "Notice", "notice_text"]

NOTICE_INDEX = -1
"""`Frame.index` of a notice."""

_PERIOD_SECONDS = 0.2


def notice_text(error: Exception) -> str:
    """What the card says about a failure of the source; a driver may raise anything."""
    return error.notice if isinstance(error, SourceError) else CameraLost.notice


class Notice:
    """Shows a card again and again, from a thread of its own, between `put_up` and `take_down`.

    Again and again, because outputs take a picture that stands still for a fault.
    The thread lets whoever put the notice up wait for a driver meanwhile.

    Args:
        show: takes the card as a frame, from that thread.
        width: of the card, in pixels.
        height: of the card, in pixels.
        name: its large line.
    """

    def __init__(self, show: Callable[[Frame], None], width: int, height: int, name: str) -> None:
        self._show = show
        self._size = (width, height)
        self._name = name
        self._down = threading.Event()
        self._thread: threading.Thread | None = None
        self._text: str | None = None

    def put_up(self, text: str) -> None:
        """Show this text, ASCII, in place of another one."""
        if text == self._text:
            return
        self.take_down()
        self._text = text
        self._down.clear()
        self._thread = lasting_thread("notice", partial(self._run, text), self._down)
        self._thread.start()

    def take_down(self) -> None:
        """Show no notice any more; without one, do nothing."""
        self._down.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._text = None

    def _run(self, text: str) -> None:
        image = render_card(*self._size, self._name, text)
        while not self._down.is_set():
            self._show(Frame(image, time.monotonic(), NOTICE_INDEX))
            self._down.wait(_PERIOD_SECONDS)
