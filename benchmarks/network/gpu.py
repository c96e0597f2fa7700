"""The shipped networks on an NVIDIA card: parity, latency, memory, share of the card's peak.

    python -m benchmarks.network.gpu [--runs 100000] [--peak-tflops 165] [--write docs/gpu.md]

Compares with ONNX Runtime's CPU result on crops of the bundled clip, made bad. Ends
with one line where there is no card, or TensorRT refuses it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import onnxruntime
import psutil
import typer

from engine.base import Engine
from engine.engine_cache import EngineCache
from engine.model_file import Network
from engine.tensorrt.compilation import compile_network, engine_key
from engine.tensorrt.factory import Nvidia, find_nvidia, open_tensorrt
from nasfe_cam.config.settings import Fit
from nasfe_cam.config.shipped_models import MODELS, find_model
from nasfe_cam.core.atomic_files import write_text
from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.frame import FloatArray, Frame
from nasfe_cam.faces.alignment import crop_transform, warp_crop
from nasfe_cam.faces.crop_tensor import fill_face
from nasfe_cam.faces.landmark_network import LANDMARKS_FILE
from nasfe_cam.faces.tracker import FaceTracker
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from nasfe_cam.pipeline.resize import fit
from nasfe_cam.restoration.observer import observer_network
from nasfe_cam.restoration.restorer import restorer_network
from nasfe_cam.sources.bad_webcam import BadWebcam
from nasfe_cam.sources.video import VideoSource
from train.models.counting import macs_of
from train.models.nasfe.presets import SIZES, build

SIZE = 256
NETWORKS = ("nasfe-lite", "nasfe")
# Dense float16 with float32 sums, TFLOP/s, from NVIDIA's data sheets.
PEAKS = {"H200": 989.0, "H100": 989.0, "A100": 312.0, "L40S": 362.0, "L4": 121.0, "T4": 65.0}


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one network; None where its work is not counted."""

    network: str
    runtime: str
    build_s: float
    engine_mb: float
    card_mb: float
    p50_ms: float
    p95_ms: float
    wall_p50_ms: float
    difference: float
    psnr: float
    tflops: float | None
    growth_mb: float

    def cells(self, peak: float | None) -> list[str]:
        """The row for people."""
        share = None if peak is None or self.tflops is None else 100 * self.tflops / peak
        numbers = (
            (self.build_s, ".1f"),
            (self.engine_mb, ".1f"),
            (self.card_mb, ".0f"),
            (self.p50_ms, ".3f"),
            (self.p95_ms, ".3f"),
            (self.wall_p50_ms, ".3f"),
            (self.difference, ".1e"),
            (self.psnr, ".1f"),
            (self.tflops, ".1f"),
            (share, ".1f"),
            (self.growth_mb, ".1f"),
        )
        shown = ["-" if value is None else format(value, form) for value, form in numbers]
        return [self.network, self.runtime, *shown]


HEAD = (
    *("network", "runtime", "build, s", "engine, MB", "on the card, MB"),
    *("p50, ms", "p95, ms", "p50 by the clock, ms", "largest difference", "PSNR, dB"),
    *("TFLOP/s", "% of peak", "memory growth, MB"),
)


def real_crops(count: int) -> list[FloatArray]:
    """Aligned crops of the bundled clip as a bad webcam sees it, 1 x 3 x 256 x 256 RGB, 0..1."""
    source = VideoSource(BUNDLED_CLIP, paced=False)
    webcam = BadWebcam(source, 0.6)
    tracker = FaceTracker(find_model("face_landmarker.task"), find_model(LANDMARKS_FILE))
    crops: list[FloatArray] = []
    while len(crops) < count and (frame := source.read()) is not None:
        bad = fit(webcam.degrade(frame.image), 1280, 720, Fit.LETTERBOX)
        faces = tracker.track(Frame(bad, source.position, frame.index))
        if faces:
            transform = crop_transform(faces[0].landmarks, SIZE)
            crops.append(np.empty((1, 3, SIZE, SIZE), np.float32))
            fill_face(crops[-1], warp_crop(bad, transform, SIZE))
    tracker.close()
    source.close()
    return crops


