"""`nasfe-cam run`: the live camera."""

from __future__ import annotations

import json
import signal
import time
from dataclasses import asdict
from types import FrameType

import psutil
import typer
from rich.console import Console

from nasfe_cam.cli.options import with_settings
from nasfe_cam.keeping_pace import KeepingPace
from nasfe_cam.live import open_pipeline
from nasfe_cam.pipeline import Pipeline
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
    "restore.strength",
    "restore.tone_match",
    "restore.profile",
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
) -> None:
    """Restore the face live, until Ctrl+C or the end of the clip."""
    console = Console(stderr=True)
    pipeline = open_pipeline(
        settings,
        lambda error: console.print(f"[yellow]nasfe-cam:[/yellow] {error}", soft_wrap=True),
    )

    def stop(_number: int, _frame: FrameType | None) -> None:
        pipeline.stop()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    began = time.monotonic()
    pipeline.start()
    with console.status("starting", spinner="dots") as line:
        while not pipeline.wait(_STATUS_PERIOD):
            if as_json:
                print(json.dumps(status_of(pipeline)), flush=True)
            line.update(_words(pipeline))
            if seconds and time.monotonic() - began >= seconds:
                pipeline.stop()


def status_of(pipeline: Pipeline) -> dict[str, object]:
    """What the pipeline does now, for machines."""
    return {
        "fps": round(pipeline.meter.fps(2.0), 2),
        "latency_ms": asdict(pipeline.meter.latency()),
        "shown": pipeline.meter.frames_shown,
        "restored": pipeline.meter.frames_restored,
        "carried": pipeline.meter.frames_carried,
        "restore_every": pipeline.pace.effort.every,
        "restore_less_because": pipeline.pace.reason,
        "dropped": pipeline.dropped,
        "device": pipeline.describe_device(),
        "memory_mb": round(psutil.Process().memory_info().rss / 1e6, 1),
    }


def _words(pipeline: Pipeline) -> str:
    meter = pipeline.meter
    return (
        f"{meter.fps(2.0):.0f} fps, {meter.latency().p50:.0f} ms, "
        f"{sum(pipeline.dropped.values())} dropped, {_effort_words(pipeline.pace)}"
        f"on {pipeline.describe_device()}"
    )


def _effort_words(pace: KeepingPace) -> str:
    """Nothing while all is done; else what is done, and why no more."""
    if not pace.reason:
        return ""
    why = "the machine is busy" if pace.reason == "busy" else "on battery"
    every = pace.effort.every
    done = f"one frame in {every} restored" if every else "not restored for now"
    return f"{done} ({why}), "
