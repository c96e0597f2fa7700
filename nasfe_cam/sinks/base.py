"""The interface of every output for finished pictures."""

from __future__ import annotations

from typing import Protocol

from nasfe_cam.core.frame import Frame


class Sink(Protocol):
    """Takes finished pictures, one by one.

    An output is ready when it is constructed; what is wrong with it at that time
    (no virtual camera, no display, an unwritable folder) its constructor raises
    as `OutputError`, whose text is the sentence for the user.

    All calls come from one thread. `show` is called at the rate of the pipeline
    and returns within a few milliseconds; it never waits for a device, a window
    or a meeting. Pictures come in the order of their `captured_at`, with gaps
    where pictures were dropped, and all have the size that the output was made
    for: fitting is the pipeline's work.

    One output's failure is its own. `show` raises a failure once, when it is new,
    so that the pipeline can report it and go on with the other outputs; the
    pipeline may go on calling `show`, which then does nothing until the output
    has recovered by itself, if it can.

    Attributes:
        name: for messages and statistics, such as "virtual camera".
    """

    name: str

    @property
    def watched(self) -> bool:
        """False while it is known that nobody sees the pictures; cheap, from any thread."""
        ...

    def show(self, frame: Frame) -> None:
        """Take the picture; the array is only read, and not kept after the call.

        Raises:
            OutputError: a new failure; later calls are allowed.
        """

    def close(self) -> None:
        """Finish what was begun and let go of everything; a second call does nothing.

        Raises:
            OutputError: what was shown could not be finished, such as a file on a
                full disk; everything is let go of nevertheless.
        """
