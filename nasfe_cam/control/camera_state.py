"""The life of a camera, as a program sees it that steers it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
        text: one sentence for the user; empty where the phase says it all.
        process: process number while it runs.
    """

    phase: Phase
    text: str = ""
    process: int | None = None
