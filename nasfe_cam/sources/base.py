"""The interface of every source of pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from nasfe_cam.core.frame import Frame


@dataclass(frozen=True, slots=True)
class SourceDescription:
    """What a source says about itself.

    Attributes:
        name: camera name or file name, as shown to the user.
        width: pixels, as delivered (after rotation); single frames may differ.
        height: pixels, as delivered (after rotation); single frames may differ.
        fps: nominal frames per second: what the file or the driver states, and
            what was asked for where nothing is stated.
        live: True for a camera, whose frames are lost when nobody reads them.
        measured_fps: frames per second that really arrive lately; None for
            files, and until a camera has delivered enough to tell.
    """

    name: str
    width: int
    height: int
    fps: float
    live: bool
    measured_fps: float | None = None


class Source(Protocol):
    """Delivers pictures one after another, in real time.

    Opening happens in the constructor, which raises the `SourceError` family.
    One thread reads; any thread may close.
    """

    def describe(self) -> SourceDescription:
        """The source as it is now; cheap, callable from any thread."""
        ...

    def read(self) -> Frame | None:
        """Wait until the next picture is due and return it.

        Returns:
            A frame whose image is H x W x 3, uint8, BGR, 0..255, C-contiguous;
            whose `captured_at` is `time.monotonic()` at delivery; and whose
            `index` counts the pictures of the source, so that gaps are
            pictures that were skipped because the reader was late. The image
            may be read-only and is never written to by the source again.
            None means the end: of a file that is not looped, or of a source
            that was closed.

        Raises:
            SourceError: the camera was lost or the file became unreadable.
                The source is then of no more use but to be closed.
        """
        ...

    def close(self) -> None:
        """Release the device or file; wakes a `read` that waits. Repeatable."""
        ...
