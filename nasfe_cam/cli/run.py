"""`nasfe-cam run`: the live camera."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.markup import escape
from rich.status import Status as Spinner

from nasfe_cam.cli.parser.options import with_settings
from nasfe_cam.cli.terminal import complain, print_line, shown
from nasfe_cam.config.settings import OutputKind, OutputSettings, Settings
from nasfe_cam.control.client.unrestored import NoFaceFound, why_unrestored
from nasfe_cam.control.protocol.endpoint import Claim, default_endpoint
from nasfe_cam.control.protocol.errors import CameraDidNotEnd, CameraRunsAlready, ControlError
from nasfe_cam.control.protocol.messages import EndReason, ErrorEvent, Status
from nasfe_cam.control.server.error_log import ErrorLog
from nasfe_cam.control.server.event_bus import EventBus
from nasfe_cam.control.server.server import ControlServer
from nasfe_cam.control.server.steered_camera import SteeredCamera
from nasfe_cam.core.errors import StandardOutputFailed
from nasfe_cam.core.reporting import Report, guarded
from nasfe_cam.core.user_files import FileKind, expanded, kind_of
from nasfe_cam.pipeline.factory import open_pipeline
from nasfe_cam.pipeline.given_names import require_given
from nasfe_cam.pipeline.pipeline import Pipeline
from nasfe_cam.processes.end_requests import EndRequests
from nasfe_cam.sinks.leftovers import sweep_leftovers

_STATUS_PERIOD = 1.0
# Stages are given ten seconds each to finish what they have; a driver may need them all.
_END_SECONDS = 30.0


@with_settings(
    "source.source",
    "source.simulate_bad_webcam",
    "source.loop",
    "source.width=capture-width",
    "source.height=capture-height",
    "source.fps=capture-fps",
    "output.outputs=output",
    "output.file=output-file",
    "output.replace",
    "output.width",
    "output.height",
    "output.fps",
    "output.fit",
    "output.auto_framing",
    "output.label",
    "output.release_after",
    "output.linger",
    "output.stale_after",
    "restore.model",
    "restore.models",
    "restore.light",
    "restore.retouch",
    "restore.white_balance",
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
    given: frozenset[str],
    seconds: float = typer.Option(
        0.0, min=0, metavar="NUMBER", help="Stop after this many seconds; 0 for never."
    ),
    as_json: bool = typer.Option(False, "--json", help="One JSON object per second on stdout."),
    control: bool = typer.Option(
        True, help="Let your other programs control this camera; only one camera at a time can be."
    ),
) -> None:
    """Restore the face live, until Ctrl+C or the end of the clip."""
    require_given(settings, given)
    console = Console(stderr=True)
    errors, announcer = ErrorLog(), EventBus()

    def tell(error: Exception) -> None:
        announcer.tell(ErrorEvent(record=errors.add(error)))
        complain(error, console)

    report = guarded(tell)
    sweep_leftovers()
    with _claim(control, report) as claim:
        pipeline = open_pipeline(settings, report)
        ring = default_endpoint().preview_ring
        camera = SteeredCamera(pipeline, settings, errors, announcer, ring, report)
        began = time.monotonic()
        with _running(pipeline, camera), _served(claim, camera, report), _spinner(console) as line:
            printing = as_json
            while not pipeline.wait(_STATUS_PERIOD):
                camera.forget_deleted_person()
                if printing:
                    printing = _print_status(camera.status(), report)
                if line is not None:
                    _show(camera.status(), line)
                if seconds and time.monotonic() - began >= seconds:
                    camera.stop()
            camera.announce_end(EndReason.FINISHED)
    if not as_json:
        _say_that_there_was_no_face(pipeline, console)
        _say_what_was_written(settings.output, pipeline, console)


def _say_that_there_was_no_face(pipeline: Pipeline, console: Console) -> None:
    """Say it at the end, to whoever wonders why nothing was restored."""
    meter = pipeline.meter
    if meter.frames_searched and not meter.frames_with_face:
        missed = NoFaceFound().statement
        console.print(
            f"{missed.text[0].upper()}{missed.text[1:]}. {missed.next_step}", soft_wrap=True
        )


def _say_what_was_written(output: OutputSettings, pipeline: Pipeline, console: Console) -> None:
    """Say where the video file is and what is in it, if there is one."""
    meter = pipeline.meter
    path = expanded(output.file)
    if OutputKind.FILE not in output.outputs or not meter.frames_shown:
        return
    if kind_of(path) is not FileKind.FILE:
        return
    console.print(
        f"Wrote {shown(path)}: {meter.frames_shown} frames, "
        f"{meter.frames_repaired} of them restored, "
        f"{sum(pipeline.dropped.values())} dropped.",
        soft_wrap=True,
        highlight=False,
    )


@contextmanager
def _running(pipeline: Pipeline, camera: SteeredCamera) -> Iterator[None]:
    """Start the pipeline; however the block is left, it is stopped in order."""
    with EndRequests(camera.stop):
        pipeline.start()
        try:
            yield
        finally:
            camera.stop()
            if not pipeline.wait(_END_SECONDS):
                # A driver hangs, and native threads would abort the interpreter at its end.
                complain(CameraDidNotEnd(_END_SECONDS))
                os._exit(2)


@contextmanager
def _spinner(console: Console) -> Iterator[Spinner | None]:
    """The status line of a terminal; None where there is none."""
    if not console.is_terminal:
        yield None
        return
    line = console.status("starting", spinner="dots")
    line.start()
    try:
        yield line
    finally:
        line.stop()


def _print_status(status: Status, report: Report) -> bool:
    """Print it for programs; False when nobody reads any more: the picture goes on."""
    try:
        print_line(status.model_dump_json())
    except StandardOutputFailed as error:
        report(error)
        return False
    return True


@contextmanager
def _claim(wanted: bool, report: Report) -> Iterator[Claim | None]:
    """The endpoint while the camera runs; None if other programs cannot control it.

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
def _served(claim: Claim | None, camera: SteeredCamera, report: Report) -> Iterator[None]:
    """Let other programs control the camera inside the block, if possible."""
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
    line.update(escape(_words(status)))
    line.start()


def _words(status: Status) -> str:
    why = why_unrestored(status)
    return ", ".join(
        (
            *([] if why is None else [str(why)]),
            f"{status.fps:.0f} frames/s",
            f"{status.latency_ms.p50:.0f} ms",
            f"{sum(status.dropped.values())} dropped",
            *([] if status.device is None else [f"on {status.device}"]),
        )
    )
