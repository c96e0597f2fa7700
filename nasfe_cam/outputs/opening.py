"""From settings to open outputs."""

from __future__ import annotations

from contextlib import ExitStack, suppress

from nasfe_cam.errors import OutputError
from nasfe_cam.outputs.base import Output
from nasfe_cam.outputs.nothing import Nothing
from nasfe_cam.outputs.preview import Preview
from nasfe_cam.outputs.video_file import VideoFile
from nasfe_cam.outputs.virtual_camera import VirtualCamera
from nasfe_cam.settings import OutputKind, OutputSettings


def open_outputs(settings: OutputSettings) -> list[Output]:
    """Open everything that `settings.outputs` names, each once, in that order.

    Raises:
        OutputError: one cannot be opened; those before it were closed again.
    """
    opened: list[Output] = []
    with ExitStack() as undo:
        for kind in dict.fromkeys(settings.outputs):
            output = _open(kind, settings)
            undo.callback(_close_quietly, output)
            opened.append(output)
        undo.pop_all()
    return opened


def _close_quietly(output: Output) -> None:
    # The failure that led here is the one to tell.
    with suppress(OutputError):
        output.close()


def _open(kind: OutputKind, settings: OutputSettings) -> Output:
    width, height, fps = settings.width, settings.height, settings.fps
    match kind:
        case OutputKind.CAMERA:
            return VirtualCamera(
                settings.label,
                width,
                height,
                fps,
                linger=settings.linger,
                stale_after=settings.stale_after,
            )
        case OutputKind.FILE:
            return VideoFile(settings.file, width, height, fps)
        case OutputKind.PREVIEW:
            return Preview(width, height)
        case OutputKind.NONE:
            return Nothing()
