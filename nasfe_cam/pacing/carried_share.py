"""How much is shown of what the network returned for an earlier frame."""

from __future__ import annotations

import math

# What is older is shown less and less, and then no more: as where the network hangs.
_FADES_AFTER, _FADE_SECONDS = 1.2, 0.8
# On a machine, or with a camera, so slow that results are always old, they are shown for longer:
# else the face would pulse.
_TIMES_USUAL, _LONGEST_USUAL = 1.5, 2.4
# Time in which what was not shown comes back.
_RETURN_SECONDS = 0.4


class CarriedShare:
    """Less the older it is, and nothing appears suddenly; for frames in the order of their time."""

    def __init__(self) -> None:
        self._share = 0.0
        self._looked_at = -math.inf
        self._usual = 0.0

    def replaced(self, age: float) -> None:
        """A newer result came when the one before was of so many seconds ago."""
        self._usual = min(age, _LONGEST_USUAL)

    def at(self, now: float, age: float) -> float:
        """The share of a result, 0..1.

        Args:
            now: time of the frame, in seconds.
            age: seconds between the frame that the result is of and this one; 0 where this one
                waited for it, infinite where there is none.
        """
        fades_after = max(_FADES_AFTER, _TIMES_USUAL * self._usual)
        wanted = min(max(0.0, 1 - (age - fades_after) / _FADE_SECONDS), 1.0)
        step = max(0.0, now - self._looked_at) / _RETURN_SECONDS
        self._share, self._looked_at = min(wanted, self._share + step), now
        return self._share
