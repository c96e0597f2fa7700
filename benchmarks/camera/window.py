"""How soon the window shows a picture, and what it costs while nobody looks at it.

    python -m benchmarks.camera.window --rounds 3 --idle-seconds 20

Starts `nasfe-cam-ui` without a screen, in a process of its own, on the bundled clip:
once while a camera runs already, and once so that the camera must be started too. Times
run from the start of the process to the first picture on the screen. Then the CPU time
of the window process is taken while its preview is hidden and the camera runs.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import typer

from nasfe_cam.control.client.connection import CameraClient
from nasfe_cam.control.protocol.endpoint import default_endpoint, is_claimed
from nasfe_cam.control.protocol.errors import CameraNotRunning
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP

HOME = Path(__file__).parents[2]
SECONDS = 90.0

# As ui.main does, and a line on stdout for every step.
WINDOW = """
import sys, threading
from pathlib import Path
from PyQt6.QtCore import QMetaObject, Qt, QTimer
from ui.application import make_application
from ui.services.preferences import Preferences
from ui.window import CameraWindow
application = make_application(["nasfe-cam-ui"], "en")
window = CameraWindow([], Path(sys.argv[1]), Preferences(sys.argv[2]))
preview = window.camera_page.preview
preview.pictured.connect(lambda: print("pictured", flush=True))
window.show()
QTimer.singleShot(0, lambda: print("shown", flush=True))
window.start_camera()
def wait_for_word():
    sys.stdin.readline()
    QMetaObject.invokeMethod(window, "hide", Qt.ConnectionType.QueuedConnection)
threading.Thread(target=wait_for_word, daemon=True).start()
application.exec()
"""


def main(
    rounds: int = typer.Option(3, min=1, help="Starts of each kind."),
    idle_seconds: float = typer.Option(20.0, min=1, help="How long the hidden window is measured."),
) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="nasfe-") as folder:
        _use_own_folders(folder)
        config = Path(folder) / "settings.toml"
        config.write_text(
            f'[source]\nsource = "{BUNDLED_CLIP.as_posix()}"\nloop = true\n'
            'simulate_bad_webcam = 60\n[output]\noutputs = ["none"]\n'
        )
        cold = [_first_picture(config, leave_camera=False) for _ in range(rounds)]
        _tell("camera started by the window", cold)
        _first_picture(config, leave_camera=True)
        warm = [_first_picture(config, leave_camera=True) for _ in range(rounds)]
        _tell("camera runs already", warm)
        print(f"hidden window: {_idle_share(config, idle_seconds):.2f} % of one CPU")
        _stop_camera()


def _use_own_folders(folder: str) -> None:
    os.environ |= {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": folder,
        "XDG_DATA_HOME": f"{folder}/data",
        "PYTHONPATH": str(HOME),
    }


def _first_picture(config: Path, *, leave_camera: bool) -> tuple[float, float]:
    """Seconds from the start to the window, and to the first picture in it."""
    began = time.monotonic()
    window = _open(config)
    times: dict[str, float] = {}
    while "pictured" not in times or "shown" not in times:
        step = _line(window)
        times[step] = time.monotonic() - began
    window.kill()
    window.wait()
    if not leave_camera:
        _stop_camera()
    return times["shown"], times["pictured"]


def _idle_share(config: Path, seconds: float) -> float:
    """CPU time of a hidden window over time, in percent."""
    window = _open(config)
    while _line(window) != "pictured":
        pass
    assert window.stdin is not None
    window.stdin.write("hide\n")
    window.stdin.flush()
    # Looking for cameras, some seconds after the start, is no idling.
    time.sleep(15)
    process = psutil.Process(window.pid)
    before, began = process.cpu_times(), time.monotonic()
    time.sleep(seconds)
    after, taken = process.cpu_times(), time.monotonic() - began
    window.kill()
    window.wait()
    return 100 * (after.user + after.system - before.user - before.system) / taken


def _open(config: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WINDOW, str(config), str(config.with_name("window.ini"))]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOME
    )


def _line(window: subprocess.Popen[str]) -> str:
    assert window.stdout is not None
    line = window.stdout.readline()
    if not line:
        sys.exit("the window ended")
    return line.strip()


def _stop_camera() -> None:
    try:
        client = CameraClient.attach()
    except CameraNotRunning:
        return
    client.stop()
    client.wait_until_gone(SECONDS)
    client.close()
    while is_claimed(default_endpoint()):
        time.sleep(0.05)


def _tell(name: str, times: list[tuple[float, float]]) -> None:
    shown = statistics.median(one for one, _ in times)
    pictured = statistics.median(one for _, one in times)
    each = ", ".join(f"{one:.2f}" for _, one in times)
    print(f"{name}: window after {shown:.2f} s, first picture after {pictured:.2f} s ({each})")


if __name__ == "__main__":
    typer.run(main)
