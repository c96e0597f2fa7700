"""The states of a camera, as seen by a program that controls it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nasfe_cam.core.statement import Statement


class Phase(StrEnum):
    """What the camera does, as far as that program can tell."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    ENDING = "ending"
    RESTARTING = "restarting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CameraState:
    """A moment in the life of the camera.

    Attributes:
        phase: what it does.
        problem: what to tell the user; None where the phase says it all.
        process: process number while it runs.
        finished: it stopped by itself, at the end of a clip.
    """

    phase: Phase
    problem: Statement | None = None
    process: int | None = None
    finished: bool = False
