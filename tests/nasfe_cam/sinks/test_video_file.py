"""The MP4 output, read back with PyAV."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from nasfe_cam.config.names import setting_values
from nasfe_cam.config.settings import OutputKind, OutputSettings, Settings, load_settings
from nasfe_cam.control.client.restart_policy import RestartPolicy, StartPlan
from nasfe_cam.control.protocol.endpoint import Endpoint
from nasfe_cam.control.protocol.messages import Status
from nasfe_cam.core.errors import OutputError, OutputFileFailed
from nasfe_cam.core.frame import Frame
from nasfe_cam.pipeline.factory import open_pipeline
from nasfe_cam.sinks.errors import RecordingExists, RecordingIsSource
from nasfe_cam.sinks.factory import open_sinks
from nasfe_cam.sinks.file import VideoFile

Start = Callable[..., "subprocess.Popen[str]"]
WIDTH, HEIGHT = 320, 180
# A rate that varies, a gap, and two frames of the same time.
TIMES = [0.0, 0.033, 0.066, 0.2, 0.21, 0.5, 0.5, 1.5]

# Noise does not compress, so a small limit is reached in a few frames.
FULL_DISK = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from nasfe_cam.core.errors import OutputFileFailed
from nasfe_cam.core.frame import Frame
from nasfe_cam.sinks.file import VideoFile
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


def frames_of(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


def test_an_older_file_is_replaced_only_if_asked_and_when_the_new_one_is_whole(
    tmp_path: Path,
) -> None:
    path = tmp_path / "out.mp4"
    path.write_bytes(b"the old one")
    with pytest.raises(RecordingExists, match="--replace"):
        VideoFile(path, WIDTH, HEIGHT, 30.0)
    video = VideoFile(path, WIDTH, HEIGHT, 30.0, replace=True)
    video.show(Frame(picture(0), 0.0, 0))
    assert path.read_bytes() == b"the old one"
    video.close()
    video.close()
    assert frames_of(path) == 1
    assert [item.name for item in tmp_path.iterdir()] == ["out.mp4"]


@pytest.mark.skipif(sys.platform == "win32", reason="kills itself with a signal")
def test_what_was_recorded_until_the_process_is_killed_can_be_played(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "out.mp4"
    process = start(
        "-c",
        FULL_DISK.replace("video.close()", "import os; os.kill(os.getpid(), 9)"),
        path,
        100_000_000,
        200,
    )
    process.communicate(timeout=180)
    assert process.returncode == -9
    assert frames_of(path) >= 100


@pytest.mark.parametrize("name", ["2026-11-30T10:30.mp4", "file:x.mp4", "concat:a|b.mp4", "r.mkv"])
def test_a_strange_name_is_the_name_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if sys.platform == "win32" and ":" in name:
        pytest.skip("Windows knows no such names")
    monkeypatch.chdir(tmp_path)
    settings = OutputSettings(outputs=(OutputKind.FILE,), width=WIDTH, height=HEIGHT, file=name)
    (video,) = open_sinks(settings)
    video.show(Frame(picture(0), 0.0, 0))
    video.close()
    assert [item.name for item in tmp_path.iterdir()] == [name]
    assert frames_of(tmp_path / name) == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("tcp://127.0.0.1:9876/x.mp4", "network address"),
        ("http://host/x.mp4", "network address"),
        ("rtmp://host/x", "network address"),
        ("ftp:/x.mp4", "network address"),
        ("x.webm", "cannot be a .webm file"),
        ("x.avi", "cannot be a .avi file"),
        (".", "folder"),
        (os.devnull, "device"),
    ],
)
def test_what_is_no_recording_of_ours_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match=words):
        open_sinks(OutputSettings(outputs=(OutputKind.FILE,), file=Path(name), replace=True))
    assert list(tmp_path.iterdir()) == []


def test_the_home_folder_may_be_written_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (video,) = open_sinks(OutputSettings(outputs=(OutputKind.FILE,), file=Path("~/a.mp4")))
    assert (tmp_path / "a.mp4").exists()
    video.close()


def test_the_clip_that_is_shown_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "same.mp4"
    write(path, TIMES)
    # Links to a path need rights on Windows.
    (os.link if sys.platform == "win32" else os.symlink)(path, tmp_path / "link.mp4")
    before = path.read_bytes()
    settings = Settings().replaced(
        {
            "source.source": str(path),
            "output.outputs": ["file"],
            "output.file": str(tmp_path / "link.mp4"),
            "output.replace": True,
        }
    )
    with pytest.raises(RecordingIsSource):
        open_pipeline(settings, lambda error: None)
    assert path.read_bytes() == before


def test_after_a_crash_the_next_part_gets_a_name_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"until the crash")
    values = setting_values(Settings()) | {"output.outputs": ("file",), "output.file": "a.mp4"}
    status = Status.model_construct(settings=values, running_s=1.0)
    plan = RestartPolicy(Endpoint(tmp_path)).plan(status, tmp_path, StartPlan(()))
    settings = load_settings(Path(plan.arguments[1]))
    assert settings.output.file == tmp_path / "a-2.mp4"


def test_without_a_frame_there_is_no_file(tmp_path: Path) -> None:
    VideoFile(tmp_path / "out.mp4", WIDTH, HEIGHT, 30.0).close()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_an_error_at_start(tmp_path: Path) -> None:
    with pytest.raises(OutputFileFailed, match="No such file"):
        VideoFile(tmp_path / "none" / "out.mp4", WIDTH, HEIGHT, 30.0)


def test_a_folder_is_refused_at_start(tmp_path: Path) -> None:
    with pytest.raises(OutputFileFailed, match="the name of a file"):
        VideoFile(tmp_path, WIDTH, HEIGHT, 30.0)
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_cannot_be_written_is_an_error_at_start(tmp_path: Path) -> None:
    (tmp_path / "folder").write_bytes(b"a file")
    with pytest.raises(OutputFileFailed, match=r"out\.mp4 cannot be written"):
        VideoFile(tmp_path / "folder" / "out.mp4", WIDTH, HEIGHT, 30.0)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes")
@pytest.mark.parametrize(
    ("bytes_free", "frames", "when"),
    [(200_000, 90, "show"), (20_000, 3, "close")],
    ids=["on the way", "at the end"],
)
def test_a_disk_that_is_full_is_told_once_and_what_was_written_kept(
    start: Start, tmp_path: Path, bytes_free: int, frames: int, when: str
) -> None:
    path = tmp_path / "out.mp4"
    said, errors = start("-c", FULL_DISK, path, bytes_free, frames).communicate(timeout=120)
    assert said.startswith(f"{when}: {path} cannot be written any more"), errors
    assert len(said.splitlines()) == 1
    assert [item.name for item in tmp_path.iterdir()] == ["out.mp4"]
    assert path.stat().st_size >= bytes_free * 0.9


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
