"""A clip that takes no time."""

from __future__ import annotations

from pathlib import Path

import av
import cv2
import pytest

from nasfe_cam.core.frame import Frame
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from nasfe_cam.sinks.file import VideoFile


@pytest.fixture(scope="session")
def short_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 40 frames of the bundled clip, at 640 x 360."""
    path = tmp_path_factory.mktemp("clip") / "short.mp4"
    video = VideoFile(path, 640, 360, 30)
    with av.open(str(BUNDLED_CLIP)) as container:
        for index, picture in enumerate(container.decode(video=0)):
            if index == 40:
                break
            image = cv2.resize(picture.to_ndarray(format="bgr24"), (640, 360))
            video.show(Frame(image, index / 30, index))
    video.close()
    return path
