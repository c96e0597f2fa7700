"""Where pictures come from: cameras, video files and still pictures."""

from nasfe_cam.sources.base import Source, SourceDescription
from nasfe_cam.sources.listing import CameraDescription, list_cameras
from nasfe_cam.sources.opening import open_source

__all__ = [
    "CameraDescription",
    "Source",
    "SourceDescription",
    "list_cameras",
    "open_source",
]
