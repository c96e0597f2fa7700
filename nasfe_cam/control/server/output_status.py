"""The current state of an output, as the protocol describes it."""

from __future__ import annotations

import time
from typing import Protocol, runtime_checkable

from nasfe_cam.control.protocol.messages import OutputCondition, OutputStatus
from nasfe_cam.sinks.base import Sink
from nasfe_cam.sinks.file import VideoFile
from nasfe_cam.sinks.virtual_camera import VirtualCamera
from nasfe_cam.vcam_host.shared_frames import OutputState

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


def output_status(output: Sink) -> OutputStatus:
    """Ask the output; callable from any thread, also after the output was closed."""
    condition = OutputCondition.SHOWING
    if isinstance(output, VirtualCamera):
        feedback = output.feedback
        alive = feedback.alive(time.monotonic())
        condition = _CONDITIONS[feedback.state] if alive else OutputCondition.STARTING
    elif isinstance(output, VideoFile) and output.lost:
        condition = OutputCondition.LOST
    watchers = output.watchers if isinstance(output, Watched) else None
    return OutputStatus(name=output.name, condition=condition, watchers=watchers)
