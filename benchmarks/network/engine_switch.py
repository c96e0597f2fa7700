"""How old frames grow while a network is compiled in the background, and at the switch.

    python -m benchmarks.network.engine_switch [--size 640x360] [--seconds 10]

Plays the bundled clip, made bad, through the whole camera on bf16. After the
first part both networks are compiled with TensorRT for compute capability 8.9,
as on a machine with that card; then the same network in f32 takes over as the
better engine, because the card is not here. It is read from the cache of compiled
networks, as the card's would be. Needs the extra 'tensorrt'.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import typer

from engine.base import Engine
from engine.engine_cache import EngineCache
from engine.failover import FailoverEngine
from engine.openvino.engine import OpenVINOEngine
from engine.precision import Precision
from engine.tensorrt.compilation import compile_network, engine_key
from nasfe_cam.cli.precompile import networks_of, targets
from nasfe_cam.config.settings import Settings
from nasfe_cam.core.errors import CameraLost
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP, bad_clip
from nasfe_cam.pipeline.pipeline import Pipeline
from nasfe_cam.restoration.face_networks import face_networks
from nasfe_cam.restoration.restorer import Restorer, restorer_network
from nasfe_cam.sinks.null import NullSink
from nasfe_cam.sources.base import Source
from nasfe_cam.sources.recording import Recording
from nasfe_cam.sources.video import VideoSource

CAPABILITY = "8.9"


class Switch:
    """A restorer's engine whose better engine is made when it is told to begin."""

    def __init__(self) -> None:
        self.begin, self.ready = threading.Event(), threading.Event()
        self.compiling_s = 0.0
        self._compiled = tempfile.TemporaryDirectory()
        _openvino(Precision.F32, Path(self._compiled.name)).close()
        self.engine = FailoverEngine(_openvino(Precision.BF16), self._make, _print)

    def _make(self, closing: threading.Event) -> Engine:
        while not self.begin.wait(0.1) and not closing.is_set():
            pass
        began = time.monotonic()
        tensorrt, (card,) = targets([CAPABILITY])
        with tempfile.TemporaryDirectory() as folder:
            cache = EngineCache(Path(folder), _print)
            for network in networks_of("nasfe-lite"):
                key = engine_key(network, tensorrt, card)
                compile_network(network, key, cache, stopped=closing, low_priority=True)
        self.compiling_s = time.monotonic() - began
        better = _openvino(Precision.F32, Path(self._compiled.name))
        self.ready.set()
        return better


def _openvino(precision: Precision, cache: Path | None = None) -> OpenVINOEngine:
    network = restorer_network("nasfe-lite")
    return OpenVINOEngine(
        network.path, network.sha256, network.tensors, precision=precision, cache=cache
    )


def _part(name: str, pipeline: Pipeline, seconds: float, until: Callable[[], bool]) -> None:
    """Run for some seconds, and until something holds; print what the frames were like."""
    pipeline.meter.reset()
    dropped = sum(pipeline.dropped.values())
    ends = time.monotonic() + seconds
    while time.monotonic() < ends or not until():
        time.sleep(0.05)
    meter = pipeline.meter
    shown, restored = meter.frames_shown, meter.frames_repaired
    ages = meter.recent_latencies(shown)
    print(
        f"| {name} | {meter.fps():.1f} | {shown} | {restored} "
        f"| {sum(pipeline.dropped.values()) - dropped} | {meter.latency().p50:.0f} "
        f"| {meter.latency().p95:.0f} | {1000 * max(ages):.0f} |"
    )


def _no_source() -> Source:
    raise CameraLost("recorded clip")


def _print(error: Exception) -> None:
    print(error, file=sys.stderr)


def main(
    size: str = typer.Option("640x360", help="Size of the frames, WIDTHxHEIGHT."),
    seconds: float = typer.Option(10.0, min=1, help="Length of the parts before and after."),
) -> None:
    """Print one row for each part."""
    width, height = (int(side) for side in size.split("x"))
    settings = Settings().replaced(
        {"output.width": width, "output.height": height, "restore.device": "cpu"}
    )
    pictures = bad_clip(VideoSource(BUNDLED_CLIP, paced=False), settings, 0.6)
    switch = Switch()
    parts = replace(face_networks(settings), restorer=lambda: Restorer(switch.engine))
    source = Recording(pictures, settings.output.fps, sys.maxsize)
    pipeline = Pipeline(settings, source, _no_source, parts, [NullSink()], _print)
    pipeline.start()
    while pipeline.meter.frames_repaired < 60:
        time.sleep(0.05)
    print("| part | frames/s | shown | restored | dropped | p50, ms | p95, ms | oldest, ms |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    _part("before, bf16", pipeline, seconds, lambda: True)
    switch.begin.set()
    _part(
        "compiling and switching",
        pipeline,
        0,
        lambda: switch.ready.is_set() and "f32" in pipeline.describe_device(),
    )
    _part("after, f32", pipeline, seconds, lambda: True)
    pipeline.stop()
    pipeline.wait()
    print(f"\nCompiling took {switch.compiling_s:.1f} s at low priority.")


if __name__ == "__main__":
    typer.run(main)
