"""The virtual camera that meetings see, held by the output program."""

from __future__ import annotations

import os
import sys
import time
import warnings
from contextlib import suppress
from pathlib import Path

import platformdirs

from nasfe_cam.errors import (
    OutputError,
    VirtualCameraForbidden,
    VirtualCameraMissing,
    VirtualCameraTaken,
)
from nasfe_cam.frame import Frame
from nasfe_cam.output.device import DeviceMissing, find_loopback
from nasfe_cam.output.program import LINGER_SECONDS, STALE_SECONDS
from nasfe_cam.output.shared_frames import (
    Feedback,
    OutputState,
    RingError,
    RingInUse,
    RingMissing,
    SharedFrames,
)
from nasfe_cam.outputs.card import STARTING, render_card
from nasfe_cam.outputs.errors import FramesNotHandedOver, OutputSizeFixed
from nasfe_cam.outputs.helper_program import HelperProgram
from nasfe_cam.outputs.output_supervisor import OutputSupervisor, reader_alive

# Python, numpy and pyvirtualcam start in half a second, on an emulated machine in four; a
# failure ends the wait at once.
_START_SECONDS = 30.0
_HAND_OVER_SECONDS = 3.0


class VirtualCamera:
    """The `Output` that feeds the virtual camera through the output program.

    The program survives this process by `linger` seconds and shows the notice
    card meanwhile; a new `VirtualCamera` with the same ring takes it over, so a
    restart of the worker never takes the camera away from a meeting.
    """

    name = "virtual camera"

    def __init__(
        self,
        label: str,
        width: int,
        height: int,
        fps: float,
        *,
        ring_path: Path | None = None,
        record: Path | None = None,
        linger: float = LINGER_SECONDS,
        stale_after: float = STALE_SECONDS,
    ) -> None:
        """Start or take over the output program and wait until it shows the card.

        Args:
            label: name of the virtual camera.
            width: of every frame, in pixels; fixed for the life of the camera.
            height: of every frame, in pixels.
            fps: pictures per second sent to the camera.
            ring_path: ring file; None for the one of this label in the user's
                runtime folder.
            record: JSON lines file to write instead of using a virtual camera.
            linger: seconds for which the program outlives this process.
            stale_after: seconds without a new frame until the card is shown.

        Raises:
            VirtualCameraMissing: there is no such camera.
            VirtualCameraForbidden: this user may not open it.
            VirtualCameraTaken: it cannot be opened, or another nasfe-cam uses it.
            OutputError: the program does not start.
        """
        if sys.platform == "linux" and record is None:
            try:
                device = find_loopback(label)
            except DeviceMissing:
                raise VirtualCameraMissing(label) from None
            if not os.access(device, os.R_OK | os.W_OK):
                raise VirtualCameraForbidden(label, device)
        self._label = label
        self._size = (width, height)
        self._ring, adopt = _open_ring(ring_path or default_ring_path(label), label, width, height)
        self._ring.write_card(render_card(width, height, label, STARTING))
        arguments = ["--ring", str(self._ring.path), "--label", label]
        arguments += ["--fps", str(fps), "--linger", str(linger)]
        arguments += ["--stale-after", str(stale_after)]
        if record is not None:
            arguments += ["--record", str(record.absolute())]
        self._closed = False
        try:
            self._supervisor = OutputSupervisor(
                lambda: HelperProgram("nasfe_cam.output", arguments),
                self._ring.feedback,
                label,
                adopt=adopt,
            )
        except OutputError:
            self._ring.close()
            raise
        try:
            self._supervisor.wait_until_running(_START_SECONDS)
        except BaseException:
            self.close()
            raise

    @property
    def feedback(self) -> Feedback:
        """What the output program last reported; of use until `close`."""
        return self._ring.feedback()

    @property
    def watched(self) -> bool:
        """Whether a program reads the camera, or may; the platforms but Linux do not tell."""
        return self._closed or self._ring.reader_state() is not OutputState.RESTING

    @property
    def watchers(self) -> int | None:
        """Programs that read the camera now; None where that cannot be told."""
        feedback = self.feedback
        return feedback.watchers if feedback.alive(time.monotonic()) else None

    @property
    def latency(self) -> float | None:
        """Seconds from capture to the camera of the last frame shown; None before the first."""
        feedback = self._ring.feedback()
        return feedback.last_latency if feedback.last_index >= 0 else None

    def set_card(self, text: str) -> None:
        """Change the small line of the notice card, such as "camera paused"; ASCII."""
        width, height = self._size
        self._ring.write_card(render_card(width, height, self._label, text))

    def show(self, frame: Frame) -> None:
        """Publish the frame; copies it once and does not wait.

        Raises:
            OutputError: the frame has another size, or the program has stopped
                for a new reason (it is started again with back-off).
        """
        try:
            self._ring.write(frame.image, frame.captured_at, frame.index)
        except ValueError as error:
            raise OutputSizeFixed("The virtual camera", str(error)) from None
        self._supervisor.raise_new_failure()

    def close(self) -> None:
        """End the output program; the camera vanishes from meetings."""
        if self._closed:
            return
        self._closed = True
        self._supervisor.let_go()
        _end_reader(self._ring)
        self._supervisor.close()
        self._ring.close()

    def hand_over(self) -> None:
        """Close, but leave the card showing for the next worker; for a planned restart."""
        if self._closed:
            return
        self._closed = True
        self._supervisor.let_go()
        self._ring.close(keep_file=True)


def default_ring_path(label: str) -> Path:
    """The ring file of a virtual camera; the same for every worker of this user."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in label.lower())
    with warnings.catch_warnings():
        # Sessions without a runtime folder get one in /tmp, which is no news to the user.
        warnings.simplefilter("ignore")
        return platformdirs.user_runtime_path("nasfe-cam") / f"{plain}.ring"


def _open_ring(path: Path, label: str, width: int, height: int) -> tuple[SharedFrames, bool]:
    """The ring to write, and whether an output program reads it already."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if hasattr(os, "getuid") and path.parent.stat().st_uid != os.getuid():
            # In /tmp anybody can be first to make the folder.
            raise FramesNotHandedOver(path.parent, "it belongs to another user")
        ring = _attach(path)
        if ring is not None:
            fits = (ring.width, ring.height) == (width, height)
            if reader_alive(ring.feedback()) and fits:
                ring.request_stop(False)
                return ring, True
            _end_reader(ring)
            ring.close()
        return SharedFrames.create(path, width, height), False
    except RingInUse:
        raise VirtualCameraTaken(label, "another nasfe-cam uses it") from None
    except RingError as error:
        raise FramesNotHandedOver(path.parent, str(error)) from None
    except OSError as error:
        raise FramesNotHandedOver(path.parent, error.strerror or str(error)) from None


def _attach(path: Path) -> SharedFrames | None:
    try:
        return SharedFrames.attach(path, writer=True)
    except RingMissing:
        return None
    except RingInUse:
        raise
    except RingError:
        # Left by another version, or half made when the machine went down.
        with suppress(OSError):
            path.unlink()
        return None


def _end_reader(ring: SharedFrames) -> None:
    """Ask the program to end and wait until the camera is free for a successor."""
    ring.request_stop()
    deadline = time.monotonic() + _HAND_OVER_SECONDS
    while reader_alive(ring.feedback()) and time.monotonic() < deadline:
        time.sleep(0.02)
