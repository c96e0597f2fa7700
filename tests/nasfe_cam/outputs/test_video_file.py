"""The MP4 output, read back with PyAV."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from nasfe_cam.errors import OutputError, OutputFileFailed
from nasfe_cam.frame import Frame
from nasfe_cam.outputs.video_file import VideoFile

Start = Callable[..., "subprocess.Popen[str]"]
WIDTH, HEIGHT = 320, 180
# A rate that varies, a gap, and two frames of the same time.
TIMES = [0.0, 0.033, 0.066, 0.2, 0.21, 0.5, 0.5, 1.5]

# Noise does not compress, so a small limit is reached in a few frames.
FULL_DISK = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from nasfe_cam.errors import OutputFileFailed
from nasfe_cam.frame import Frame
from nasfe_cam.outputs.video_file import VideoFile
limit, frames = int(sys.argv[2]), int(sys.argv[3])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
random = np.random.default_rng(0)
video = VideoFile(Path(sys.argv[1]), 320, 180, 30.0)
for index in range(frames):
    try:
        video.show(Frame(random.integers(0, 256, (180, 320, 3), dtype=np.uint8), index / 30, index))
    except OutputFileFailed as error:
        print("show:", error)
try:
    video.close()
except OutputFileFailed as error:
    print("close:", error)
"""


def picture(index: int) -> np.ndarray:
    """Four flat quadrants in strong colours, and a column that tells the frame."""
    image = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    image[:90, :160], image[:90, 160:] = (40, 40, 200), (40, 200, 40)
    image[90:, :160], image[90:, 160:] = (200, 40, 40), (60, 180, 180)
    image[:, 140:180] = 30 * index
    return image


def write(path: Path, times: list[float]) -> None:
    video = VideoFile(path, WIDTH, HEIGHT, 30.0)
    for index, seconds in enumerate(times):
        video.show(Frame(picture(index), 5000.0 + seconds, index))
    video.close()


def test_every_frame_comes_back_with_its_pixels_and_its_time(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    write(path, TIMES)
    with av.open(str(path)) as container:
        frames = list(container.decode(video=0))
    assert len(frames) == len(TIMES)
    for index, (frame, seconds) in enumerate(zip(frames, TIMES, strict=True)):
        assert frame.time == pytest.approx(seconds, abs=0.002)
        back = frame.to_ndarray(format="bgr24").astype(int)
        for row, column in [(45, 60), (45, 260), (135, 60), (135, 260), (90, 160)]:
            np.testing.assert_allclose(back[row, column], picture(index)[row, column], atol=12)


def test_players_are_told_the_codec_and_the_colours(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    write(path, TIMES)
    with av.open(str(path)) as container:
        context = container.streams.video[0].codec_context
        assert (context.name, context.pix_fmt) == ("h264", "yuv420p")
        assert (context.width, context.height) == (WIDTH, HEIGHT)
        bt709, limited = 1, 1
        assert context.colorspace == bt709
        assert context.color_primaries == bt709
        assert context.color_trc == bt709
        assert context.color_range == limited


def test_the_name_appears_only_when_the_file_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    path.write_bytes(b"the old one")
    video = VideoFile(path, WIDTH, HEIGHT, 30.0)
    video.show(Frame(picture(0), 0.0, 0))
    assert path.read_bytes() == b"the old one"
    assert (tmp_path / "out.mp4.part").exists()
    video.close()
    video.close()
    assert path.stat().st_size > 100
    assert [item.name for item in tmp_path.iterdir()] == ["out.mp4"]


def test_without_a_frame_there_is_no_file(tmp_path: Path) -> None:
    VideoFile(tmp_path / "out.mp4", WIDTH, HEIGHT, 30.0).close()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_an_error_at_start(tmp_path: Path) -> None:
    with pytest.raises(OutputFileFailed, match="No such file"):
        VideoFile(tmp_path / "none" / "out.mp4", WIDTH, HEIGHT, 30.0)


def test_a_path_that_cannot_be_written_is_an_error_at_start(tmp_path: Path) -> None:
    (tmp_path / "out.mp4.part").mkdir()
    with pytest.raises(OutputFileFailed, match=r"out\.mp4 cannot be written"):
        VideoFile(tmp_path / "out.mp4", WIDTH, HEIGHT, 30.0)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes")
def test_a_disk_that_fills_up_is_told_once_and_the_half_file_removed(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "out.mp4"
    said, errors = start("-c", FULL_DISK, path, 200_000, 90).communicate(timeout=20)
    assert said.startswith(f"show: {path} cannot be written"), errors
    assert len(said.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes")
def test_a_disk_that_is_full_at_the_end_is_told_and_the_half_file_removed(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "out.mp4"
    said, errors = start("-c", FULL_DISK, path, 20_000, 3).communicate(timeout=20)
    assert said.startswith(f"close: {path} cannot be written"), errors
    assert len(said.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_frame_of_another_size_is_refused_and_the_file_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    video = VideoFile(path, WIDTH, HEIGHT, 30.0)
    video.show(Frame(picture(0), 0.0, 0))
    with pytest.raises(OutputError, match="320 x 180"):
        video.show(Frame(np.zeros((10, 10, 3), np.uint8), 0.1, 1))
    video.show(Frame(picture(2), 0.2, 2))
    video.close()
    with av.open(str(path)) as container:
        assert len(list(container.decode(video=0))) == 2
