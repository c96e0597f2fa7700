"""The loopback devices of the virtual machine."""

from __future__ import annotations

import subprocess
import time
from contextlib import suppress
from pathlib import Path

from tests.vm.picture import HEIGHT, WIDTH
from tests.vm.scenarios.program import BUILD
from tests.vm.scenarios.watcher import PATIENCE

LABELS = (
    *("NASFE Camera", "Fake Webcam", "Open Camera", "Other Camera", "Taken Camera"),
    "Second Webcam",
)
NODES = tuple(Path(f"/dev/video{number}") for number in range(10, 16))
NASFE, WEBCAM, OPEN, OTHER, TAKEN, SECOND_WEBCAM = NODES
EXCLUSIVE_CAPS = (1, 1, 0, 1, 1, 1)

# Hardly more than the emulated processor restores: what it leaves is for who watches. With three,
# readers of v4l2loopback 0.12.7 waited for four seconds after another program had opened it.
_RATE = 4


class Feeder:
    """ffmpeg, which makes a loopback device a webcam."""

    def __init__(self, device: Path) -> None:
        self._device = device
        form = ["-f", "rawvideo", "-video_size", f"{WIDTH}x{HEIGHT}", "-pix_fmt", "yuyv422"]
        self._command = ["ffmpeg", "-v", "error", "-nostdin", "-re", "-stream_loop", "-1", *form]
        self._command += ["-framerate", str(_RATE), "-i", str(BUILD / "webcam.yuyv")]
        self._command += ["-c", "copy", "-f", "v4l2", str(device)]
        self._process: subprocess.Popen[bytes] | None = None
        self.plug_in()

    def is_plugged_in(self) -> bool:
        """Whether it was not unplugged, and feeds the device."""
        return self._process is not None and self._process.poll() is None

    def unplug(self) -> None:
        """No more pictures."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def plug_in(self) -> None:
        """Pictures again, from when this returns; nothing to do while there are any."""
        if self.is_plugged_in():
            return
        deadline = time.monotonic() + PATIENCE
        self._process = subprocess.Popen(self._command)
        while not gives_pictures(self._device):
            assert time.monotonic() < deadline, "ffmpeg ends again and again"
            time.sleep(0.1)
            if self._process.poll() is not None:
                # A reader may hold the device until it has noticed the loss.
                self._process = subprocess.Popen(self._command)


def gives_pictures(device: Path) -> bool:
    """Whether it is a camera at the moment, and not only one that could be written to."""
    told = subprocess.run(["v4l2-ctl", "-d", str(device), "-D"], capture_output=True, text=True)
    return "Video Capture" in told.stdout.partition("Device Caps")[2]


def is_open(device: Path) -> bool:
    """Whether any program has the device open."""
    for descriptor in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            if descriptor.readlink() == device:
                return True
    return False


def set_most_openers(device: Path, count: int) -> None:
    """How many times the driver lets the device be opened at once."""
    Path(f"/sys/class/video4linux/{device.name}/max_openers").write_text(str(count))
