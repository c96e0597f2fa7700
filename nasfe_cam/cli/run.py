"""`nasfe-cam run`: the live camera."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

import typer
from rich.console import Console
from rich.status import Status as Spinner

from nasfe_cam.cli.options import with_settings
from nasfe_cam.control.announcer import Announcer
from nasfe_cam.control.endpoint import Claim, default_endpoint
from nasfe_cam.control.error_log import ErrorLog
from nasfe_cam.control.errors import CameraRunsAlready, ControlError
from nasfe_cam.control.messages import EndReason, ErrorEvent, Status
from nasfe_cam.control.server import ControlServer
from nasfe_cam.control.steered_camera import SteeredCamera
from nasfe_cam.live import open_pipeline
from nasfe_cam.pace import Restraint
from nasfe_cam.settings import Settings

_STATUS_PERIOD = 1.0


@with_settings(
    "source.source",
    "source.simulate_bad_webcam",
    "source.loop",
    "source.width=capture-width",
    "source.height=capture-height",
    "source.fps=capture-fps",
    "output.outputs=output",
    "output.file=output-file",
    "output.width",
    "output.height",
    "output.fps",
    "output.fit",
    "output.label",
    "output.release_after",
    "output.linger",
    "output.stale_after",
    "restore.model",
    "restore.models",
    "restore.strength",
    "restore.tone_match",
    "restore.profile",
    "restore.device",
    "restore.precision",
    "restore.threads",
    "restore.rate",
    "restore.observe_rate",
    "tracking.fade_seconds",
)
def run(
    settings: Settings,
    seconds: float = typer.Option(0.0, min=0, help="Stop after so many seconds; 0 never."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object per second on stdout."),
    control: bool = typer.Option(
        True, help="Let other programs of yours steer this camera; one camera at a time can be."
    ),
) -> None:
    """Restore the face live, until Ctrl+C or the end of the clip."""
    console = Console(stderr=True)
    errors, announcer = ErrorLog(), Announcer()

    def report(error: Exception) -> None:
        console.print(f"[yellow]nasfe-cam:[/yellow] {error}", soft_wrap=True)
        announcer.tell(ErrorEvent(record=errors.add(error)))

    with _claim(control, report) as claim:
        pipeline = open_pipeline(settings, report)
        ring = default_endpoint().preview_ring
        camera = SteeredCamera(pipeline, settings, errors, announcer, ring, report)

        def stop(_number: int, _frame: FrameType | None) -> None:
            camera.stop()

        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):  # Windows has no SIGHUP: the end of the terminal
                signal.signal(getattr(signal, name), stop)
        began = time.monotonic()
        pipeline.start()
        line = console.status("starting", spinner="dots")
        with _served(claim, camera, report), ExitStack() as turning:
            turning.callback(line.stop)
            if console.is_terminal:
                line.start()
            while not pipeline.wait(_STATUS_PERIOD):
                if as_json:
                    print(camera.status().model_dump_json(), flush=True)
                if console.is_terminal:
                    _show(camera.status(), line)
                if seconds and time.monotonic() - began >= seconds:
                    camera.stop()
            camera.announce_end(EndReason.FINISHED)


@contextmanager
def _claim(wanted: bool, report: Callable[[Exception], None]) -> Iterator[Claim | None]:
    """The endpoint while the camera runs; None where other programs cannot steer it.

    Raises:
        CameraRunsAlready: another camera has it.
    """
    claim = None
    if wanted:
        try:
            claim = Claim(default_endpoint())
        except CameraRunsAlready:
            raise
        except ControlError as error:
            report(error)
    try:
        yield claim
    finally:
        if claim is not None:
            claim.close()


@contextmanager
def _served(
    claim: Claim | None, camera: SteeredCamera, report: Callable[[Exception], None]
) -> Iterator[None]:
    """Let other programs steer the camera inside the block, where they can."""
    server = None
    if claim is not None:
        try:
            server = ControlServer(claim, camera)
        except ControlError as error:
            report(error)
    try:
        yield
    finally:
        if server is not None:
            server.close()


def _show(status: Status, line: Spinner) -> None:
    if status.resting:
        # Its spinner turns twelve times a second, more than all else that a resting program does.
        line.stop()
        return
    line.update(_words(status))
    line.start()


def _words(status: Status) -> str:
    return (
        f"{status.fps:.0f} fps, {status.latency_ms.p50:.0f} ms, "
        f"{sum(status.dropped.values())} dropped, {_effort_words(status)}on {status.device}"
    )


def _effort_words(status: Status) -> str:
    """Nothing while all is done; else what is done, and why no more."""
    if status.restore_less_because is None:
        return ""
    why = (
        "on battery" if status.restore_less_because is Restraint.BATTERY else "the machine is busy"
    )
    every = status.restore_every
    done = f"one frame in {every} restored" if every else "not restored for now"
    return f"{done} ({why}), "
