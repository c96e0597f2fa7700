"""The slow path: judges the newest crop a few times per second."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from nasfe_cam.core.frame import Image
from nasfe_cam.core.meter import Meter
from nasfe_cam.core.stage import Stage
from nasfe_cam.core.supervised import Held
from nasfe_cam.core.threads import lower_priority
from nasfe_cam.restoration.observer import Observation, ObservationSmoother, Observer


@dataclass(frozen=True, slots=True, eq=False)
class CropToJudge:
    """A crop on its way to the observer.

    Attributes:
        crop: S x S x 3 uint8 BGR.
        captured_at: monotonic seconds.
        person: number of the followed face, as in `FollowedFace`.
    """

    crop: Image
    captured_at: float
    person: int


class ObserverWorker:
    """Runs the observer at its own rate and keeps the newest smoothed observation.

    Args:
        observer: the network; closed with the worker.
        rate: observations per second.
        meter: counts the stage "observe".
        report: told every failure, and then crops are judged in a thread; without it, in that
            of whoever offers them.
    """

    def __init__(
        self,
        observer: Held[Observer],
        rate: float,
        meter: Meter,
        report: Callable[[Exception], None] | None,
    ) -> None:
        self._observer = observer
        self._smoother = ObservationSmoother()
        self._period = 1 / rate
        self._meter = meter
        self._newest: tuple[int, Observation] | None = None
        self._judged_at = -math.inf
        self._stage = None if report is None else Stage("observe", self._judge, report)
        self._lowered = False

    def start(self) -> None:
        """Begin to work, where there is a thread."""
        if self._stage is not None:
            self._stage.start()

    def offer(self, item: CropToJudge) -> None:
        """Hand over a crop; it is judged if it is time, else forgotten."""
        known = self._newest is not None and self._newest[0] == item.person
        if known and item.captured_at - self._judged_at < self._period:
            return
        if self._stage is not None:
            self._stage.put(item)
        else:
            self._judge(item)

    def newest(self, person: int) -> Observation | None:
        """The last observation of this person; None before the first one."""
        newest = self._newest
        return newest[1] if newest is not None and newest[0] == person else None

    def close(self) -> None:
        """Stop and free the network."""
        if self._stage is not None:
            self._stage.end(timeout=5)
        self._observer.close()

    def _judge(self, item: CropToJudge) -> None:
        observer = self._observer.get()
        if observer is None:
            return
        self._judged_at = item.captured_at
        try:
            with self._meter.stage("observe"):
                seen = observer.observe(item.crop)
        except Exception as error:
            self._observer.failed(error)
            return
        self._observer.succeeded()
        if self._newest is None or self._newest[0] != item.person:
            self._smoother.reset()
        self._newest = (item.person, self._smoother.smooth(seen, item.captured_at))
        if self._stage is not None and not self._lowered:
            # An observation costs as much as ten frames: at equal priority, frames are dropped
            # for it. But no face is restored before the first one.
            self._lowered = True
            lower_priority()
