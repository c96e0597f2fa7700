"""Brings the virtual camera back before the camera that crashed is back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from nasfe_cam.config.names import SettingValue
from nasfe_cam.config.settings import OutputKind
from nasfe_cam.core.errors import NasfeError
from nasfe_cam.sinks.helper_program import HelperProgram
from nasfe_cam.sinks.output_program import OutputOrder, default_ring_path, revive_output


def revive_output_of(
    settings: Mapping[str, SettingValue], record: Path | None = None
) -> HelperProgram | None:
    """Start the output program of a crashed camera where it is gone as well.

    The camera would do so itself, but only after its libraries are loaded, for which a meeting
    would see no picture.

    Args:
        settings: those of the camera, by their dotted names.
        record: JSON lines file to write instead of using a virtual camera.

    Returns:
        The program, to be asked for its end now and then; None where none was started.
    """
    outputs = settings.get("output.outputs", ())
    if not (isinstance(outputs, tuple) and OutputKind.CAMERA in outputs):
        return None
    try:
        label = str(settings["output.label"])
        fps, linger, stale_after = (
            float(str(settings[f"output.{name}"])) for name in ("fps", "linger", "stale_after")
        )
        ring = default_ring_path(label)
    except (KeyError, ValueError, NasfeError):
        # A camera of another version.
        return None
    return revive_output(OutputOrder(ring, label, fps, linger, stale_after, record))