def inputs_for(crops: list[FloatArray]) -> list[dict[str, FloatArray]]:
    """All inputs of a restorer for every crop; the enrolled person is made up."""
    observer = _reference(observer_network())
    names = ["identity_mean", "identity_std", "degradation"]
    identity = np.random.default_rng(0).standard_normal((1, 256, SIZE // 8, SIZE // 8), np.float32)
    return [
        {"face": crop, "identity": identity}
        | dict(zip(names, observer.run(names, {"face": crop}), strict=True))
        for crop in crops
    ]


def measure(
    network: Network,
    nvidia: Nvidia,
    feeds: list[dict[str, FloatArray]],
    runs: int,
) -> Row:
    """Everything about one network; raises NasfeError if TensorRT does not run it."""
    before = _card_mb(nvidia)
    with tempfile.TemporaryDirectory() as folder:
        cache = EngineCache(Path(folder), _raise)
        key = engine_key(network, nvidia.tensorrt, nvidia.card)
        compiled = compile_network(network, key, cache)
        engine = open_tensorrt(network, nvidia, cache)
        on_card = _card_mb(nvidia) - before
        difference, psnr = _parity(network, engine, feeds)
        for _ in range(min(runs, 100)):
            engine.run()
        used = _card_mb(nvidia) + _process_mb()
        times = np.array([engine.device_milliseconds() for _ in range(runs)])
        clock = np.array([_seconds(engine.run) for _ in range(runs)])
        growth = _card_mb(nvidia) + _process_mb() - used
        runtime = str(engine.describe().runtime)
        engine.close()
    p50, p95 = np.percentile(times, (50, 95))
    name = network.path.stem
    macs = macs_of(build(name), SIZE, SIZE) if name in SIZES else None
    return Row(
        name,
        runtime,
        compiled.seconds,
        len(compiled.content) / 1e6,
        on_card,
        float(p50),
        float(p95),
        float(np.median(clock)) * 1000,
        difference,
        psnr,
        None if macs is None else 2 * macs / (float(p50) / 1000) / 1e12,
        growth,
    )


def _parity(
    network: Network, engine: Engine, feeds: list[dict[str, FloatArray]]
) -> tuple[float, float]:
    """Largest difference to ONNX Runtime on the CPU, relative to 1; PSNR in dB."""
    reference = _reference(network)
    largest, squares = 0.0, []
    for feed in feeds:
        given = {name: value for name, value in feed.items() if name in engine.inputs}
        for name, value in given.items():
            engine.inputs[name][...] = value
        engine.run()
        names = [value.name for value in reference.get_outputs() if value.name in engine.outputs]
        for name, expected in zip(names, reference.run(names, given), strict=True):
            error = np.abs(engine.outputs[name] - expected) / max(
                1.0, float(np.abs(expected).max())
            )
            largest = max(largest, float(error.max()))
            squares.append(float((error**2).mean()))
    return largest, float(-10 * np.log10(max(float(np.mean(squares)), 1e-12)))


def _reference(network: Network) -> onnxruntime.InferenceSession:
    content = network.path.read_bytes()
    return onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])


def _card_mb(nvidia: Nvidia) -> float:
    free, total = nvidia.cuda.call("cudaMemGetInfo")
    return float(total - free) / 1e6


def _process_mb() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6


def _seconds(work: Callable[[], None]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _raise(error: Exception) -> None:
    raise error


def _peak(card: str, peaks: Mapping[str, float] = PEAKS) -> float | None:
    return next((peak for name, peak in peaks.items() if name in card.split()), None)


def table(rows: list[Row], nvidia: Nvidia, peak: float | None) -> str:
    """The page for the docs."""
    lines = [
        f"`python -m benchmarks.network.gpu` on {nvidia.card}, driver {nvidia.card.driver}; "
        f"peak {'not known' if peak is None else f'{peak:g} TFLOP/s (dense float16)'}.",
        "",
        "| " + " | ".join(HEAD) + " |",
        "|" + " --- |" * len(HEAD),
        *("| " + " | ".join(row.cells(peak)) + " |" for row in rows),
    ]
    return "\n".join(lines) + "\n"


def main(
    runs: int = typer.Option(2000, min=10, help="Runs to measure."),
    crops: int = typer.Option(8, min=1, help="Crops to compare on."),
    peak_tflops: float | None = typer.Option(None, help="The card's peak, dense float16."),
    write: Path | None = typer.Option(None, help="Write the table to this file, too."),
) -> None:
    """Measure and print the table."""
    try:
        nvidia = find_nvidia()
        feeds = inputs_for(real_crops(crops))
        networks = [
            *(restorer_network(name) for name in NETWORKS if (MODELS / f"{name}.onnx").exists()),
            observer_network(),
        ]
        rows = [measure(network, nvidia, feeds, runs) for network in networks]
    except NasfeError as error:
        print(f"benchmarks/network/gpu.py: {error}", file=sys.stderr)
        raise typer.Exit(2) from None
    page = table(rows, nvidia, peak_tflops or _peak(nvidia.card.name))
    print(page, end="")
    if write is not None:
        write_text(write, f"# On NVIDIA cards\n\n{page}")


if __name__ == "__main__":
    typer.run(main)
