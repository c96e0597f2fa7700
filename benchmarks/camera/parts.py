"""Milliseconds of CPU time that each part of the face path takes of a frame.

    python -m benchmarks.camera.parts [--against REVISION] [--clip CLIP] [--write]

Plays recorded pictures through the face path in one thread. With --against the same
pictures also go through the path of another revision of the repository, by turns, each
in its own process that runs this file of that revision: a busy machine slows both, and
the ratio is what to compare. CPU time is what counts where both cores are busy. The
pictures of both are compared too.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
import typer
from rich.console import Console
from rich.progress import track

from benchmarks.page_section import write_section
from nasfe_cam.config.settings import Settings
from nasfe_cam.core.frame import Image
from nasfe_cam.core.meter import Meter
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP, bad_clip
from nasfe_cam.restoration.face_networks import face_networks
from nasfe_cam.restoration.face_processor import FaceProcessor
from nasfe_cam.sources.recording import Recording
from nasfe_cam.sources.video import VideoSource

HOME = Path(__file__).resolve().parents[2]
SECTION = "benchmarks/camera/parts.py"
# What serves pictures in a checkout, and how it is told of them: now, before the benchmarks had
# folders, and before the face path was one.
SERVERS = (
    (SECTION, "--serve {pictures} --frames {frames}"),
    ("benchmarks/parts_of_a_tree.py", "{pictures} {frames}"),
    ("benchmarks/parts.py", "--serve {pictures} --frames {frames}"),
)
FPS = 30.0
Times = dict[str, float]


class CpuMeter(Meter):
    """Sums CPU time of this process, all its threads, by stage."""

    def __init__(self) -> None:
        super().__init__()
        self._sums: dict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a block; those inside another count in both."""
        began = time.process_time()
        yield
        self._sums[name] += time.process_time() - began

    def take(self, frames: int) -> Times:
        """Milliseconds per frame by stage since the last call."""
        taken = {stage: value * 1000 / frames for stage, value in self._sums.items()}
        self._sums.clear()
        return taken


class FacePath:
    """Decodes recorded pictures and takes them through the face path, one after another."""

    def __init__(self, pictures: list[Image], model: str) -> None:
        settings = Settings().replaced({"restore.model": model} if model else {})
        self._meter = CpuMeter()
        self._source = Recording(pictures, FPS, sys.maxsize, paced=False)
        self._faces = FaceProcessor(settings, face_networks(settings), meter=self._meter)

    def play(self, frames: int) -> Iterator[Image]:
        """The next pictures as shown; those of the source are given times of a steady 30 per s."""
        for _ in range(frames):
            with self._meter.stage("decode"):
                frame = self._source.read()
            assert frame is not None
            steady = replace(frame, captured_at=frame.index / FPS)
            yield self._faces.process(steady).frame.image

    def measure(self, frames: int) -> Times:
        """Milliseconds per frame of CPU time by part."""
        self._meter.take(1)
        began = time.process_time()
        for _ in self.play(frames):
            pass
        whole = (time.process_time() - began) * 1000 / frames
        return self._meter.take(frames) | {"whole frame": whole}


def serve(pictures: Path, frames: int, model: str) -> None:
    """Play so many pictures for every line of standard input, and answer with their times.

    Args:
        pictures: a file of `numpy.savez` with JPEG pictures of one size.
        frames: of a round. A line that names a file also leaves the shown pictures there.
        model: name of the network; the default of the settings if empty.
    """
    with np.load(pictures) as stored:
        path = FacePath([stored[name] for name in sorted(stored.files)], model)
    for line in sys.stdin:
        target = line.strip()
        if target:
            np.save(target, np.stack([picture.copy() for picture in path.play(frames)]))
            print("{}", flush=True)
        else:
            print(json.dumps(path.measure(frames)), flush=True)


