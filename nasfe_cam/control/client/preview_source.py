"""A source that reads the webcam's pictures from the running camera, which holds the webcam."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from nasfe_cam.control.client.preview_reader import PreviewReader
from nasfe_cam.core.errors import CameraLost
from nasfe_cam.core.frame import Frame
from nasfe_cam.sources.base import SourceDescription

_NAME = "preview"
_POLL_SECONDS = 0.01
_PATIENCE_SECONDS = 10.0


class PreviewSource:
    """Delivers what the camera saw, untouched, from the ring of the preview.

    Most webcams can be opened only once, so while the camera runs its pictures come
    from the camera. Somebody must be looking, see `CameraClient.show_preview`.

    Args:
        ring: see `Endpoint.preview_ring`.
    """

    def __init__(self, ring: Path) -> None:
        self._reader = PreviewReader(ring)
        self._size = (0, 0)
        self._closed = threading.Event()

    def describe(self) -> SourceDescription:
        """The source; its size is 0 x 0 before the first picture."""
        width, height = self._size
        return SourceDescription(_NAME, width, height, 30.0, live=True)

    def read(self) -> Frame | None:
        """The next picture; None after `close`; raises CameraLost when none comes."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not self._closed.is_set():
            pair = self._reader.newest()
            if pair is not None and pair.index >= 0:
                image = pair.untouched.copy()
                self._size = (image.shape[1], image.shape[0])
                return Frame(image, pair.captured_at, pair.index)
            if time.monotonic() > deadline:
                raise CameraLost(_NAME)
            self._closed.wait(_POLL_SECONDS)
        return None

    def close(self) -> None:
        """Wake a `read` that waits; the ring is let go of by the next one who looks."""
        self._closed.set()
        self._reader.close()
