"""The commands, run as a user runs them, on a machine without a camera."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from nasfe_cam.core.frame import Frame
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from nasfe_cam.sinks.file import VideoFile

FILE = ("--output", "file", "--output-file")
SMALL = ("--width", "320", "--height", "180")
KEYS = {
    "fps",
    "latency_ms",
    "stages_ms",
    "dropped",
    "device",
    "model",
    "peak_memory_mb",
    "cpu_percent",
}


def run(*arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nasfe_cam", *arguments],
        capture_output=True,
        text=True,
        timeout=timeout,
    )


def test_the_demo_leaves_clip_picture_and_report(short_clip: Path, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    done = run("demo", "--clip", str(short_clip), "--folder", str(folder), *SMALL)
    assert done.returncode == 0, done.stderr
    report = json.loads((folder / "report.json").read_text())
    assert set(report) >= KEYS
    assert report["psnr_after"] > report["psnr_before"] + 3
    assert report["ssim_after"] > report["ssim_before"] + 0.1
    with av.open(str(folder / "side-by-side.mp4")) as container:
        assert sum(1 for _ in container.decode(video=0)) == 40
    picture = cv2.imread(str(folder / "before-after.png"))
    assert picture.shape == (180, 640, 3)
    left, right = picture[:, :320], picture[:, 320:]
    assert right.mean() > left.mean() + 20
    assert "report.json" in done.stdout


def test_the_benchmark_writes_its_keys(short_clip: Path, tmp_path: Path) -> None:
    target = tmp_path / "benchmark.json"
    done = run(
        *("benchmark", "--size", "320x180", "--frames", "30", "--warm-up", "5"),
        *("--clip", str(short_clip), "--json", str(target)),
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(target.read_text())
    assert set(result) >= KEYS
    assert result["frames"] >= 30 and result["restored"] == result["frames"]
    assert set(result["latency_ms"]) == {"p50", "p95", "p99"}
    assert {"track", "restore", "blend"} <= set(result["stages_ms"])
    assert result["device"].startswith("CPU")


def test_a_run_writes_a_file_and_reports_for_machines(short_clip: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.mp4"
    done = run(
        *("run", "--source", str(short_clip), "--simulate-bad-webcam", "60", "--json"),
        *("--output", "file", "--output", "none", "--output-file", str(target), *SMALL),
    )
    assert done.returncode == 0, done.stderr
    with av.open(str(target)) as container:
        assert sum(1 for _ in container.decode(video=0)) > 5
    for line in done.stdout.splitlines():
        assert {"fps", "shown", "dropped"} <= set(json.loads(line))


def test_a_run_ends_with_what_it_has_written(short_clip: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.mp4"
    done = run("run", "--source", str(short_clip), *FILE, str(target), *SMALL)
    assert done.returncode == 0, done.stderr
    (line,) = done.stderr.splitlines()
    with av.open(str(target)) as container:
        written = sum(1 for _ in container.decode(video=0))
    assert f"{target}: {written} frames, " in line
    assert "restored" in line and "dropped" in line


def test_a_deleted_profile_of_the_settings_keeps_nobody_out(
    short_clip: Path, tmp_path: Path
) -> None:
    config = tmp_path / "settings.toml"
    config.write_text('[restore]\nprofile = "gone"\n')
    options = ("--source", str(short_clip), "--output", "none", "--config", str(config), *SMALL)
    done = run("run", *options)
    assert done.returncode == 0 and "no profile 'gone'" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_the_run_orderly(short_clip: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "out.mp4"
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "nasfe_cam", "run", "--source", str(short_clip), "--loop"),
            *("--json", "--output", "file", "--output-file", str(target), *SMALL),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    while json.loads(process.stdout.readline())["shown"] < 10:
        time.sleep(0.05)
    process.send_signal(signal.Signals[name])
    process.stdout.read()
    assert process.wait(30) == 0
    with av.open(str(target)) as container:
        assert sum(1 for _ in container.decode(video=0)) >= 10
    assert [path.name for path in tmp_path.iterdir()] == ["out.mp4"]


def test_a_picture_is_a_source(tmp_path: Path) -> None:
    picture = tmp_path / "grey.png"
    cv2.imwrite(str(picture), np.full((77, 33), 90, np.uint8))
    done = run("run", "--source", str(picture), "--seconds", "1", "--output", "none", *SMALL)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "--source", "/no/clip.mp4"), "no file /no/clip.mp4"),
        (("run", "--source", "7", "--output", "none"), "camera"),
        (("run", "--source", "http://host/x.mp4"), "http"),
        (("run", "--retouch", "130"), "0 to 100"),
        (("run", "--output", "hologram"), "output.outputs"),
        (("run", "--model", "foo"), "no network 'foo'"),
        (("run", "--profile", "nobody"), "no profile 'nobody'"),
        (("run", "--source", str(BUNDLED_CLIP), *FILE, "/proc"), "/proc"),
        (("run", "--source", str(BUNDLED_CLIP), *FILE, "/no/out.mp4"), "Make its folder"),
        (("profiles", "import", "/no/me.nasfe-profile"), "no file"),
        (("run", "--config", "/no/settings.toml"), "cannot be read"),
        (("benchmark", "--size", "big"), "WIDTHxHEIGHT"),
        (("benchmark", "--clip", "/no/clip.mp4"), "no file"),
        (("demo", "--clip", "/no/clip.mp4"), "no file"),
        (("demo", "--folder", "/proc/nowhere"), "/proc/nowhere"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_exit_code_2(
    arguments: tuple[str, ...], words: str
) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    lines = [line for line in done.stderr.splitlines() if line.startswith("nasfe-cam: ")]
    assert len(lines) == 1 and words in lines[0]
    assert "Traceback" not in done.stderr


def test_a_missing_virtual_camera_is_said_with_the_next_step(short_clip: Path) -> None:
    done = run("run", "--source", str(short_clip), "--output", "camera")
    assert done.returncode == 2
    assert "nasfe-cam doctor" in done.stderr


def test_help_shows_the_words_and_defaults_of_the_settings() -> None:
    shown = " ".join(run("run", "--help").stdout.split())
    rate = shown.partition("--observe-rate")[2]
    assert rate.startswith(
        " NUMBER How often light and noise are measured, per second. [0.5 to 10; default: 2]"
    )


def test_a_clip_without_a_face_is_said_by_the_demo(tmp_path: Path) -> None:
    path = tmp_path / "empty.mp4"
    video = VideoFile(path, 320, 180, 30)
    for index in range(10):
        video.show(Frame(np.full((180, 320, 3), 120, np.uint8), index / 30, index))
    video.close()
    done = run("demo", "--clip", str(path), "--folder", str(tmp_path / "demo"), *SMALL)
    assert done.returncode == 2
    assert "shows no face" in done.stderr
