"""What can go wrong while pictures are handed to an output, each error with its whole sentence."""

from __future__ import annotations

from pathlib import Path

from nasfe_cam.errors import OutputError


class OutputSizeFixed(OutputError):
    def __init__(self, output: str, reason: str) -> None:
        super().__init__(
            f"{output} cannot change its size while it runs ({reason.rstrip('.')}). "
            "End the camera and start it again."
        )


class FramesNotHandedOver(OutputError):
    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"Frames cannot be handed over in {folder} ({reason.rstrip('.')}). "
            "Free some space there; if the folder is another user's, remove it."
        )
