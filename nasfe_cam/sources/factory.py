"""Opens the source that the setting `source` names."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from nasfe_cam.config.settings import SourceSettings
from nasfe_cam.core.errors import CameraNotFound, PathUnreachable, SourceNotLocal
from nasfe_cam.core.user_files import FileKind, expanded, is_network_address, kind_of
from nasfe_cam.image_io.headers import SIGNATURE_BYTES, has_picture_signature
from nasfe_cam.image_io.photo_files import PHOTO_SUFFIXES
from nasfe_cam.sources.base import Source
from nasfe_cam.sources.camera_lookup import find_camera
from nasfe_cam.sources.capture import CaptureFactory, open_capture
from nasfe_cam.sources.picture import PictureSource
from nasfe_cam.sources.v4l2 import Abilities, DeviceFolders, query_abilities
from nasfe_cam.sources.video import VideoSource
from nasfe_cam.sources.webcam import WebcamSource

_FILE_NAME = re.compile(r".*\.[a-z][a-z0-9]{1,4}", re.IGNORECASE | re.DOTALL)


def open_source(
    settings: SourceSettings,
    own_label: str,
    *,
    paced: bool = True,
    folders: DeviceFolders | None = None,
    query: Callable[[Path], Abilities | None] = query_abilities,
    capture_factory: CaptureFactory = open_capture,
    platform: str = sys.platform,
) -> Source:
    """Open the camera, video or picture that `settings.source` names.

    A whole number is a camera; what exists as a file is a picture or a video,
    by its content; anything else is the name of a camera.

    Args:
        settings: which source, and what is asked of it.
        own_label: name of the virtual camera that this program writes to,
            which is refused as a source.
        paced: False reads a video as fast as asked, for offline use.
        folders: where the video devices are; None for those of this machine.
        query: asks a video device what it can do.
        capture_factory: opens cameras.
        platform: `sys.platform`.

    Raises:
        SourceNotLocal: a network address.
        SourceNotFound, VideoUnreadable, PictureUnreadable: a file that is
            missing or cannot be shown.
        CameraNotFound, CameraForbidden, CameraIsOurOutput, CameraBusy: a
            camera that is missing or cannot be used.
    """
    wanted = settings.source.strip()
    if is_network_address(wanted):
        raise SourceNotLocal(wanted)
    path = _as_path(wanted)
    if not wanted.isdecimal() and _is_file(path):
        if _is_picture(path):
            return PictureSource(path, fps=settings.fps)
        return VideoSource(path, loop=settings.loop, paced=paced)
    try:
        camera = find_camera(wanted, own_label, folders=folders, query=query, platform=platform)
    except CameraNotFound:
        if _reads_as_file(wanted):
            # It is missing, a folder or a pipe; the source has the words for each.
            return VideoSource(path)
        raise
    return WebcamSource(
        camera,
        width=settings.width,
        height=settings.height,
        fps=settings.fps,
        capture_factory=capture_factory,
    )


def _as_path(wanted: str) -> Path:
    return expanded(Path(wanted))


def _is_file(path: Path) -> bool:
    try:
        return kind_of(path) is FileKind.FILE
    except PathUnreachable:
        # A camera name can be no file name, for its length for example.
        if _reads_as_file(str(path)):
            raise
        return False


def _is_picture(path: Path) -> bool:
    """By content first, so that a wrongly named file is shown all the same."""
    try:
        with path.open("rb") as file:
            start = file.read(SIGNATURE_BYTES)
    except OSError:
        start = b""
    return has_picture_signature(start) or path.suffix.lower() in PHOTO_SUFFIXES


def _reads_as_file(wanted: str) -> bool:
    """Whether the user meant a file, for the wording of the error only."""
    is_device = wanted.startswith("/dev/")
    return not is_device and (
        "/" in wanted or "\\" in wanted or _FILE_NAME.fullmatch(wanted) is not None
    )
