"""Notices a camera that runs but does not answer, and ends it, so that another can be started."""

from __future__ import annotations

import threading
from collections.abc import Callable

from nasfe_cam.core.threads import lasting_thread
from nasfe_cam.processes.heartbeat import Heartbeat

HUNG_SECONDS = 5.0
"""So long a running camera may be silent, beside the period of its statuses."""

HUNG_AT_START_SECONDS = 10.0
"""So long one that is starting may do nothing; libraries and drivers are loaded then."""

# A camera that hangs again right after its start may be on a machine that is too slow.
LONGEST_PATIENCE_SECONDS = 40.0

_LONGER = 1.5
_LOOK_SECONDS = 0.25
_SAID_AFTER = 0.5
# One that was halted from outside, and does not go on at once, does not go on by itself.
_HALTED_LOOKS = 2


class Patience:
    """For how long a camera may be silent: longer after each one that did not get far."""

    def __init__(self) -> None:
        self._factor = 1.0

    def seconds(self, *, starting: bool) -> float:
        """For a camera that is starting, or runs."""
        seconds = HUNG_AT_START_SECONDS if starting else HUNG_SECONDS
        return min(seconds * self._factor, LONGEST_PATIENCE_SECONDS)

    def was_too_short(self, *, steady: bool) -> None:
        """A camera was ended for its silence; `steady` if it had run well before."""
        self._factor = 1.0 if steady else self._factor * _LONGER


class SilenceWatch:
    """Watches one camera, from a thread of its own: requests to it may be waiting meanwhile.

    Args:
        sign: its newest sign of life.
        patience: seconds without a new sign after which it hangs.
        is_halted: whether it was halted from outside, for which nobody needs to wait.
        on_silence: told whether it is silent, again and again.
        on_hung: called once, when it hangs.
    """

    def __init__(
        self,
        sign: Callable[[], object],
        patience: Callable[[], float],
        is_halted: Callable[[], bool],
        on_silence: Callable[[bool], None],
        on_hung: Callable[[], None],
    ) -> None:
        self._sign = sign
        self._patience = patience
        self._is_halted = is_halted
        self._on_silence = on_silence
        self._on_hung = on_hung
        self._closing = threading.Event()
        self._thread = lasting_thread("camera-silence", self._watch, self._closing)
        self._thread.start()

    def close(self) -> None:
        """End watching."""
        self._closing.set()
        self._thread.join()

    def _watch(self) -> None:
        heart = Heartbeat()
        halted = 0
        while not self._closing.wait(_LOOK_SECONDS):
            silent, patience = heart.silent_for(self._sign()), self._patience()
            self._on_silence(silent >= patience * _SAID_AFTER)
            halted = halted + 1 if self._is_halted() else 0
            if silent >= patience or halted >= _HALTED_LOOKS:
                self._on_hung()
                return