class Tree:
    """A process that plays pictures through the face path of one checkout."""

    def __init__(self, checkout: Path, pictures: Path, frames: int, model: str = "") -> None:
        server, arguments = next(known for known in SERVERS if (checkout / known[0]).exists())
        told = (part.format(pictures=pictures, frames=frames) for part in arguments.split())
        named = ("--model", model) if model else ()
        self._process = subprocess.Popen(
            [sys.executable, server, *told, *named],
            cwd=checkout,
            env=os.environ | {"PYTHONPATH": str(checkout)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def measure(self) -> Times:
        """Play some pictures: milliseconds per frame by part."""
        return self._ask("")

    def show(self, target: Path) -> None:
        """Play some pictures and leave them in a .npy file."""
        self._ask(str(target))

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def _ask(self, line: str) -> Times:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        times: Times = json.loads(self._process.stdout.readline())
        return times


@dataclass(frozen=True, slots=True)
class Row:
    """One part: milliseconds there (None: not there) and here, and the median of the ratios."""

    part: str
    there: float | None
    here: float | None
    ratio: float | None


def rows_of(there: Sequence[Times], here: Sequence[Times]) -> list[Row]:
    """One row per part, from rounds that belong together."""
    parts = list(dict.fromkeys(part for times in (*there, *here) for part in times))
    return [
        Row(
            part,
            _median([times[part] for times in there if part in times]),
            _median([times[part] for times in here if part in times]),
            _median(
                [
                    new[part] / old[part]
                    for old, new in zip(there, here, strict=False)
                    if part in new and old.get(part)
                ]
            ),
        )
        for part in parts
    ]


def table_of(rows: Sequence[Row], against: str) -> str:
    """A Markdown table; without `against` one column of times."""
    if not against:
        lines = ["| part | CPU ms per frame |", "| --- | --- |"]
        return "\n".join(lines + [f"| {row.part} | {_number(row.here)} |" for row in rows])
    lines = [f"| part | at {against}, CPU ms | now, CPU ms | ratio |", "| --- | --- | --- | --- |"]
    return "\n".join(
        lines
        + [
            f"| {row.part} | {_number(row.there)} | {_number(row.here)} | {_number(row.ratio)} |"
            for row in rows
        ]
    )


def _median(values: Sequence[float]) -> float | None:
    return median(values) if values else None


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _check_out(revision: str, folder: Path) -> Path:
    archive = subprocess.run(
        ["git", "archive", revision], cwd=HOME, check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return folder


def _difference(one: Path, other: Path) -> str:
    first, second = np.load(one, mmap_mode="r"), np.load(other, mmap_mode="r")
    gaps = [np.abs(a.astype(np.int16) - b) for a, b in zip(first, second, strict=True)]
    whole = np.mean([gap.mean() for gap in gaps])
    return (
        f"The pictures of both differ by at most {max(int(gap.max()) for gap in gaps)} and on "
        f"average by {whole:.3f} of 255 grey levels, over {len(gaps)} frames."
    )


def main(
    against: str = typer.Option("", help="Revision to compare with, such as main or HEAD~3."),
    clip: Path = typer.Option(BUNDLED_CLIP, help="Clip to play.", show_default="bundled"),
    size: str = typer.Option("1280x720", help="Size of the frames, WIDTHxHEIGHT."),
    strength: int = typer.Option(60, min=0, max=100, help="How bad the simulated webcam is."),
    frames: int = typer.Option(30, min=1, help="Frames of a round."),
    rounds: int = typer.Option(6, min=1, help="Turns that each takes."),
    model: str = typer.Option("", help="Network of this checkout, such as nasfe-lite."),
    write: bool = typer.Option(False, help="Put the table into docs/performance.md."),
    pictures: Path = typer.Option(None, "--serve", hidden=True),
) -> None:
    """Time the parts of the face path, alone or against another revision."""
    if pictures is not None:
        serve(pictures, frames, model)
        return
    width, height = (int(side) for side in size.split("x"))
    settings = Settings().replaced({"output.width": width, "output.height": height})
    with TemporaryDirectory() as name:
        folder = Path(name)
        recording = folder / "pictures.npz"
        recorded = bad_clip(VideoSource(clip, paced=False), settings, strength / 100)
        named = {f"{number:05}": jpeg for number, jpeg in enumerate(recorded)}
        np.savez(recording, allow_pickle=False, **named)
        there = [_check_out(against, folder / "there")] if against else []
        trees = [Tree(checkout, recording, frames) for checkout in there]
        trees.append(Tree(HOME, recording, frames, model))
        shown = [folder / f"{number}.npy" for number in range(len(trees))]
        times: list[list[Times]] = [[] for _ in trees]
        try:
            # The first pictures also warm up: networks load, faces fade in.
            for tree, target in zip(trees, shown, strict=True):
                tree.show(target)
            for _ in track(range(rounds), console=Console(stderr=True), transient=True):
                for tree, kept in zip(trees, times, strict=True):
                    kept.append(tree.measure())
        finally:
            for tree in trees:
                tree.close()
        before, now = (times[0], times[1]) if against else ([], times[0])
        table = table_of(rows_of(before, now), against)
        if against:
            table += "\n\n" + _difference(*shown)
    print(table)
    if write:
        write_section(SECTION, table)


if __name__ == "__main__":
    typer.run(main)
