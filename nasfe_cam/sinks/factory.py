"""Opens the outputs that the settings name."""

from __future__ import annotations

from contextlib import ExitStack, suppress

from nasfe_cam.config.settings import OutputKind, OutputSettings
from nasfe_cam.core.errors import OutputError
from nasfe_cam.core.user_files import expanded
from nasfe_cam.sinks.base import Sink
from nasfe_cam.sinks.file import VideoFile, check_place
from nasfe_cam.sinks.null import NullSink
from nasfe_cam.sinks.preview import Preview
from nasfe_cam.sinks.virtual_camera import VirtualCamera


def open_sinks(settings: OutputSettings) -> list[Sink]:
    """Open everything that `settings.outputs` names, each once, in that order.

    Raises:
        OutputError: one cannot be opened; those before it were closed again.
    """
    opened: list[Sink] = []
    with ExitStack() as undo:
        for kind in dict.fromkeys(settings.outputs):
            output = _open(kind, settings)
            undo.callback(_close_quietly, output)
            opened.append(output)
        undo.pop_all()
    return opened


def _close_quietly(output: Sink) -> None:
    # The failure that led here is the one to tell.
    with suppress(OutputError):
        output.close()


def _open(kind: OutputKind, settings: OutputSettings) -> Sink:
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
            check_place(settings.file)
            path = expanded(settings.file)
            return VideoFile(path, width, height, fps, replace=settings.replace)
        case OutputKind.PREVIEW:
            return Preview(width, height)
        case OutputKind.NONE:
            return NullSink()
