"""The output program: sends the newest frame of the ring to the virtual camera at a steady rate."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType

import numpy as np

from nasfe_cam.vcam_host.camera import (
    CameraDevice,
    CameraGone,
    CameraTaken,
    Picture,
    PictureKind,
    VirtualCameraDevice,
    load_driver,
)
from nasfe_cam.vcam_host.device import DeviceMissing
from nasfe_cam.vcam_host.exit_codes import ExitCode
from nasfe_cam.vcam_host.patience import LINGER_SECONDS, STALE_SECONDS
from nasfe_cam.vcam_host.ring_layout import Card, OutputState
from nasfe_cam.vcam_host.shared_frames import RingError, SharedFrames

_GREY = 40
_WRITER_CHECK_SECONDS = 0.25
_FIRST_RETRY_SECONDS = 0.5
_LONGEST_RETRY_SECONDS = 8.0
_LOST_POLL_SECONDS = 0.05
# How late the end may be noticed while nobody watches.
_REST_SECONDS = 0.5
# More than any loopback has buffers by default: nothing older stays readable.
_CARDS_BEFORE_REST = 10


class OutputLoop:
    """Holds the camera and sends it a picture per period until told to stop."""

    def __init__(
        self,
        ring: SharedFrames,
        open_camera: Callable[[], CameraDevice],
        *,
        stale_seconds: float = STALE_SECONDS,
        linger_seconds: float = LINGER_SECONDS,
    ) -> None:
        """Open the camera.

        Args:
            ring: attached for reading; closed by `close`, like those that take its place.
            open_camera: opens the device; called again when it went away.
            stale_seconds: without a new frame for this long, the card is shown.
            linger_seconds: time to go on after the last worker is gone.

        Raises:
            DeviceMissing, CameraTaken: whatever `open_camera` raises.
        """
        self._ring = ring
        self._open_camera = open_camera
        self._stale_seconds = stale_seconds
        self._linger_seconds = linger_seconds
        self._camera: CameraDevice | None = open_camera()
        self._retry_at = 0.0
        self._retry_seconds = _FIRST_RETRY_SECONDS
        shape = (ring.height, ring.width, 3)
        # Reading may leave a torn picture behind, so it goes into a spare.
        self._spare = np.zeros(shape, np.uint8)
        self._frame = Picture(np.zeros(shape, np.uint8), PictureKind.FRAME, -1)
        self._card = Picture(np.full(shape, _GREY, np.uint8), PictureKind.GREY, -1)
        self._frame_arrived_at: float | None = None
        self._rested_until = 0.0
        self._writer_checked_at = 0.0
        self._alone_since: float | None = None
        # The state is a new one: what a predecessor left must not pass for this camera's.
        self._feedback = replace(
            ring.feedback(), process=os.getpid(), state=OutputState.NOT_STARTED, watchers=None
        )

    def close(self) -> None:
        """Close the ring that is read now; delete it if its writer is gone."""
        self._ring.remove_orphan()
        self._ring.close()

    def run(self, stop: threading.Event) -> None:
        """Send pictures until `stop` is set, the worker asks for the end, or it stays away."""
        try:
            while not (stop.is_set() or self._ring.stop_requested or self._abandoned()):
                if self._camera is None:
                    self._reopen()
                elif self._count_watchers(self._camera) == 0:
                    self._rest(self._camera)
                else:
                    self._send(self._camera, self._next_picture())
        finally:
            self._report(OutputState.ENDED)
            if self._camera is not None:
                self._camera.close()

    def _count_watchers(self, camera: CameraDevice) -> int | None:
        watchers = camera.watchers()
        if watchers != self._feedback.watchers:
            self._feedback = replace(self._feedback, watchers=watchers)
        return watchers

    def _next_picture(self) -> Picture:
        info = self._ring.read_newest(self._spare)
        now = time.monotonic()
        # What was captured for those who left is old when somebody comes, however late it is.
        if info is not None and info.captured_at >= self._rested_until:
            fresh = Picture(self._spare, PictureKind.FRAME, info.index, info.captured_at)
            self._spare, self._frame = self._frame.image, fresh
            self._frame_arrived_at = now
            self._feedback = replace(
                self._feedback, last_index=info.index, last_latency=now - info.captured_at
            )
        arrived = self._frame_arrived_at
        # A worker that is gone sends nothing more: its last frame need not go stale first.
        if arrived is not None and now - arrived < self._stale_seconds and not self._alone_since:
            return self._frame
        return self._newest_card()

    def _newest_card(self) -> Picture:
        if self._ring.read_card(self._spare, self._which_card()):
            fresh = Picture(self._spare, PictureKind.CARD, -1)
            self._spare, self._card = self._card.image, fresh
        return self._card

    def _which_card(self) -> Card:
        if self._alone_since is not None:
            return Card.GONE
        return Card.STARTING if self._frame_arrived_at is None else Card.SILENT

    def _send(self, camera: CameraDevice, picture: Picture) -> None:
        try:
            camera.send(picture)
        except CameraGone:
            # The other side of a vanished device may fail in any way.
            with suppress(Exception):
                camera.close()
            self._camera = None
            self._feedback = replace(self._feedback, watchers=None)
            self._retry_at = time.monotonic() + self._retry_seconds
            return
        feedback = self._feedback
        if picture.kind is PictureKind.FRAME:
            self._feedback = replace(feedback, frames_shown=feedback.frames_shown + 1)
            self._report(OutputState.SHOWING_FRAMES)
        else:
            self._feedback = replace(feedback, cards_shown=feedback.cards_shown + 1)
            self._report(OutputState.SHOWING_CARD)
        self._retry_seconds = _FIRST_RETRY_SECONDS
        camera.sleep_until_next_frame()

    def _rest(self, camera: CameraDevice) -> None:
        """Nobody reads: leave the card in the camera for whoever comes, and wait."""
        if self._feedback.state is not OutputState.RESTING:
            self._frame_arrived_at = None
            for _ in range(_CARDS_BEFORE_REST):
                if self._camera is not None:
                    self._send(camera, self._newest_card())
        self._report(OutputState.RESTING)
        camera.wait_for_reader(_REST_SECONDS)
        self._rested_until = time.monotonic()

    def _reopen(self) -> None:
        self._report(OutputState.CAMERA_LOST)
        if time.monotonic() < self._retry_at:
            time.sleep(_LOST_POLL_SECONDS)
            return
        try:
            self._camera = self._open_camera()
        except (DeviceMissing, CameraTaken):
            self._retry_seconds = min(2 * self._retry_seconds, _LONGEST_RETRY_SECONDS)
            self._retry_at = time.monotonic() + self._retry_seconds

    def _abandoned(self) -> bool:
        now = time.monotonic()
        if now - self._writer_checked_at >= _WRITER_CHECK_SECONDS:
            self._writer_checked_at = now
            if self._ring.writer_alive():
                self._follow()
                self._alone_since = None
            elif not self._ring.in_place():
                # Nobody can find it any more, to take over from here.
                return True
            elif self._alone_since is None:
                self._alone_since = now
                # Nor is that frame shown again when there is another worker.
                self._frame_arrived_at = None
        return self._alone_since is not None and now - self._alone_since >= self._linger_seconds

    def _follow(self) -> None:
        """Go over to the ring that the worker made when the file of this one was removed."""
        successor = self._ring.successor()
        if successor is not None:
            self._ring.close()
            self._ring = successor

    def _report(self, state: OutputState) -> None:
        self._feedback = replace(self._feedback, state=state, reported_at=time.monotonic())
        self._ring.report(self._feedback)


def main(arguments: Sequence[str]) -> int:
    """Run the output program.

    Args:
        arguments: the command line without the program's name.

    Returns:
        The exit code; on a failure the reason was written to stderr for people, and
        to stdout for programs, as a JSON object with the field `reason`.
    """
    options = _parse(arguments)
    if options.wait and not _is_called(options):
        return ExitCode.STOPPED
    stop = _stop_on_signals()
    try:
        with SharedFrames.attach(options.ring) as ring:
            width, height = ring.width, ring.height
            loop = OutputLoop(
                ring,
                lambda: _open_camera(options, width, height),
                stale_seconds=options.stale_after,
                linger_seconds=options.linger,
            )
            with closing(loop):
                loop.run(stop)
    except RingError as error:
        return _fail(ExitCode.RING_UNREADABLE, "frames cannot be read", str(error))
    except DeviceMissing as error:
        return _fail(ExitCode.CAMERA_MISSING, "", str(error))
    except CameraTaken as error:
        what = f"virtual camera {options.label!r} cannot be opened"
        return _fail(ExitCode.CAMERA_TAKEN, what, str(error))
    except Exception as error:
        # Whatever a driver throws: one line, and the worker starts the program again.
        return _fail(1, "output program failed", f"{type(error).__name__}: {error}")
    return ExitCode.STOPPED


def _is_called(options: argparse.Namespace) -> bool:
    """Wait, with everything loaded, for a line from the worker; False where it is gone."""
    if options.record is None:
        load_driver()
    # The descriptor: on Windows a program without a console has no `sys.stdin`.
    with suppress(OSError):
        return bool(os.read(0, 1))
    return False


def _open_camera(options: argparse.Namespace, width: int, height: int) -> CameraDevice:
    if options.record is not None:
        # Loaded where it is needed: the start is short.
        from nasfe_cam.vcam_host.recording_device import RecordingDevice

        return RecordingDevice(options.record, options.fps)
    return VirtualCameraDevice(options.label, width, height, options.fps)


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()

    def set_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, set_stop)
    signal.signal(signal.SIGINT, set_stop)
    return stop


def _fail(code: int, what: str, reason: str) -> int:
    import json

    reason = " ".join(reason.split())
    # The worker at the other end of the pipes may be gone.
    with suppress(OSError, ValueError):
        line = ": ".join(part for part in ("nasfe_cam.vcam_host", what, reason) if part)
        print(line, file=sys.stderr, flush=True)
        print(json.dumps({"reason": reason}), flush=True)
    return code


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m nasfe_cam.vcam_host",
        description="Show the frames of a ring file on the virtual camera.",
    )
    parser.add_argument("--ring", type=Path, required=True, help="ring file to read")
    parser.add_argument("--label", default="NASFE Camera", help="name of the virtual camera")
    parser.add_argument("--fps", type=float, default=30.0, help="pictures per second")
    parser.add_argument(
        "--record", type=Path, help="write JSON lines here instead of using a virtual camera"
    )
    parser.add_argument(
        "--stale-after",
        type=float,
        default=STALE_SECONDS,
        help="seconds without a new frame until the notice card is shown",
    )
    parser.add_argument(
        "--linger",
        type=float,
        default=LINGER_SECONDS,
        help="seconds to go on showing the card after the worker is gone",
    )
    parser.add_argument(
        "--wait",
        action="store_true",
        help="be ready, and begin with the first line of the standard input; end with its end",
    )
    return parser.parse_args(arguments)
