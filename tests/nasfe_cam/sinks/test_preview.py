"""The preview window: mostly that its absence is told in a sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from nasfe_cam.core.frame import Frame
from nasfe_cam.sinks.preview import Preview, PreviewFailed
from nasfe_cam.sinks.preview_window import EXIT_NO_DISPLAY, EXIT_RING_UNREADABLE, main
from nasfe_cam.vcam_host.shared_frames import SharedFrames
from tests.user_folders import move_runtime_folder

Start = Callable[..., "subprocess.Popen[str]"]
WIDTH, HEIGHT = 64, 48

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is a display")
# Unset; a server that is not there; nonsense.
NO_DISPLAYS = ["", ":4711", "display"]


@linux_only
@pytest.mark.parametrize("display", NO_DISPLAYS)
def test_without_a_display_the_preview_says_so_at_start(
    monkeypatch: pytest.MonkeyPatch, display: str
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    with pytest.raises(PreviewFailed, match="no display") as caught:
        Preview(WIDTH, HEIGHT)
    assert len(str(caught.value).splitlines()) == 1


@linux_only
@pytest.mark.parametrize("display", NO_DISPLAYS)
def test_the_program_ends_with_one_line_instead_of_aborting(
    start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, display: str
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    with SharedFrames.create(tmp_path / "p.ring", WIDTH, HEIGHT) as ring:
        program = start("-m", "nasfe_cam.sinks.preview_window", "--ring", ring.path)
        _, errors = program.communicate(timeout=180)
    assert program.returncode == EXIT_NO_DISPLAY
    assert errors == "preview: there is no display to open a window on\n"


def test_a_missing_ring_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("nasfe_cam.sinks.preview_window.display_reachable", lambda: True)
    assert main(["--ring", str(tmp_path / "none.ring")]) == EXIT_RING_UNREADABLE
    assert len(capsys.readouterr().err.splitlines()) == 1


@linux_only
def test_a_window_program_that_breaks_is_a_failure_that_leaves_no_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("nasfe_cam.sinks.preview.display_reachable", lambda: True)
    tmp_path.chmod(0o700)
    move_runtime_folder(monkeypatch, tmp_path)
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(PreviewFailed, match="no display"):
        Preview(WIDTH, HEIGHT)
    assert not list(tmp_path.rglob("*.ring"))


@pytest.mark.skipif(
    shutil.which("Xvfb") is None or shutil.which("xdotool") is None,
    reason="needs Xvfb and xdotool to open a window where nobody looks",
)
class TestOnAScreen:
    @pytest.fixture(autouse=True)
    def screen(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        reading, writing = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as numbers:
            monkeypatch.setenv("DISPLAY", f":{numbers.readline().strip()}")
        yield
        server.kill()
        server.wait()

    def test_frames_reach_the_window(self, wait_for: Callable[..., None]) -> None:
        preview = Preview(WIDTH, HEIGHT)
        assert preview._ring is not None
        ring = preview._ring
        try:
            preview.show(Frame(np.zeros((HEIGHT, WIDTH, 3), np.uint8), time.monotonic(), 4))
            wait_for(lambda: ring.feedback().last_index == 4)
        finally:
            preview.close()

    def test_closing_the_window_ends_only_the_preview(self, wait_for: Callable[..., None]) -> None:
        preview = Preview(WIDTH, HEIGHT)
        frame = Frame(np.zeros((HEIGHT, WIDTH, 3), np.uint8), time.monotonic(), 0)
        find = ["xdotool", "search", "--name", "NASFE Camera preview"]
        window = subprocess.run(find, capture_output=True, text=True, check=True).stdout.split()[0]
        # Not "key": the window is gone before the key comes up again, which xdotool calls an error.
        subprocess.run(["xdotool", "keydown", "--window", window, "Escape"], check=True)

        def show() -> bool:
            preview.show(frame)
            return preview.closed_by_user

        wait_for(show)
        preview.show(frame)
        preview.close()
