"""Programs that look at a camera, and what they saw."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from tests.vm.picture import Image, Seen, look


class Watcher:
    """OpenCV, reading a camera in a thread of its own until it is closed."""

    def __init__(self, device: Path) -> None:
        self.seen: list[tuple[float, Seen]] = []
        """`time.time()` seconds and what was in the picture."""
        self.failures = 0
        self.size = (0, 0)
        self.last: Image | None = None
        self._closing = threading.Event()
        self._device = device
        self._thread = threading.Thread(target=self._read, name="watcher", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        capture = cv2.VideoCapture(str(self._device), cv2.CAP_V4L2)
        while not self._closing.is_set():
            ok, image = capture.read()
            if not ok or image is None:
                self.failures += 1
                self._closing.wait(0.1)
                continue
            self.size = (image.shape[1], image.shape[0])
            self.last = np.asarray(image, np.uint8)
            self.seen.append((time.time(), look(self.last[..., ::-1])))
        capture.release()

    def waits_for(
        self, what: Callable[[Seen], bool], seconds: float, since: float | None = None
    ) -> float:
        """Wait for a picture of that kind; the time when it came. Fails after `seconds`."""
        began = time.time() if since is None else since
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for moment, seen in self.seen[:]:
                if moment >= began and what(seen):
                    return moment
            time.sleep(0.05)
        raise AssertionError(f"not within {seconds} s; the last was {self.seen[-1:]}")

    def close(self) -> None:
        """Stop looking and give the camera back."""
        self._closing.set()
        self._thread.join(15)


def longest_standstill(seen: list[tuple[float, Seen]]) -> float:
    """Seconds for which the number of the picture did not change."""
    longest, changed_at, number = 0.0, seen[0][0], seen[0][1].number
    for moment, picture in seen:
        if picture.number != number:
            longest, changed_at, number = max(longest, moment - changed_at), moment, picture.number
    return max(longest, seen[-1][0] - changed_at)


def grab_with_v4l2_ctl(device: Path, width: int, height: int, count: int, folder: Path) -> Image:
    """The last of `count` pictures, RGB, as the tool of the V4L2 project gets them."""
    raw = folder / "v4l2-ctl.raw"
    subprocess.run(
        [
            *("v4l2-ctl", "-d", str(device), "--stream-mmap", f"--stream-count={count}"),
            f"--stream-to={raw}",
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    planes = np.fromfile(raw, np.uint8).reshape(count, height * 3 // 2, width)
    return np.asarray(cv2.cvtColor(planes[-1], cv2.COLOR_YUV2RGB_I420), np.uint8)


def grab_with_ffmpeg(device: Path, width: int, height: int, count: int) -> Image:
    """The last of `count` pictures, RGB."""
    command = ["ffmpeg", "-v", "error", "-f", "v4l2", "-i", str(device), "-frames:v", str(count)]
    command += ["-vf", "scale=flags=accurate_rnd+full_chroma_int", "-pix_fmt", "rgb24"]
    done = subprocess.run(
        [*command, "-f", "rawvideo", "-"], check=True, capture_output=True, timeout=60
    )
    return np.frombuffer(done.stdout, np.uint8).reshape(-1, height, width, 3)[-1]
