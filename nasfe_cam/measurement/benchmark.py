"""Measures the whole live path on a clip, for `nasfe-cam benchmark`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from numpy.typing import NDArray

from nasfe_cam.config.settings import Settings
from nasfe_cam.core.errors import CameraLost, NothingRestored
from nasfe_cam.core.frame import Image
from nasfe_cam.pipeline.pipeline import Pipeline
from nasfe_cam.pipeline.resize import fit
from nasfe_cam.restoration.face_networks import face_networks
from nasfe_cam.sinks.null import NullSink
from nasfe_cam.sources.bad_webcam import BadWebcam
from nasfe_cam.sources.base import Source
from nasfe_cam.sources.recording import Recording, record

BUNDLED_CLIP = Path(__file__).parent.parent / "assets" / "clips" / "portrait.mp4"
READY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class BenchmarkResult:
    """What `run_benchmark` measured.

    Attributes:
        fps: frames per second that reached the output.
        latency_ms: p50, p95, p99 from capture to output.
        stages_ms: p50, p95, p99 of every stage by name.
        dropped: frames replaced by newer ones before a stage took them.
        device: which device served the network.
        model: name of the network.
        peak_memory_mb: most resident memory of this process, ever.
        cpu_percent: CPU time per wall time; 100 is one core.
        frames: frames shown.
        restored: frames that waited for the network.
        carried: frames that got what it made of an earlier one.
        width, height: of the frames.
        latency_growth: median latency of the last quarter over the first's.
        first_restored_s: seconds from start to the first restored frame.
    """

    fps: float
    latency_ms: dict[str, float]
    stages_ms: dict[str, dict[str, float]]
    dropped: int
    device: str
    model: str
    peak_memory_mb: float
    cpu_percent: float
    frames: int
    restored: int
    carried: int
    width: int
    height: int
    latency_growth: float
    first_restored_s: float

    def as_json(self) -> dict[str, Any]:
        """Plain values, rounded to what the clock can tell."""
        values: dict[str, Any] = _rounded(asdict(self))
        return values


def bad_clip(source: Source, settings: Settings, strength: float) -> list[NDArray[np.uint8]]:
    """Read a source to its end and record it as a bad webcam would, at output size."""
    webcam = BadWebcam(source, strength)
    output = settings.output

    def pictures() -> Iterable[Image]:
        while (frame := source.read()) is not None:
            seen = webcam.degrade(frame.image)
            yield fit(seen, output.width, output.height, output.fit)

    return record(pictures())


def run_benchmark(
    settings: Settings,
    pictures: Sequence[NDArray[np.uint8]],
    frames: int,
    warm_up: int,
    report: Callable[[Exception], None],
    progress: Callable[[int], None],
    *,
    paced: bool = True,
) -> BenchmarkResult:
    """Play the recorded clip through the whole pipeline.

    Args:
        settings: sizes, strength, threads; outputs and source are replaced.
        pictures: from `bad_clip`.
        frames: measured frames.
        warm_up: frames played before, not measured.
        report: told every failure.
        progress: told how many frames were shown.
        paced: False plays without a clock and drops nothing: the highest rate.
    """
    fps = settings.output.fps
    began = time.monotonic()
    source = Recording(pictures, fps, sys.maxsize, paced=paced)
    pipeline = Pipeline(
        settings,
        source,
        _never,
        face_networks(settings, report=report, in_background=False),
        [NullSink()],
        report,
        lossless=not paced,
    )
    pipeline.start()
    # On battery, and where the machine is slow, no frame waits for the network.
    if not _wait(lambda: pipeline.meter.frames_repaired > 0, pipeline, READY_SECONDS):
        pipeline.stop()
        pipeline.wait()
        raise NothingRestored
    first_restored = time.monotonic() - began
    before = pipeline.meter.frames_shown
    _wait(lambda: pipeline.meter.frames_shown >= before + warm_up, pipeline, READY_SECONDS)
    dropped_before = sum(pipeline.dropped.values())
    pipeline.meter.reset()
    cpu_before, wall_before = _cpu_seconds(), time.monotonic()
    while not pipeline.wait(0.1) and pipeline.meter.frames_shown < frames:
        progress(pipeline.meter.frames_shown)
    cpu, wall = _cpu_seconds() - cpu_before, time.monotonic() - wall_before
    meter = pipeline.meter
    latencies = meter.recent_latencies(frames)
    quarter = max(1, len(latencies) // 4)
    result = BenchmarkResult(
        fps=meter.fps(),
        latency_ms=asdict(meter.latency()),
        stages_ms={name: asdict(values) for name, values in meter.stages().items()},
        dropped=sum(pipeline.dropped.values()) - dropped_before,
        device=pipeline.describe_device(),
        model=settings.restore.model,
        peak_memory_mb=_peak_memory_mb(),
        cpu_percent=100 * cpu / max(wall, 1e-9),
        frames=meter.frames_shown,
        restored=meter.frames_restored,
        carried=meter.frames_carried,
        width=settings.output.width,
        height=settings.output.height,
        latency_growth=float(np.median(latencies[-quarter:]) / np.median(latencies[:quarter])),
        first_restored_s=first_restored,
    )
    pipeline.stop()
    pipeline.wait()
    return result


def _never() -> Source:
    raise CameraLost("recorded clip")


def _wait(done: Callable[[], bool], pipeline: Pipeline, timeout: float) -> bool:
    deadline = time.monotonic() + timeout
    while not done():
        if time.monotonic() > deadline or pipeline.wait(0.01):
            return False
    return True


def _cpu_seconds() -> float:
    times = psutil.Process().cpu_times()
    return float(times.user + times.system)


def _peak_memory_mb() -> float:
    if sys.platform == "win32":
        return float(psutil.Process().memory_info().peak_wset) / 1e6
    import resource  # Unix only

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return round(value, 2) if isinstance(value, float) else value
