"""How a crashed camera is restarted: with its last settings, and with a growing delay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nasfe_cam.config.names import SettingValue, settings_file_text
from nasfe_cam.control.protocol.endpoint import Endpoint
from nasfe_cam.control.protocol.messages import Status
from nasfe_cam.core.atomic_files import write_private_bytes
from nasfe_cam.core.back_off import HEALTHY_SECONDS, BackOff
from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.user_files import expanded, free_name


@dataclass(frozen=True, slots=True)
class StartPlan:
    """Arguments of `nasfe-cam run`, and the working folder; None for that of this process."""

    arguments: tuple[str, ...]
    folder: Path | None = None


class RestartPolicy:
    """Plans the next start after a crash; for one thread.

    Args:
        endpoint: whose folder takes the settings of the camera that crashed.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._back_off = BackOff()
        self._ran = 0.0

    def next_delay(self) -> float:
        """Seconds to wait before the next attempt; counted from the start of the last one."""
        ran, self._ran = self._ran, 0.0
        return max(0.0, self._back_off.next_delay() - ran)

    def plan(self, status: Status | None, folder: Path, otherwise: StartPlan) -> StartPlan:
        """How to start the camera as it was, with the settings that it had at last.

        Args:
            status: its last one; None where it crashed before the first.
            folder: its working folder.
            otherwise: the plan where its settings are not known.
        """
        if status is None:
            return otherwise
        self._ran = status.running_s
        if status.running_s > HEALTHY_SECONDS:
            self._back_off.start_again()
        file = self._endpoint.restart_file
        settings = status.settings | _another_recording(status.settings, folder)
        try:
            write_private_bytes(file, settings_file_text(settings).encode(), durable=False)
        except (OSError, NasfeError):
            return otherwise
        return StartPlan(("--config", str(file)), folder)


def _another_recording(
    settings: Mapping[str, SettingValue], folder: Path
) -> dict[str, SettingValue]:
    """A free name for the next part of a recording; the one until the crash is kept."""
    outputs = settings.get("output.outputs", ())
    if not (isinstance(outputs, tuple) and "file" in outputs):
        return {}
    path = expanded(Path(str(settings["output.file"])))
    return {"output.file": str(free_name(path if path.is_absolute() else folder / path))}
