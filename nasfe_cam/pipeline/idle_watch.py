"""Whether anybody sees the pictures: while nobody does, the webcam is let go of."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

# Together with what the output program needs to notice a reader, well within half a second.
_LOOK_SECONDS = 0.1


class IdleWatch:
    """Those who watch the outputs.

    Used from one thread.

    Args:
        watched: whether anybody watches at this moment; cheap.
        patience: seconds without anybody until they count as gone, so that a
            camera switched off and on in a meeting does not wait for the webcam;
            0 for never.
    """

    def __init__(self, watched: Callable[[], bool], patience: float) -> None:
        self._watched = watched
        self._patience = patience
        self._alone_since: float | None = None

    def gone(self) -> bool:
        """Whether nobody has watched for as long as the patience lasts; cheap."""
        if self._patience == 0 or self._watched():
            self._alone_since = None
            return False
        now = time.monotonic()
        if self._alone_since is None:
            self._alone_since = now
        return now - self._alone_since >= self._patience

    def wait(self, stopping: threading.Event) -> None:
        """Return when somebody watches, or when `stopping` is set."""
        while not self._watched() and not stopping.wait(_LOOK_SECONDS):
            pass
        self._alone_since = None
