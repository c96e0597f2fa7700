"""The thread of the slow path: judges the newest crop a few times per second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nasfe_cam.frame import Image
from nasfe_cam.measure import Meter
from nasfe_cam.observation import Observation, ObservationSmoother, Observer
from nasfe_cam.priority import run_in_background
from nasfe_cam.stage import Stage
from nasfe_cam.supervision import Supervised


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


class Observing:
    """Runs the observer at its own rate and keeps the newest smoothed observation.

    Args:
        make: builds the observer; it is made, and made again, in the background.
        rate: observations per second.
        report: told every failure.
        meter: counts the stage "observe".
    """

    def __init__(
        self,
        make: Callable[[], Observer],
        rate: float,
        report: Callable[[Exception], None],
        meter: Meter,
    ) -> None:

        def make_in_background() -> Observer:
            # The network's own threads inherit the priority of the thread that makes it.
            run_in_background()
            return make()

        self._observer = Supervised(make_in_background, report, "make-observer")
        self._smoother = ObservationSmoother()
        self._period = 1 / rate
        self._meter = meter
        self._newest: tuple[int, Observation] | None = None
        self._judged_at = -self._period
        # An observation costs as much as ten frames: at equal priority, frames are dropped for it.
        self._stage = Stage("observe", self._judge, report, at_start=run_in_background)

    def start(self) -> None:
        """Begin to work."""
        self._stage.start()

    def offer(self, item: CropToJudge) -> None:
        """Hand over a crop; it is judged if it is time, else forgotten."""
        known = self._newest is not None and self._newest[0] == item.person
        if known and item.captured_at - self._judged_at < self._period:
            return
        self._stage.put(item)

    def newest(self, person: int) -> Observation | None:
        """The last observation of this person; None before the first one."""
        newest = self._newest
        return newest[1] if newest is not None and newest[0] == person else None

    def close(self) -> None:
        """Stop and free the network."""
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
