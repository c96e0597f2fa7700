"""The output that only counts, for measuring and for running without any other."""

from __future__ import annotations

from nasfe_cam.core.frame import Frame


class NullSink:
    """An `Sink` that drops every picture.

    Attributes:
        shown: how many pictures it was given.
    """

    name = "nothing"
    watched = True

    def __init__(self) -> None:
        self.shown = 0

    def show(self, frame: Frame) -> None:
        """Count the picture."""
        self.shown += 1

    def close(self) -> None:
        """Do nothing."""
