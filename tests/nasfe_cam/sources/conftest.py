"""A clock that only moves when told to, and small videos made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.stream import VideoStream

from nasfe_cam.core.frame import Image

MILLISECONDS = Fraction(1, 1000)
MakeVideo = Callable[..., Path]


class FakeClock:
    """`clock()` is the time; `clock.sleep` moves it and remembers by how much."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.sleeps: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def grey(level: int, width: int = 64, height: int = 48) -> Image:
    return np.full((height, width, 3), level, np.uint8)


@pytest.fixture
def make_video(tmp_path: Path) -> MakeVideo:
    """Writes a video whose picture i is a flat grey of level 8 * i (see `number_of`)."""

    def make(
        name: str = "clip.mkv",
        times: Sequence[int] | None = None,
        count: int = 10,
        size: tuple[int, int] = (64, 48),
        codec: str = "mpeg4",
        pixel_format: str = "yuv420p",
        rotation: int = 0,
        picture: Callable[[int], Image] | None = None,
    ) -> Path:
        """`times` are milliseconds; without them, `count` pictures at 25 per second."""
        path = tmp_path / name
        moments = list(times) if times is not None else [40 * index for index in range(count)]
        with av.open(str(path), "w") as container:
            stream = container.add_stream(codec, rate=25)
            assert isinstance(stream, VideoStream)
            stream.width, stream.height = size
            stream.pix_fmt = pixel_format
            stream.codec_context.time_base = MILLISECONDS
            stream.codec_context.gop_size = 5
            stream.bit_rate = 8_000_000
            if rotation:
                stream.set_display_rotation(rotation)
            for index, moment in enumerate(moments):
                image = picture(index) if picture else grey(8 * index, *size)
                frame = av.VideoFrame.from_ndarray(image, format="bgr24")
                frame.pts, frame.time_base = moment, MILLISECONDS
                container.mux(stream.encode(frame))
            container.mux(stream.encode())
        return path

    return make


@pytest.fixture
def number_of() -> Callable[[Image], int]:
    """Which picture of a `make_video` clip an image is."""
    return lambda image: round(float(image.mean()) / 8)
