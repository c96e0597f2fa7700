"""The one error family of NASFE Camera.

The base lives here because `engine` is the lowest package of the import order
(ui -> nasfe_cam -> engine). Each constructor writes the whole sentence that the
user reads: what happened, and the next step.
"""

from __future__ import annotations

from pathlib import Path


class NasfeError(Exception):
    """Base of every error that this project raises on purpose.

    `str(error)` is one line that names the cause and the next step. The CLI
    prints it without a traceback and exits with code 2.
    """


class EngineError(NasfeError):
    """A network could not be loaded or run."""


class ModelFileMissing(EngineError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Model file {path} is missing. "
            "Reinstall NASFE Camera: pip install --force-reinstall nasfe-cam"
        )


class ModelFileDamaged(EngineError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Model file {path} is damaged ({reason}). "
            "Reinstall NASFE Camera: pip install --force-reinstall nasfe-cam"
        )


class ModelContractBroken(EngineError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Model file {path} is not a NASFE network ({reason}). "
            "Export it again with: nasfe-train export"
        )


class EngineRunFailed(EngineError):
    def __init__(self, device: str, reason: str) -> None:
        super().__init__(
            f"The network stopped running on {device} ({reason}). "
            "The untouched picture is shown; run nasfe-cam doctor to check the device."
        )
