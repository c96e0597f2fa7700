"""Only sentences of ours reach the terminal, whatever a command loads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nasfe_cam.cli.terminal import complain
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP

PHOTOS = BUNDLED_CLIP.parent
SMALL = ("--width", "320", "--height", "180")
OURS = ("nasfe-cam: ", "Usage: ", "Try ", "╭", "│", "╰")


@pytest.fixture
def somebody(tmp_path: Path) -> dict[str, str]:
    """The environment of a user who has nothing yet."""
    return os.environ | {
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "NO_COLOR": "1",
        "COLUMNS": "400",
    }


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (("run", "--source", BUNDLED_CLIP, "--seconds", "3", "--output", "none", *SMALL), 0),
        (("run", "--source", BUNDLED_CLIP, "--output", "hologram"), 2),
        (("demo", "--clip", "short.mp4", "--folder", "demo", *SMALL), 0),
        (("benchmark", "--frames", "10", "--warm-up", "0", "--size", "320x180"), 0),
        (("doctor",), 1),
        (("devices",), 0),
        (("enrol", PHOTOS / "reference_1.jpg", "--name", "me"), 0),
        (("enrol", "--from-camera", "7", "--name", "me"), 2),
        (("profiles", "show", "nobody"), 2),
        (("camera", "status"), 1),
        (("status",), 2),
        (("compile",), 2),
    ],
    ids=lambda value: value if isinstance(value, int) else " ".join(map(str, value[:3])),
)
def test_no_library_talks(
    arguments: tuple[object, ...],
    exit_code: int,
    somebody: dict[str, str],
    tmp_path: Path,
    short_clip: Path,
) -> None:
    (tmp_path / "short.mp4").symlink_to(short_clip)
    done = subprocess.run(
        [sys.executable, "-m", "nasfe_cam", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=300,
        env=somebody | {"PYTHONPATH": str(Path(__file__).resolve().parents[3])},
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == exit_code, done.stderr
    foreign = [line for line in done.stderr.splitlines() if line and not line.startswith(OURS)]
    assert foreign == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "This could not be done (MemoryError). Try again"),
        (ValueError("a\nb"), "This could not be done (ValueError: a b). Try again"),
        ("Nothing was written.", "nasfe-cam: Nothing was written."),
    ],
)
def test_whatever_goes_wrong_is_said_in_a_sentence(
    error: object, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    complain(error)
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and words in said
