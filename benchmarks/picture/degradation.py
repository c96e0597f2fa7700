"""Samples per second of the training degradations, as ratios to the NumPy reference.

    python -m benchmarks.picture.degradation

Reference and batch take turns with the same parameters, so that a busy machine
slows both: the ratios are what to compare.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
import torch
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from nasfe_cam.degradation.camera import degrade
from nasfe_cam.degradation.parameters import DegradationRanges
from nasfe_cam.degradation.webcam import WebcamRanges, add_webcam_artefacts
from train.degradation.sensor import DegradationBatch
from train.degradation.sensor import degrade as degrade_batch
from train.degradation.webcam import (
    add_webcam_artefacts as add_webcam_artefacts_to_batch,
)

SIDES, THREADS = (128, 176, 256), (1, 2)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; rates in samples per second, the ratio the median over rounds."""

    what: str
    side: int
    threads: int
    reference: float
    batch: float
    ratio: float


def main(
    batch: int = typer.Option(16, min=1, help="Samples of a batch."),
    rounds: int = typer.Option(7, min=1, help="Turns of reference and batch."),
    seed: int = typer.Option(0, help="Of pictures and parameters."),
) -> None:
    """Measure eq. 1 and the webcam artefacts at 128, 176 and 256 with one and two threads."""
    cases = [(side, threads) for threads in THREADS for side in SIDES]
    rows = [
        row
        for side, threads in track(cases, console=Console(stderr=True), transient=True)
        for row in measure(side, threads, batch, rounds, seed)
    ]
    table = Table("degradation", "side", "threads", "NumPy, samples/s", "batch, samples/s", "ratio")
    for row in sorted(rows, key=lambda row: (row.what, row.threads, row.side)):
        table.add_row(
            row.what,
            str(row.side),
            str(row.threads),
            f"{row.reference:.0f}",
            f"{row.batch:.0f}",
            f"{row.ratio:.2f}",
        )
    Console().print(table)


def measure(side: int, threads: int, batch: int, rounds: int, seed: int) -> list[Row]:
    """Both degradations at one size; the threads are those of OpenCV and of PyTorch."""
    cv2.setNumThreads(threads)
    torch.set_num_threads(threads)
    rng = np.random.default_rng(seed)
    ranges, webcams = DegradationRanges(), WebcamRanges()
    drawn = [ranges.sample(rng) for _ in range(batch)]
    artefacts = [webcams.sample(rng) for _ in range(batch)]
    # Smooth like photos: noise alone would be the worst case of every codec.
    coarse = rng.random((batch, 8, 8, 3), np.float32)
    pictures = np.stack(
        [cv2.resize(c, (side, side), interpolation=cv2.INTER_CUBIC) for c in coarse]
    )
    pictures = np.clip(pictures, 0, 1)
    noise = rng.standard_normal((batch, side, side), np.float32)
    tensor = torch.from_numpy(pictures).permute(0, 3, 1, 2).contiguous()
    tensor_noise = torch.from_numpy(noise)[:, None]
    seen = np.stack([degrade(*one) for one in zip(pictures, drawn, noise, strict=True)])
    seen_tensor = torch.from_numpy(seen).permute(0, 3, 1, 2).contiguous()

    def eq_1() -> object:
        return [degrade(*one) for one in zip(pictures, drawn, noise, strict=True)]

    def eq_1_batch() -> object:
        return degrade_batch(tensor, DegradationBatch.of(drawn), tensor_noise)

    def webcam() -> object:
        return [add_webcam_artefacts(*one) for one in zip(seen, artefacts, strict=True)]

    def webcam_batch() -> object:
        return add_webcam_artefacts_to_batch(seen_tensor, artefacts)

    return [
        compare(what, side, threads, batch, rounds, reference, batched)
        for what, reference, batched in (
            ("eq. 1", eq_1, eq_1_batch),
            ("webcam artefacts", webcam, webcam_batch),
        )
    ]


def compare(
    what: str,
    side: int,
    threads: int,
    batch: int,
    rounds: int,
    reference: Callable[[], object],
    batched: Callable[[], object],
) -> Row:
    """Let both take turns; the first turn of each only warms up."""
    reference()
    batched()
    pairs = [(seconds(reference), seconds(batched)) for _ in range(rounds)]
    return Row(
        what,
        side,
        threads,
        reference=batch / median(r for r, _ in pairs),
        batch=batch / median(b for _, b in pairs),
        ratio=median(r / b for r, b in pairs),
    )


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


if __name__ == "__main__":
    typer.run(main)
