"""`nasfe-cam benchmark`: frames per second, latency and memory, with no camera needed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from nasfe_cam.cli.parser.options import with_settings
from nasfe_cam.cli.terminal import complain
from nasfe_cam.config.errors import SettingRefused
from nasfe_cam.config.settings import RestoreRate, Settings
from nasfe_cam.core.atomic_files import write_text
from nasfe_cam.measurement.benchmark import (
    BUNDLED_CLIP,
    BenchmarkResult,
    bad_clip,
    run_benchmark,
)
from nasfe_cam.sources.video import VideoSource

BAD_WEBCAM = typer.Option(
    60,
    "--simulate-bad-webcam",
    min=0,
    max=100,
    metavar="NUMBER",
    help="How bad the webcam is that is simulated, in percent.",
)


@dataclass(frozen=True, slots=True)
class _Size:
    width: int
    height: int


@with_settings(
    "output.fps",
    "restore.device",
    "restore.precision",
    "restore.threads",
    "restore.observe_rate",
)
def benchmark(
    settings: Settings,
    size: str = typer.Option("1280x720", metavar="WIDTHxHEIGHT", help="Size of the frames."),
    frames: int = typer.Option(600, min=10, metavar="NUMBER", help="Frames to measure."),
    warm_up: int = typer.Option(
        60, min=0, metavar="NUMBER", help="Frames to play first, not measured."
    ),
    clip: Path = typer.Option(
        BUNDLED_CLIP, metavar="FILE", help="Clip to play, looped.", show_default="bundled"
    ),
    bad: int = BAD_WEBCAM,
    unpaced: bool = typer.Option(
        False, "--unpaced", help="Play as fast as possible and drop nothing."
    ),
    adaptive: bool = typer.Option(
        False,
        "--adaptive",
        help="Restore less while the computer is too slow, as `run` does.",
    ),
    json_file: Path | None = typer.Option(
        None, "--json", metavar="FILE", help="Also write the result here."
    ),
) -> None:
    """Play a clip through the whole live path, restoring every frame, and measure it."""
    console = Console(stderr=True)
    wanted = _parse_size(size)
    rate = RestoreRate.AUTO if adaptive else RestoreRate.EVERY_FRAME
    settings = _sized(settings, wanted).replaced({"restore.rate": rate})
    with Progress(console=console, transient=True) as progress:
        preparing = progress.add_task("preparing the clip", total=None)
        pictures = bad_clip(VideoSource(clip, paced=False), settings, bad / 100)
        progress.update(preparing, visible=False)
        task = progress.add_task("measuring", total=frames)
        result = run_benchmark(
            settings,
            pictures,
            frames,
            warm_up,
            lambda error: complain(error, progress.console),
            lambda done: progress.update(task, completed=done),
            paced=not unpaced,
        )
    print_result(result, Console())
    if json_file is not None:
        write_text(json_file, json.dumps(result.as_json(), indent=2) + "\n")


def print_result(result: BenchmarkResult, console: Console) -> None:
    """Show the result to a person."""
    values = result.as_json()
    title = f"{result.width} x {result.height}, {result.model}, {result.device}"
    table = Table(title=escape(title))
    table.add_column("stage")
    for column in ("p50 ms", "p95 ms", "p99 ms"):
        table.add_column(column, justify="right")
    rows: dict[str, Any] = {
        **values["stages_ms"],
        "capture to output": values["latency_ms"],
    }
    for name, row in rows.items():
        table.add_row(name, *(f"{row[key]:.1f}" for key in ("p50", "p95", "p99")))
    console.print(table)
    console.print(
        f"{result.fps:.1f} frames/s, "
        f"{result.restored + result.carried} of {result.frames} frames restored"
        f"{f', {result.carried} by an earlier result' if result.carried else ''}, "
        f"{result.dropped} dropped, latency growth x{result.latency_growth:.2f}, "
        f"first restored frame after {result.first_restored_s:.1f} s, "
        f"CPU {result.cpu_percent:.0f} % of one core, "
        f"peak memory {result.peak_memory_mb:.0f} MB"
    )


def _parse_size(text: str) -> _Size:
    width, separator, height = text.lower().partition("x")
    if not (separator and width.isdecimal() and height.isdecimal()):
        raise SettingRefused("--size", repr(text), "write WIDTHxHEIGHT, such as 1280x720")
    return _Size(int(width), int(height))


def _sized(settings: Settings, size: _Size) -> Settings:
    """The settings with another output size, checked like any setting."""
    return settings.replaced({"output.width": size.width, "output.height": size.height})
