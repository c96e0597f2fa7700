"""How often the network runs: lowers quality rather than the frame rate, and raises it again.

Decided from measured times alone, with no clock and no threads in here: a better
level is left at once when the stages take longer than there is time between two
frames, and taken again only when there has been ample room for a while. A level
that turns out too much soon after it was taken is tried again later each time, so
that nothing swings. Where the network does not run at all, nothing can be measured: then only
trying tells, and it is tried on a timer, whatever other stages take.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum


class Restraint(StrEnum):
    """Why less is done than could be."""

    BUSY = "busy"
    BATTERY = "battery"


@dataclass(frozen=True, slots=True)
class Effort:
    """What is done for a frame besides its light, which is lifted at every level.

    Attributes:
        every: the network begins with one frame in so many, at most; 0 is with none. Only a
            frame that is one in one waits for it. Where there are more, it works beside
            them, and they get what it returned last.
        strength: 0..1, factor on the strength of the restoration.
        longest: frames of the source that may come while the network works on one, within
            `LONGEST_RUN`.
        duty: 0..1, share of the time in which it may work.
    """

    every: int
    strength: float
    longest: int = 1
    duty: float = 1.0

    @property
    def beside(self) -> bool:
        """Whether no frame waits for the network."""
        return self.every != 1


LEVELS = (
    Effort(1, 1.0),
    # Of an older result less is better: the camera's own picture is of now.
    Effort(2, 0.75, longest=3),
    Effort(3, 0.5, longest=8, duty=0.5),
    Effort(0, 0.0),
)
"""From the best on; later ones ask less of the machine."""

ON_BATTERY = 1
"""The best level while the machine runs on its battery."""

# Seconds that a run beside the frames may take, however few of them come meanwhile: what it
# returns is of another moment then.
LONGEST_RUN = 0.8
# Share of the time between two frames that the busiest stage may take; above, frames are lost.
TOO_MUCH = 1.0
# Share that a better level may be expected to take.
ROOM = 0.8
# A single slow second, as when another program starts, is no reason yet.
OVERLOADED_SECONDS = 1.0
# With room for so long, a better level is tried; twice as long after each relapse.
PATIENCE, LONGEST_PATIENCE = 5.0, 60.0
# A better level that lasted for so long was right.
PROVEN_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Load:
    """Measured times, in seconds.

    Attributes:
        restore: of the network, and what else a frame takes that waits for it; NaN while it did
            not run.
        carry: of the restoring stage, for a frame that does not wait for it.
        other: of the slowest other stage.
        period: between two frames of the source.
    """

    restore: float
    carry: float
    other: float
    period: float

    def share(self, effort: Effort) -> float:
        """Part that the busiest stage takes of the time that it has at this effort."""
        return max(self.restoring_share(effort), self.other / self.period)

    def restoring_share(self, effort: Effort) -> float:
        """The same of network and restoring stage alone: the others do not change with it."""
        if effort.every == 0:
            return 0.0
        restore = 0.0 if math.isnan(self.restore) else self.restore
        if not effort.beside:
            return restore / self.period
        may_take = min(effort.longest * self.period, LONGEST_RUN)
        return max(restore / may_take, self.carry / self.period)


class QualityLadder:
    """Chooses among `LEVELS`."""

    def __init__(self) -> None:
        self._level = 0
        self._floor = 0
        self._overloaded_since = math.inf
        self._room_since = math.inf
        self._bettered_at = -math.inf
        self._patience = PATIENCE

    @property
    def level(self) -> int:
        """Place in `LEVELS`, from 0 for the best."""
        return self._level

    @property
    def effort(self) -> Effort:
        """What to do for every frame now."""
        return LEVELS[self._level]

    @property
    def reason(self) -> Restraint | None:
        """Why it is not the best level; None for the best."""
        if self._level == 0:
            return None
        return Restraint.BATTERY if self._level == self._floor else Restraint.BUSY

    def decide(self, now: float, load: Load, on_battery: bool) -> None:
        """Take the measurements of a moment into account; call a few times per second.

        Args:
            now: seconds, never falling.
            load: means over the last half second or so.
            on_battery: the machine runs on its battery.
        """
        self._floor = ON_BATTERY if on_battery else 0
        if self._level < self._floor:
            self._take(self._floor)
        if PROVEN_SECONDS <= now - self._bettered_at < math.inf:
            self._patience, self._bettered_at = PATIENCE, -math.inf
        self._overloaded_since = self._since(
            self._overloaded_since, load.share(self.effort) > TOO_MUCH, now
        )
        better = self._level - 1
        if self.effort.every == 0:
            # What was measured before is of another time: only trying tells.
            load = replace(load, restore=math.nan)
        # Not asked of other stages: what keeps them busy may be the very load that goes.
        roomy = better >= self._floor and load.restoring_share(LEVELS[better]) < ROOM
        self._room_since = self._since(self._room_since, roomy, now)
        relievable = self._level < len(LEVELS) - 1
        if relievable and now - self._overloaded_since >= OVERLOADED_SECONDS:
            self._relieve(now)
        elif now - self._room_since >= self._patience:
            self._bettered_at = now
            self._take(better)

    @staticmethod
    def _since(before: float, holds: bool, now: float) -> float:
        return min(before, now) if holds else math.inf

    def _relieve(self, now: float) -> None:
        if now - self._bettered_at < PROVEN_SECONDS:
            self._patience = min(2 * self._patience, LONGEST_PATIENCE)
            # One relapse counts once, however many levels it takes.
            self._bettered_at = -math.inf
        self._take(self._level + 1)

    def _take(self, level: int) -> None:
        self._level = level
        self._overloaded_since = self._room_since = math.inf
