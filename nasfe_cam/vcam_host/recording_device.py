"""A stand-in that records what it is sent, for computers without a virtual camera."""

from __future__ import annotations

import json
import time
from pathlib import Path

from nasfe_cam.vcam_host.camera import Picture, PictureKind


class RecordingDevice:
    """A `CameraDevice` that appends one JSON line per picture to a file.

    Each line holds `kind`, `index`, `mean` (blue, green, red; 0..255), `time`
    (`time.monotonic()` seconds) and `age`, the seconds since the capture; 0 for a card.
    """

    def __init__(self, path: Path, fps: float) -> None:
        """Open the file for appending.

        Args:
            path: the JSON lines file.
            fps: pictures per second to pace for.

        Raises:
            OSError: the file cannot be opened.
        """
        self._file = path.open("a", encoding="utf-8")
        self._period = 1 / fps
        self._due = time.monotonic()

    def send(self, picture: Picture) -> None:
        """Append one line and flush it, so that a reader of the file can follow."""
        now = time.monotonic()
        line = {
            "kind": picture.kind.value,
            "index": picture.index,
            "mean": [round(float(mean), 1) for mean in picture.image.mean(axis=(0, 1))],
            "time": now,
            "age": now - picture.captured_at if picture.kind is PictureKind.FRAME else 0.0,
        }
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()

    def sleep_until_next_frame(self) -> None:
        """Wait until the next picture is due; time lost is not caught up with a burst."""
        now = time.monotonic()
        self._due = max(self._due + self._period, now)
        time.sleep(self._due - now)

    def watchers(self) -> int | None:
        """Nobody knows who will read the file."""
        return None

    def wait_for_reader(self, seconds: float) -> None:
        """There is one already."""

    def close(self) -> None:
        """Close the file."""
        self._file.close()
