"""Measures the running pipeline: the time of each stage, the age of frames, and dropped frames."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

# Two minutes at 30 frames per second: enough for a p99, and full before anyone looks for growth.
KEPT_SAMPLES = 3_600
# With no frame searched for so long, as at rest, what was missed before has nothing to do with now.
SEARCH_GAP_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class DurationPercentiles:
    """Of a series of durations, in milliseconds."""

    p50: float
    p95: float
    p99: float

    @staticmethod
    def of(seconds: deque[float]) -> DurationPercentiles:
        """DurationPercentiles of durations given in seconds; zeros if there are none."""
        if not seconds:
            return DurationPercentiles(0.0, 0.0, 0.0)
        p50, p95, p99 = np.percentile(np.array(seconds) * 1000, (50, 95, 99))
        return DurationPercentiles(float(p50), float(p95), float(p99))


class Meter:
    """Collects durations from all threads; the oldest are forgotten."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stages: dict[str, deque[float]] = {}
        self._latencies: deque[float] = deque(maxlen=KEPT_SAMPLES)
        self._shown_at: deque[float] = deque(maxlen=KEPT_SAMPLES)
        self._shown = 0
        self._restored = 0
        self._carried = 0
        self._searched = 0
        self._faces_seen = 0
        self._face_missed_since: float | None = None
        self._looked_at = -math.inf

    def reset(self) -> None:
        """Forget everything, for the end of a warm-up."""
        with self._lock:
            self._stages.clear()
            self._latencies.clear()
            self._shown_at.clear()
            self._shown = self._restored = self._carried = self._searched = self._faces_seen = 0
            self._face_missed_since = None

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure the duration of a block."""
        began = time.monotonic()
        yield
        taken = time.monotonic() - began
        with self._lock:
            self._stages.setdefault(name, deque(maxlen=KEPT_SAMPLES)).append(taken)

    def shown(self, captured_at: float, *, restored: bool = False, carried: bool = False) -> None:
        """An output has taken a frame that was captured at this monotonic time.

        Counted together, so that never more frames were restored than shown.

        Args:
            captured_at: seconds of `time.monotonic()`.
            restored: its face is fresh from the network.
            carried: its face has the correction of a frame before.
        """
        now = time.monotonic()
        with self._lock:
            self._latencies.append(now - captured_at)
            self._shown_at.append(now)
            self._shown += 1
            self._restored += restored
            self._carried += carried

    def looked(self, *, found: bool) -> None:
        """A frame was searched for a face."""
        now = time.monotonic()
        with self._lock:
            self._searched += 1
            self._faces_seen += found
            rested = now - self._looked_at > SEARCH_GAP_SECONDS
            self._looked_at = now
            if found:
                self._face_missed_since = None
            elif self._face_missed_since is None or rested:
                self._face_missed_since = now

    def names(self) -> list[str]:
        """The stages measured so far."""
        with self._lock:
            return list(self._stages)

    def recent(self, name: str, count: int) -> float:
        """Mean of the newest `count` durations of a stage, in seconds; 0 if there are none."""
        with self._lock:
            durations = self._stages.get(name, ())
            newest = [durations[-1 - n] for n in range(min(count, len(durations)))]
        return sum(newest) / len(newest) if newest else 0.0

    def stages(self) -> dict[str, DurationPercentiles]:
        """Durations by stage."""
        with self._lock:
            return {name: DurationPercentiles.of(values) for name, values in self._stages.items()}

    def latency(self) -> DurationPercentiles:
        """From capture to output."""
        with self._lock:
            return DurationPercentiles.of(self._latencies)

    def recent_latencies(self, count: int) -> list[float]:
        """The newest latencies, in seconds, oldest first."""
        with self._lock:
            return list(self._latencies)[-count:]

    @property
    def frames_shown(self) -> int:
        return self._shown

    @property
    def frames_restored(self) -> int:
        return self._restored

    @property
    def frames_carried(self) -> int:
        return self._carried

    @property
    def frames_repaired(self) -> int:
        """Restored or carried."""
        with self._lock:
            return self._restored + self._carried

    @property
    def frames_searched(self) -> int:
        """For a face."""
        return self._searched

    @property
    def frames_with_face(self) -> int:
        return self._faces_seen

    def seconds_without_face(self) -> float:
        """For how long every frame that was searched showed none; 0 if the last one did."""
        with self._lock:
            since = self._face_missed_since
            return 0.0 if since is None else self._looked_at - since

    def fps(self, seconds: float | None = None) -> float:
        """Frames per second shown since the last reset, or within the last `seconds`."""
        with self._lock:
            times = [
                t for t in self._shown_at if seconds is None or t >= time.monotonic() - seconds
            ]
        if len(times) < 2:
            return 0.0
        return (len(times) - 1) / max(times[-1] - times[0], 1e-9)
