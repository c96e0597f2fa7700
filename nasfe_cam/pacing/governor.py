"""Keeps the live pipeline in step with its source: decides what is done for each frame."""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from nasfe_cam.core.frame import Frame
from nasfe_cam.core.meter import Meter
from nasfe_cam.core.threads import lasting_thread
from nasfe_cam.pacing.power import on_battery
from nasfe_cam.pacing.quality_ladder import LEVELS, Effort, Load, QualityLadder, Restraint

DECISION_SECONDS = 0.25
BATTERY_SECONDS = 10.0
# Stage times and frames of about the last half second.
_RECENT = 12
# Time in which a change of strength is spread out, so that it is not seen as a jump.
_FADE_SECONDS = 1.0
# A network that is to rest begins again after so long at the latest: else nothing is measured.
_LONGEST_WAIT = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do for one frame.

    Attributes:
        run_network: whether it begins, unless it is still at work; else its last result is
            carried along, where there is one.
        strength: 0..1, factor on the strength of the restoration; 0 is nothing at all.
        beside: the network works beside the frames: this one does not wait for it.
    """

    run_network: bool
    strength: float
    beside: bool = False


FULL_EFFORT = Plan(run_network=True, strength=1.0)
"""Nothing is spared."""


class PaceGovernor:
    """Plans every frame from what the stages took lately.

    Args:
        adaptive: False plans to run the network for every frame, whatever it takes.
        meter: whose stages "align", "restore", "carry" and others are read.
        battery: asked now and then, in a thread of its own, whether the machine
            runs on its battery.
    """

    def __init__(
        self, adaptive: bool, meter: Meter, battery: Callable[[], bool] = on_battery
    ) -> None:
        self._adaptive = adaptive
        self._meter = meter
        self._battery = battery
        self._on_battery = False
        self._pace = QualityLadder()
        self._arrivals: deque[tuple[int, float]] = deque(maxlen=_RECENT)
        self._decided_at = -math.inf
        self._planned_at = -math.inf
        self._last_run: int | None = None
        self._ran_at = -math.inf
        self._runs_at_level = 0
        self._strength = 1.0
        self._closing = threading.Event()
        self._thread = lasting_thread("battery", self._watch_battery, self._closing)

    def start(self) -> None:
        """Begin to watch the battery."""
        if self._adaptive:
            self._thread.start()

    def close(self) -> None:
        """Stop watching; a driver that hangs is left to its thread."""
        self._closing.set()

    @property
    def effort(self) -> Effort:
        """What is done now."""
        return self._pace.effort

    @property
    def reason(self) -> Restraint | None:
        """Why less is done than could be; None where all is."""
        return self._pace.reason

    def plan(self, frame: Frame, last_run: int | None) -> Plan:
        """What to do for a frame.

        Args:
            frame: they come in the order of their time.
            last_run: index of the frame with which the network began last; None before that.
        """
        if not self._adaptive:
            return FULL_EFFORT
        if last_run != self._last_run:
            self._last_run, self._ran_at = last_run, self._planned_at
            self._runs_at_level += 1
        self._arrivals.append((frame.index, frame.captured_at))
        if frame.captured_at - self._decided_at >= DECISION_SECONDS:
            self._decided_at = frame.captured_at
            self._decide(frame.captured_at)
        self._fade(frame.captured_at)
        return Plan(self._is_due(frame), self._strength, beside=self.effort.beside)

    def _is_due(self, frame: Frame) -> bool:
        # While it fades out for good, the network still runs as often as on the level before.
        effort = self.effort if self.effort.every else LEVELS[-2]
        # A source that was opened again may count anew.
        if self._last_run is not None and 0 <= frame.index - self._last_run < effort.every:
            return False
        if effort.duty == 1:
            return True
        wait = min(self._meter.recent("restore", _RECENT) / effort.duty, _LONGEST_WAIT)
        return frame.captured_at - self._ran_at >= wait

    def _decide(self, now: float) -> None:
        if len(self._arrivals) < 2:
            return
        (first, began), (last, ended) = self._arrivals[0], self._arrivals[-1]
        if last <= first or ended <= began:
            return
        recent = {stage: self._meter.recent(stage, _RECENT) for stage in self._meter.names()}
        # What the network took at another level was in another time: a better level must not
        # be given up again for what was measured before the machine was relieved.
        runs = min(_RECENT, self._runs_at_level)
        if self.effort.beside:  # that which began last is not measured yet
            runs -= 1
        if runs > 0:
            recent["restore"] = self._meter.recent("restore", runs)
        else:
            recent.pop("restore", None)
        level = self._pace.level
        carry = recent.get("carry", 0.0) + recent.get("align", 0.0)
        # A frame that waits does all its work in that time; beside, the network alone is measured.
        more = carry if self.effort.beside else recent.get("align", 0.0)
        load = Load(
            restore=recent["restore"] + more if "restore" in recent else math.nan,
            carry=carry,
            other=max(recent.get("track", 0.0), recent.get("blend", 0.0)),
            period=(ended - began) / (last - first),
        )
        self._pace.decide(now, load, self._on_battery)
        if self._pace.level != level:
            self._runs_at_level = 0

    def _fade(self, now: float) -> None:
        step = min(max(0.0, now - self._planned_at) / _FADE_SECONDS, 1.0)
        self._planned_at = now
        wanted = self.effort.strength
        self._strength += min(max(wanted - self._strength, -step), step)

    def _watch_battery(self) -> None:
        while True:
            self._on_battery = self._battery()
            if self._closing.wait(BATTERY_SECONDS):
                return
