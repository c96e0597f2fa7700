"""Keeps TensorRT's log messages, because its calls return only None or False without a reason."""

from __future__ import annotations

from typing import Any, Protocol


class Log(Protocol):
    """An `ILogger` that remembers."""

    def last_error(self) -> str:
        """The last error in one line; "no reason given" if there was none."""


def make_log(trt: Any) -> Log:
    """A log for the objects of one build or one engine; it must outlive them.

    Args:
        trt: TensorRT's bindings, whose `ILogger` the log must inherit.
    """

    class RememberingLog(trt.ILogger):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self._last_error = ""

        def log(self, severity: Any, message: str) -> None:
            if severity <= trt.ILogger.Severity.ERROR:
                self._last_error = message.strip()

        def last_error(self) -> str:
            lines = self._last_error.splitlines()
            return lines[0] if lines else "no reason given"

    return RememberingLog()
