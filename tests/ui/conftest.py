"""A real window without a screen, with folders and a camera of its own."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from nasfe_cam.control.protocol.endpoint import default_endpoint, is_claimed
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from tests.user_folders import move_runtime_folder, move_user_folders
from ui.application import make_application
from ui.services.preferences import Preferences
from ui.window import CameraWindow

HOME = Path(__file__).resolve().parent.parent.parent
# Generous: this machine may be busy with something else.
SECONDS = 120.0


@pytest.fixture(scope="session")
def application() -> Iterator[QApplication]:
    """Qt without a screen; other tests in this process may have imported cv2 and its own Qt."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QT_QPA_PLATFORM", "offscreen")
        patch.delenv("QT_QPA_PLATFORM_PLUGIN_PATH", raising=False)
        yield make_application(["nasfe-cam-ui"], "en")


@pytest.fixture(autouse=True)
def own_folders(
    application: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Folders of each test's own; a camera that a test left there is killed."""
    runtime = tempfile.mkdtemp(prefix="nasfe-")
    move_user_folders(monkeypatch, tmp_path)
    move_runtime_folder(monkeypatch, Path(runtime))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    # The camera is started without this folder in its path; it is to be this checkout's.
    monkeypatch.setenv("PYTHONPATH", str(HOME))
    yield
    endpoint = default_endpoint()
    if is_claimed(endpoint):
        psutil.Process(int(endpoint.lock_file.read_text())).kill()
        assert eventually(lambda: not is_claimed(endpoint), 60)
    shutil.rmtree(runtime, ignore_errors=sys.platform == "win32")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Settings: the bundled clip as from a bad webcam, small, and no virtual camera.

    Every frame is restored, however busy the machine that the tests run on.
    """
    path = tmp_path / "settings.toml"
    path.write_text(
        f'[source]\nsource = "{BUNDLED_CLIP.as_posix()}"\nloop = true\nsimulate_bad_webcam = 60\n'
        '[restore]\nrate = "every-frame"\n'
        '[output]\noutputs = ["none"]\nwidth = 640\nheight = 360\n'
    )
    return path


@pytest.fixture
def open_window(config: Path, tmp_path: Path) -> Iterator[Callable[..., CameraWindow]]:
    """Open a window; all are closed when the test ends."""
    opened: list[CameraWindow] = []

    def open_one(*arguments: str) -> CameraWindow:
        preferences = Preferences(str(tmp_path / "window.ini"))
        opened.append(CameraWindow(arguments, config, preferences))
        opened[-1].show()
        return opened[-1]

    yield open_one
    for window in opened:
        window.close()


@pytest.fixture
def window(open_window: Callable[..., CameraWindow]) -> CameraWindow:
    """One window."""
    return open_window()


def eventually(condition: Callable[[], object], seconds: float = SECONDS) -> bool:
    """Let Qt work until the condition holds; False if it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        QTest.qWait(30)
    return True
