"""Milliseconds of CPU time that each part of the picture path takes of a frame.

    python benchmarks/parts.py [--against REVISION] [--clip CLIP] [--write]

Plays recorded pictures through the picture path in one thread. With --against the same
pictures also go through the path of another revision of the repository, by turns, each
in its own process: a busy machine slows both, and the ratio is what to compare. CPU
time is what counts where both cores are busy. The pictures of both are compared too.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
import typer
from rich.console import Console
from rich.progress import track

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.page_section import write_section
from nasfe_cam.benchmarking import BUNDLED_CLIP, bad_clip
from nasfe_cam.settings import Settings
from nasfe_cam.sources.video import VideoSource

HOME = Path(__file__).resolve().parent.parent
SECTION = "benchmarks/parts.py"
CHILD = Path(__file__).with_name("parts_of_a_tree.py")
Times = dict[str, float]


class Tree:
    """A process that plays pictures through the picture path of one checkout."""

    def __init__(self, checkout: Path, pictures: Path, frames: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(CHILD), str(pictures), str(frames)],
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
    write: bool = typer.Option(False, help="Put the table into docs/performance.md."),
) -> None:
    """Time the parts of the picture path, alone or against another revision."""
    width, height = (int(side) for side in size.split("x"))
    settings = Settings().replaced({"output.width": width, "output.height": height})
    with TemporaryDirectory() as name:
        folder = Path(name)
        pictures = folder / "pictures.npz"
        recorded = bad_clip(VideoSource(clip, paced=False), settings, strength / 100)
        named = {f"{number:05}": jpeg for number, jpeg in enumerate(recorded)}
        np.savez(pictures, allow_pickle=False, **named)
        checkouts = [HOME]
        if against:
            checkouts.insert(0, _check_out(against, folder / "there"))
        trees = [Tree(checkout, pictures, frames) for checkout in checkouts]
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
        there, here = (times[0], times[1]) if against else ([], times[0])
        table = table_of(rows_of(there, here), against)
        if against:
            table += "\n\n" + _difference(*shown)
    print(table)
    if write:
        write_section(SECTION, table)


if __name__ == "__main__":
    typer.run(main)
