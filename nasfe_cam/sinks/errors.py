"""What can go wrong while pictures are handed to an output, each error with its whole sentence."""

from __future__ import annotations

from pathlib import Path

from nasfe_cam.core.errors import OutputError, OutputFileFailed


class OutputSizeFixed(OutputError):
    code = "output-size-fixed"
    text = "{output} cannot change its size while it runs ({reason})."
    remedy = "End the camera and start it again."

    output: str
    reason: str

    def __post_init__(self) -> None:
        self.reason = self.reason.rstrip(".")


class RecordingLost(OutputFileFailed):
    code = "recording-lost"
    text = "{path} cannot be written any more ({reason}); what was recorded is kept."
    remedy = "Free some space, and start the camera again to go on recording."


class RecordingExists(OutputError):
    code = "recording-exists"
    text = "There is a file {path} already."
    remedy = "Choose another --output-file, or add --replace to put the new recording in its place."

    path: Path


class RecordingIsSource(OutputError):
    code = "recording-is-source"
    text = "{path} is the clip that is shown."
    remedy = "Choose another --output-file."

    path: Path


class RecordingNotLocal(OutputError):
    code = "recording-not-local"
    text = "{path} is a network address; nothing is ever sent to a network."
    remedy = "Give --output-file the path of a local file."

    path: str


class RecordingKindUnknown(OutputError):
    code = "recording-kind-unknown"
    text = "A recording cannot be a {suffix} file."
    remedy = "Give --output-file a name that ends in .mp4, .mov or .mkv."

    suffix: str


class FramesNotHandedOver(OutputError):
    code = "frames-not-handed-over"
    text = "Frames cannot be handed over in {folder} ({reason})."
    remedy = "Free some space there; if the folder is another user's, remove it."

    folder: Path
    reason: str
