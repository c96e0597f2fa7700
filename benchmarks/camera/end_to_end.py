"""The whole live path at 480p, 720p and 1080p, with one and with two people in the picture.

    python -m benchmarks.camera.end_to_end [--write]

Plays the bundled clip, made bad, through capture, tracking, restoration of every frame
and blending, at 30 frames per second. With two people, one face is restored and both are
tracked: the camera restores the one person whose camera it is. Pictures are prepared
beforehand, as MJPG, and decoded live, as from a webcam.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console

from benchmarks.page_section import write_section
from nasfe_cam.config.settings import RestoreRate, Settings
from nasfe_cam.core.frame import Frame, Image
from nasfe_cam.measurement.benchmark import (
    BUNDLED_CLIP,
    BenchmarkResult,
    bad_clip,
    run_benchmark,
)
from nasfe_cam.sources.base import Source, SourceDescription
from nasfe_cam.sources.video import VideoSource

SECTION = "benchmarks/camera/end_to_end.py"
SIZES = ((854, 480), (1280, 720), (1920, 1080))
PEOPLE = (1, 2)


class Company:
    """A `Source` that shows the middle of another one's pictures, and its mirror image beside.

    Args:
        source: read and closed by this.
        people: 1 shows the pictures as they are.
        pictures: after so many the stream ends.
    """

    def __init__(self, source: Source, people: int, pictures: int) -> None:
        self._source = source
        self._people = people
        self._left = pictures

    def describe(self) -> SourceDescription:
        return self._source.describe()

    def read(self) -> Frame | None:
        frame = self._source.read() if self._left > 0 else None
        self._left -= 1
        return frame and replace(frame, image=self._shown(frame.image))

    def close(self) -> None:
        self._source.close()

    def _shown(self, image: Image) -> Image:
        if self._people == 1:
            return image
        quarter = image.shape[1] // 4
        middle = image[:, quarter : 3 * quarter]
        return np.ascontiguousarray(np.hstack([middle, middle[:, ::-1]]))


def pictures_of(
    settings: Settings, people: int, pictures: int, strength: float
) -> list[NDArray[np.uint8]]:
    """The bundled clip as a bad webcam delivers it, with so many people."""
    source = Company(VideoSource(BUNDLED_CLIP, paced=False), people, pictures)
    try:
        return bad_clip(source, settings, strength)
    finally:
        source.close()


def table_of(results: Sequence[tuple[int, BenchmarkResult]]) -> str:
    """A Markdown table; each result with the number of people in its picture."""
    lines = [
        "| size | people | frames/s | restored | dropped | latency p50, ms | p95, ms "
        "| CPU, % of one core | CPU per frame, ms |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for people, result in results:
        latency = result.latency_ms
        lines.append(
            f"| {result.width} x {result.height} | {people} | {result.fps:.1f} "
            f"| {result.restored + result.carried} of {result.frames} | {result.dropped} "
            f"| {latency['p50']:.0f} | {latency['p95']:.0f} | {result.cpu_percent:.0f} "
            f"| {10 * result.cpu_percent / result.fps:.0f} |"
        )
    return "\n".join(lines)


def measure(
    frames: int, warm_up: int, pictures: int, strength: float, threads: int, rate: RestoreRate
) -> Iterator[tuple[int, BenchmarkResult]]:
    """One result after another, with the number of people."""
    console = Console(stderr=True)
    for (width, height), people in itertools.product(SIZES, PEOPLE):
        settings = Settings().replaced(
            {
                "output.width": width,
                "output.height": height,
                "restore.threads": threads,
                "restore.rate": rate,
            }
        )
        recorded = pictures_of(settings, people, pictures, strength)
        with console.status(f"{width} x {height}, {people}"):
            result = run_benchmark(
                settings, recorded, frames, warm_up, console.print, lambda _done: None
            )
        yield people, result


def main(
    frames: int = typer.Option(300, min=10, help="Frames to measure of each."),
    warm_up: int = typer.Option(45, min=0, help="Frames played before, not measured."),
    pictures: int = typer.Option(90, min=1, help="Pictures of the clip, played over and over."),
    strength: int = typer.Option(60, min=0, max=100, help="How bad the simulated webcam is."),
    threads: int = typer.Option(0, min=0, help="CPU threads of the network; 0 chooses."),
    adaptive: bool = typer.Option(False, help="Restore less where the machine is slow."),
    write: bool = typer.Option(False, help="Put the table into docs/performance.md."),
) -> None:
    """Measure every size with one and two people."""
    rate = RestoreRate.AUTO if adaptive else RestoreRate.EVERY_FRAME
    results = []
    for people, result in measure(frames, warm_up, pictures, strength / 100, threads, rate):
        results.append((people, result))
        print(table_of(results[-1:]).splitlines()[-1], flush=True)
    device = results[0][1].device
    table = f"{table_of(results)}\n\n{results[0][1].model}, {device}."
    print(table)
    if write:
        write_section(SECTION, table)


if __name__ == "__main__":
    typer.run(main)
