"""What the camera tells, in words for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PyQt6.QtCore import QCoreApplication

from nasfe_cam.control.camera_state import CameraState, Phase
from nasfe_cam.control.messages import NO_DEVICE_YET, OutputCondition, OutputStatus, Status
from nasfe_cam.pace import Restraint

translate = QCoreApplication.translate

_CAMERA = "virtual camera"


class Tone(StrEnum):
    """How good the news is."""

    IDLE = "idle"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Words:
    """One line about the state of the camera."""

    text: str
    tone: Tone


def state_words(state: CameraState, status: Status | None) -> Words:
    """Whether the camera runs, and who gets its picture."""
    match state.phase:
        case Phase.STOPPED:
            return Words(translate("words", "The camera is off"), Tone.IDLE)
        case Phase.STARTING:
            return Words(translate("words", "Starting the camera …"), Tone.IDLE)
        case Phase.ENDING:
            return Words(translate("words", "The camera is being switched off …"), Tone.IDLE)
        case Phase.RESTARTING:
            return Words(
                translate("words", "The camera stopped unexpectedly and is being started again …"),
                Tone.WARNING,
            )
        case Phase.FAILED:
            return Words(translate("words", "The camera could not start"), Tone.BAD)
    if state.text:
        return Words(translate("words", "The camera does not answer"), Tone.BAD)
    return (
        Words(translate("words", "The camera is on"), Tone.GOOD) if status is None else _on(status)
    )


def status_line(status: Status) -> str:
    """Pictures per second, delay, device, and why less is done than could be, in one line."""
    device = status.device
    if device == NO_DEVICE_YET:
        device = translate("words", "the network is being loaded")
    line = translate("words", "{fps} pictures per second  ·  {delay} ms delay  ·  {device}").format(
        fps=f"{status.fps:.0f}", delay=f"{status.latency_ms.p50:.0f}", device=device
    )
    if status.restore_less_because is not None and status.restore_every == 0:
        return line + "  ·  " + translate("words", "not repaired: the computer is too busy")
    match status.restore_less_because:
        case None:
            return line
        case Restraint.BATTERY:
            return line + "  ·  " + translate("words", "lighter repair to save the battery")
        case Restraint.BUSY:
            return line + "  ·  " + translate("words", "lighter repair: the computer is busy")


def device_words(status: Status) -> str:
    """What computes, and why that."""
    if status.device == NO_DEVICE_YET:
        return translate("words", "The network is being loaded.")
    return translate("words", "Computed by {device}: {reason}.").format(
        device=status.device, reason=status.device_reason.rstrip(".")
    )


def _on(status: Status) -> Words:
    if status.source_lost:
        return Words(
            translate("words", "The camera was unplugged; viewers see a notice"), Tone.WARNING
        )
    cameras = [output for output in status.outputs if output.name == _CAMERA]
    if not cameras:
        return Words(
            translate("words", "Preview only: no other program gets the picture"), Tone.IDLE
        )
    return _virtual_camera(cameras[0])


def _virtual_camera(output: OutputStatus) -> Words:
    match output.condition:
        case OutputCondition.STARTING:
            return Words(translate("words", "The virtual camera is being opened …"), Tone.IDLE)
        case OutputCondition.LOST:
            return Words(translate("words", "The virtual camera is gone"), Tone.BAD)
        case OutputCondition.CARD:
            return Words(
                translate("words", "Viewers see a notice until pictures come"), Tone.WARNING
            )
    if output.condition is OutputCondition.RESTING:
        return Words(translate("words", "Nobody is watching: paused"), Tone.IDLE)
    if output.watchers is None:
        return Words(translate("words", "On: choose “NASFE Camera” in your meeting"), Tone.GOOD)
    if output.watchers == 0:
        return Words(translate("words", "On, and nobody is watching"), Tone.IDLE)
    if output.watchers == 1:
        return Words(translate("words", "In use by 1 program"), Tone.GOOD)
    return Words(
        translate("words", "In use by {count} programs").format(count=output.watchers), Tone.GOOD
    )
