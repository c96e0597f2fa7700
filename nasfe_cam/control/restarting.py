"""How a camera that crashed is started again: as it was last seen, and not in a hurry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nasfe_cam.control.endpoint import Endpoint, write_private
from nasfe_cam.control.messages import Status
from nasfe_cam.setting_names import settings_file_text
from nasfe_cam.supervision import BackOff

# A camera that ran for so long did not crash because of how it was started.
_STEADY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class StartPlan:
    """Arguments of `nasfe-cam run`, and the working folder; None for that of this process."""

    arguments: tuple[str, ...]
    folder: Path | None = None


class Restarting:
    """Plans the next start after a crash; for one thread.

    Args:
        endpoint: whose folder takes the settings of the camera that crashed.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._back_off = BackOff()

    def next_delay(self) -> float:
        """Seconds to wait before the next attempt."""
        return self._back_off.next_delay()

    def plan(self, status: Status | None, folder: Path, otherwise: StartPlan) -> StartPlan:
        """How to start the camera as it was, with the settings that it had at last.

        Args:
            status: its last one; None where it crashed before the first.
            folder: its working folder.
            otherwise: the plan where its settings are not known.
        """
        if status is None:
            return otherwise
        if status.running_s > _STEADY_SECONDS:
            self._back_off.succeeded()
        file = self._endpoint.restart_file
        try:
            write_private(file, settings_file_text(status.settings).encode())
        except OSError:
            return otherwise
        return StartPlan(("--config", str(file)), folder)
