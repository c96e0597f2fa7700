"""What the preview costs the camera: CPU time per frame, with and without somebody looking.

    python -m benchmarks.camera.preview --frames 150 --rounds 4

Plays the bundled clip, made bad, through the whole live path, dropping nothing, and
prints the CPU time of the process per frame in turns: the preview off, then on with
one reader in another process. The ratio within one run is what counts.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import typer

from nasfe_cam.config.settings import Settings
from nasfe_cam.control.server.preview_feed import PreviewFeed
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from nasfe_cam.pipeline.pipeline import FrameTaker, Pipeline
from nasfe_cam.restoration.face_networks import face_networks
from nasfe_cam.sinks.null import NullSink
from nasfe_cam.sources.bad_webcam import BadWebcam
from nasfe_cam.sources.video import VideoSource

READER = """
import sys, time
from pathlib import Path
from nasfe_cam.control.client.preview_reader import PreviewReader
reader = PreviewReader(Path(sys.argv[1]))
while True:
    reader.newest()
    time.sleep(1 / 60)
"""
WAIT_SECONDS = 60.0


def main(
    frames: int = typer.Option(150, min=10, help="Frames per turn."),
    rounds: int = typer.Option(
        4, min=1, help="Turns with the preview off, and as many with it on."
    ),
) -> None:
    """Measure in turns and print milliseconds of CPU per frame."""
    settings = Settings().replaced({"restore.threads": 1})
    source = BadWebcam(VideoSource(BUNDLED_CLIP, loop=True, paced=False), 0.6)
    pipeline = Pipeline(
        settings,
        source,
        lambda: source,
        face_networks(settings),
        [NullSink()],
        print,
        lossless=True,
    )

    def connect(take: FrameTaker | None) -> None:
        pipeline.preview = take

    pipeline.start()
    pipeline.wait_until_ready(WAIT_SECONDS)
    _cpu_per_frame(pipeline, frames)
    taken: dict[str, list[float]] = {"off": [], "on": []}
    with tempfile.TemporaryDirectory() as folder:
        ring = Path(folder) / "preview.ring"
        output = settings.output
        feed = PreviewFeed(ring, output.width, output.height, connect, print)
        for _ in range(rounds):
            taken["off"].append(_cpu_per_frame(pipeline, frames))
            feed.show_to("benchmark")
            reader = subprocess.Popen(
                [sys.executable, "-c", READER, str(ring)], cwd=Path(__file__).parents[2]
            )
            taken["on"].append(_cpu_per_frame(pipeline, frames))
            reader.kill()
            reader.wait()
            feed.hide_from("benchmark")
    pipeline.stop()
    pipeline.wait(WAIT_SECONDS)
    for name, values in taken.items():
        shown = ", ".join(f"{value:.1f}" for value in values)
        print(f"preview {name}: {statistics.median(values):.1f} ms CPU per frame ({shown})")
    ratio = statistics.median(taken["on"]) / statistics.median(taken["off"])
    print(f"on / off: {ratio:.3f}")


def _cpu_per_frame(pipeline: Pipeline, frames: int) -> float:
    """Milliseconds of CPU that this process takes for each of the next frames."""
    first = pipeline.meter.frames_shown
    began = time.process_time()
    while pipeline.meter.frames_shown < first + frames:
        time.sleep(0.01)
    taken = time.process_time() - began
    return 1000 * taken / (pipeline.meter.frames_shown - first)


if __name__ == "__main__":
    typer.run(main)
