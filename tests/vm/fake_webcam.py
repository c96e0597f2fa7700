"""What the fake webcam films, as raw pictures that ffmpeg can play without decoding.

python tests/vm/fake_webcam.py FILE
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np

from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from nasfe_cam.sources.video_decoder import VideoFile
from tests.vm.picture import HEIGHT, NUMBERS, ROW, WIDTH, Image, compose


def write_pictures(path: Path) -> None:
    """Every number once."""
    portrait = _portrait()
    with path.open("wb") as file:
        for number in range(NUMBERS):
            file.write(compose(portrait, number).tobytes())


def webcam_picture(number: int) -> Image:
    """What a program gets of the picture with this number: 360 x 640 x 3, uint8, BGR."""
    return np.asarray(cv2.cvtColor(compose(_portrait(), number), cv2.COLOR_YUV2BGR_YUY2), np.uint8)


def _portrait() -> Image:
    """The middle of the bundled clip's first picture, made dark."""
    image = next(iter(VideoFile(BUNDLED_CLIP).pictures())).image()
    rows, columns = image.shape[:2]
    head = image[rows // 4 : rows * 9 // 10, columns // 4 : columns * 3 // 4]
    height = HEIGHT - 2 * ROW
    width = round(head.shape[1] * height / head.shape[0])
    small = cv2.resize(head, (width, height), interpolation=cv2.INTER_AREA)
    portrait = np.zeros((height, WIDTH, 3), np.uint8)
    left = (WIDTH - width) // 2
    portrait[:, left : left + width] = small * (2 / 3)
    return portrait


if __name__ == "__main__":
    write_pictures(Path(sys.argv[1]))
