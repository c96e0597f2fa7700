"""What an output does at this moment, in the words of the protocol."""

from __future__ import annotations

import time
from typing import Protocol, runtime_checkable

from nasfe_cam.control.messages import OutputCondition, OutputStatus
from nasfe_cam.output.shared_frames import OutputState
from nasfe_cam.outputs.base import Output
from nasfe_cam.outputs.virtual_camera import VirtualCamera

_CONDITIONS = {
    OutputState.SHOWING_FRAMES: OutputCondition.SHOWING,
    OutputState.SHOWING_CARD: OutputCondition.CARD,
    OutputState.CAMERA_LOST: OutputCondition.LOST,
    OutputState.RESTING: OutputCondition.RESTING,
}


@runtime_checkable
class Watched(Protocol):
    """An output that can tell who looks at it."""

    @property
    def watchers(self) -> int | None:
        """Programs that read it now; None where that cannot be told."""


def output_status(output: Output) -> OutputStatus:
    """Ask the output; callable from any thread, also after the output was closed."""
    condition = OutputCondition.SHOWING
    if isinstance(output, VirtualCamera):
        feedback = output.feedback
        alive = feedback.alive(time.monotonic())
        condition = _CONDITIONS[feedback.state] if alive else OutputCondition.STARTING
    watchers = output.watchers if isinstance(output, Watched) else None
    return OutputStatus(name=output.name, condition=condition, watchers=watchers)
