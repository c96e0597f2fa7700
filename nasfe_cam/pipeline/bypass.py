"""The way of a frame around the stages, while one of them hangs in a driver or a library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.reporting import Report
from nasfe_cam.core.stage import Stage

# Far longer than the slowest network needs for a frame.
HUNG_SECONDS = 2.0
# A machine that was as slow before does not hang; for so long at most.
_TIMES_BEFORE = 4.0
_LONGEST_SECONDS = 10.0


class StageHung(NasfeError):
    code = "stage-hung"
    text = "The part that does '{stage}' hangs; the picture is shown unrepaired meanwhile."
    remedy = "If it does not come back, start the camera again."

    stage: str


class Bypass:
    """Tells whether frames have to go around the stages; for the thread that captures.

    Args:
        stages: on the way of a frame.
        report: told once for each time that a stage hangs.
        beside: a stage that no frame waits for; that it hangs is reported, and no more.
    """

    def __init__(
        self, stages: Sequence[Stage[Any]], report: Report, beside: Stage[Any] | None = None
    ) -> None:
        self._stages = stages
        self._beside = () if beside is None else (beside,)
        self._report = report
        self._hung: list[Stage[Any]] = []

    def needed(self) -> bool:
        """Whether a stage has worked on one frame for two seconds, and for far longer than on
        any of the last ones; cheap."""
        hung = [stage for stage in (*self._stages, *self._beside) if _hangs(stage)]
        before, self._hung = self._hung, hung
        for stage in hung:
            if stage not in before:
                self._report(StageHung(stage.name))
        return any(stage not in self._beside for stage in hung)


def _hangs(stage: Stage[Any]) -> bool:
    busy = stage.busy_for()
    if busy <= HUNG_SECONDS:
        return False
    return busy > min(_TIMES_BEFORE * stage.longest_seconds(), _LONGEST_SECONDS)
