"""Starts the output program, which holds the virtual camera."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nasfe_cam.core.user_files import UserFolder, user_folder
from nasfe_cam.processes.heartbeat import is_stopped
from nasfe_cam.sinks.helper_program import AdoptedProgram, HelperProgram
from nasfe_cam.vcam_host.shared_frames import RingError, SharedFrames


@dataclass(frozen=True, slots=True)
class OutputOrder:
    """What an output program is to do.

    Attributes:
        ring: the file that it reads frames from.
        label: name of the virtual camera.
        fps: pictures per second.
        linger: seconds for which it outlives its worker.
        stale_after: seconds without a new frame until the card is shown.
        record: JSON lines file to write instead of using a virtual camera.
    """

    ring: Path
    label: str
    fps: float
    linger: float
    stale_after: float
    record: Path | None = None


def default_ring_path(label: str) -> Path:
    """The ring file of a virtual camera; the same for every worker of this user."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in label.lower())
    return user_folder(UserFolder.RUNTIME) / f"{plain}.ring"


def start_output(order: OutputOrder, *, waits: bool = False) -> HelperProgram:
    """Start an output program.

    Args:
        order: what it is to do.
        waits: it only gets ready, and begins when it is called.

    Raises:
        OSError: no process could be started.
    """
    arguments = ["--ring", str(order.ring), "--label", order.label, "--fps", str(order.fps)]
    arguments += ["--linger", str(order.linger), "--stale-after", str(order.stale_after)]
    if order.record is not None:
        arguments += ["--record", str(order.record.absolute())]
    if waits:
        arguments += ["--wait"]
    return HelperProgram("nasfe_cam.vcam_host", arguments, reads_input=waits)


def revive_output(order: OutputOrder) -> HelperProgram | None:
    """Start the output program again where its worker is gone and it is, too.

    The next worker takes it over; the card is shown until then.

    Returns:
        None where it runs, has never run, or there is a worker, which looks after it.
    """
    try:
        with SharedFrames.attach(order.ring) as ring:
            feedback = ring.feedback()
            if feedback.process == 0 or ring.writer_alive():
                return None
    except RingError:
        return None
    program = AdoptedProgram.of(feedback, str(order.ring))
    if program is not None:
        if not is_stopped(program.process):
            return None
        program.kill()
    try:
        return start_output(order)
    except OSError:
        return None
