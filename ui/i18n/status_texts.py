"""What the camera tells, in words for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PyQt6.QtCore import QCoreApplication

from nasfe_cam.control.client.camera_state import CameraState, Phase
from nasfe_cam.control.client.unrestored import why_unrestored
from nasfe_cam.control.protocol.messages import OutputCondition, OutputStatus, Status
from ui.i18n.translated_statements import worded

translate = QCoreApplication.translate

_CAMERA = "virtual camera"


class Tone(StrEnum):
    """How good the news is."""

    IDLE = "idle"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class StatusText:
    """One line about the state of the camera."""

    text: str
    tone: Tone


def state_words(state: CameraState, status: Status | None) -> StatusText:
    """Whether the camera runs, and who gets its picture."""
    match state.phase:
        case Phase.STOPPED if state.finished:
            return StatusText(
                translate("words", "The clip has ended, and the camera is off"), Tone.IDLE
            )
        case Phase.STOPPED:
            return StatusText(translate("words", "The camera is off"), Tone.IDLE)
        case Phase.STARTING:
            return StatusText(translate("words", "Starting the camera …"), Tone.IDLE)
        case Phase.ENDING:
            return StatusText(translate("words", "The camera is being switched off …"), Tone.IDLE)
        case Phase.RESTARTING:
            return StatusText(
                translate("words", "The camera stopped unexpectedly and is being started again …"),
                Tone.WARNING,
            )
        case Phase.FAILED:
            return StatusText(translate("words", "The camera could not start"), Tone.BAD)
    if state.problem is not None:
        return StatusText(translate("words", "The camera does not answer"), Tone.BAD)
    return (
        StatusText(translate("words", "The camera is on"), Tone.GOOD)
        if status is None
        else _on(status)
    )


def status_line(status: Status) -> str:
    """Why less is done than could be, pictures per second, delay and device, in one line."""
    fps = round(status.fps)
    text = translate("words", "{fps} pictures per second  ·  {delay} ms delay")
    if fps == 1:
        text = translate("words", "1 picture per second  ·  {delay} ms delay")
    speed = text.format(fps=fps, delay=f"{status.latency_ms.p50:.0f}")
    why = why_unrestored(status)
    # First, since the end is cut off in a narrow window.
    reason = "" if why is None else worded(why.statement)
    parts = (reason[:1].upper() + reason[1:], speed, status.device or "")
    return "  ·  ".join(part for part in parts if part)


def device_words(status: Status) -> str:
    """What computes, and why that."""
    if status.device is None:
        return translate("words", "The repair is starting.")
    reasons = "; ".join(worded(reason.statement) for reason in status.device_reasons)
    return translate("words", "Computed by {device}: {reason}.").format(
        device=status.device, reason=reasons.rstrip(".")
    )


def _on(status: Status) -> StatusText:
    if status.source_lost:
        return StatusText(
            translate("words", "The camera was unplugged; viewers see a notice"), Tone.WARNING
        )
    cameras = [output for output in status.outputs if output.name == _CAMERA]
    if not cameras:
        return StatusText(
            translate("words", "Preview only: no other program gets the picture"), Tone.IDLE
        )
    return _virtual_camera(cameras[0])


def _virtual_camera(output: OutputStatus) -> StatusText:
    match output.condition:
        case OutputCondition.STARTING:
            return StatusText(translate("words", "The virtual camera is being opened …"), Tone.IDLE)
        case OutputCondition.LOST:
            return StatusText(translate("words", "The virtual camera is gone"), Tone.BAD)
        case OutputCondition.CARD:
            return StatusText(
                translate("words", "Viewers see a notice until pictures come"), Tone.WARNING
            )
    if output.condition is OutputCondition.RESTING:
        return StatusText(translate("words", "Nobody is watching: paused"), Tone.IDLE)
    if output.watchers is None:
        return StatusText(
            translate("words", "On: choose “NASFE Camera” in your meeting"), Tone.GOOD
        )
    if output.watchers == 0:
        return StatusText(translate("words", "On, and nobody is watching"), Tone.IDLE)
    if output.watchers == 1:
        return StatusText(translate("words", "In use by 1 program"), Tone.GOOD)
    return StatusText(
        translate("words", "In use by {count} programs").format(count=output.watchers), Tone.GOOD
    )
