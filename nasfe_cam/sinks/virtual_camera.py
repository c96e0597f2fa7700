"""The virtual camera that meetings see, held by the output program."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from nasfe_cam.core.errors import (
    OutputError,
    VirtualCameraForbidden,
    VirtualCameraMissing,
)
from nasfe_cam.core.frame import Frame
from nasfe_cam.sinks.errors import OutputSizeFixed
from nasfe_cam.sinks.host_supervisor import HostSupervisor
from nasfe_cam.sinks.kept_ring import KeptRing, in_usable_folder
from nasfe_cam.sinks.output_program import OutputOrder, default_ring_path, start_output
from nasfe_cam.sinks.spare_program import SpareProgram
from nasfe_cam.vcam_host.device import DeviceMissing, find_loopback
from nasfe_cam.vcam_host.patience import LINGER_SECONDS, STALE_SECONDS
from nasfe_cam.vcam_host.shared_frames import Feedback, OutputState

# Python, numpy and pyvirtualcam start in half a second, on an emulated machine in four; a
# failure ends the wait at once.
_START_SECONDS = 30.0


class VirtualCamera:
    """The `Sink` that feeds the virtual camera through the output program.

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
        self._ring = KeptRing(
            ring_path or in_usable_folder(default_ring_path(label)), label, width, height
        )
        order = OutputOrder(self._ring.path, label, fps, linger, stale_after, record)
        self._closed = False
        try:
            self._supervisor = HostSupervisor(
                lambda: start_output(order),
                self._ring.feedback,
                label,
                running=self._ring.program,
                look_after=self._ring.mend,
                spare=SpareProgram(lambda: start_output(order, waits=True)),
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

    def show(self, frame: Frame) -> None:
        """Publish the frame; copies it once and does not wait.

        Raises:
            OutputError: the frame has another size, or the program has stopped
                for a new reason (it is started again with back-off).
        """
        try:
            self._ring.write(frame)
        except ValueError as error:
            raise OutputSizeFixed("The virtual camera", str(error)) from None
        self._supervisor.raise_new_failure()

    def close(self) -> None:
        """End the output program; the camera vanishes from meetings."""
        if self._closed:
            return
        self._closed = True
        self._supervisor.let_go()
        self._ring.end_reader()
        self._supervisor.close()
        self._ring.close()
