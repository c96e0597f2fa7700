"""Programs that look at a camera, and what they saw."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np

from nasfe_cam.sinks.notice_card import render_card
from tests.vm.picture import Image, Seen, look

PATIENCE = float(os.environ["PATIENCE"])
"""Seconds; long, because the processor is emulated and the machine may have other work."""


STARTING = "camera starting"
BUSY = "camera in use by another program"
UNPLUGGED = "camera unplugged - waiting for it"


@dataclass(frozen=True, slots=True)
class Moment:
    """What was seen at a time (`time.time()` seconds)."""

    time: float
    seen: Seen


class Watcher:
    """OpenCV, which reads a camera in a thread of its own, as soon as there is one.

    Attributes:
        moments: what was seen.
        failures: how often there was no picture.
        picture: the last one, BGR.
        size: width and height of the pictures.
        opened_at: `time.time()` seconds when it found the camera.
    """

    def __init__(self, device: Path) -> None:
        self.moments: list[Moment] = []
        self.failures = 0
        self.picture: Image | None = None
        self.size = (0, 0)
        self.opened_at = 0.0
        self._closing = threading.Event()
        self._device = device
        self._thread = threading.Thread(target=self._read, name="watcher", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        capture = cv2.VideoCapture()
        while not capture.isOpened() and not self._closing.wait(0.2):
            self.opened_at = time.time()
            capture.open(str(self._device), cv2.CAP_V4L2)
        while not self._closing.is_set():
            ok, image = capture.read()
            if ok and image is not None:
                self.size = (image.shape[1], image.shape[0])
                self.picture = np.asarray(image, np.uint8)
                seen = look(np.asarray(image[..., ::-1], np.uint8))
                self.moments.append(Moment(time.time(), seen))
            else:
                self.failures += 1
                self._closing.wait(0.1)
        capture.release()

    def wait_for(
        self, what: Callable[[Seen], bool], seconds: float = PATIENCE, since: float = 0.0
    ) -> float:
        """Wait for such a picture; the time when it was seen. Fails after `seconds`."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for moment in self.moments[:]:
                if moment.time >= since and what(moment.seen):
                    return moment.time
            time.sleep(0.05)
        raise AssertionError(
            f"not within {seconds} s; {len(self.moments)} pictures, {self.failures} failures, "
            f"at last {self.moments[-1:]}"
        )

    def look_on(self, seconds: float) -> list[Moment]:
        """What is seen from now on for so long."""
        first = len(self.moments)
        time.sleep(seconds)
        return self.moments[first:]

    def wait_for_motion(self, pictures: int = 3) -> float:
        """Wait until so many different pictures were seen from now on; seconds per picture."""
        first, began = len(self.moments), time.monotonic()
        while len(numbers(self.moments[first:])) < pictures:
            assert time.monotonic() - began < PATIENCE, "the picture stands still"
            time.sleep(0.05)
        return (time.monotonic() - began) / pictures

    def notice(self) -> str | None:
        """What the card says that is shown now; None when no card is."""
        if self.picture is None or not self.moments or self.moments[-1].seen.is_frame:
            return None
        return notice_on(self.picture)

    def close(self) -> None:
        """Stop looking and give the camera back."""
        self._closing.set()
        self._thread.join(15)


def numbers(moments: Sequence[Moment]) -> set[int]:
    """The numbers of the pictures that were seen, cards excepted."""
    return {moment.seen.number for moment in moments if moment.seen.is_frame}


def longest_still(moments: Sequence[Moment]) -> float:
    """Seconds for which the picture stood still at most."""
    changes = [moments[0].time]
    for before, after in pairwise(moments):
        if after.seen.number != before.seen.number:
            changes.append(after.time)
    changes.append(moments[-1].time)
    return max(after - before for before, after in pairwise(changes))


def notice_on(card: Image) -> str:
    """The notice that a card of "NASFE Camera" comes closest to.

    Args:
        card: H x W x 3, uint8, BGR.
    """
    height, width = card.shape[:2]

    def distance(text: str) -> float:
        return float(cv2.norm(card, render_card(width, height, "NASFE Camera", text), cv2.NORM_L1))

    return min((STARTING, BUSY, UNPLUGGED), key=distance)


@contextmanager
def another_program_reads(device: Path) -> Iterator[None]:
    """v4l2-ctl takes pictures for as long as the block lasts."""
    command = ["v4l2-ctl", "-d", str(device), "--stream-mmap"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield
    process.terminate()
    process.wait()


def grab_with_v4l2_ctl(device: Path, width: int, height: int, count: int, folder: Path) -> Image:
    """The last of `count` pictures, RGB, as the tool of the V4L2 project gets them."""
    raw = folder / "v4l2-ctl.raw"
    command = ["v4l2-ctl", "-d", str(device), "--stream-mmap", f"--stream-count={count}"]
    subprocess.run([*command, f"--stream-to={raw}"], check=True, capture_output=True, timeout=120)
    planes = np.fromfile(raw, np.uint8).reshape(count, height * 3 // 2, width)
    return np.asarray(cv2.cvtColor(planes[-1], cv2.COLOR_YUV2RGB_I420), np.uint8)


def grab_with_ffmpeg(device: Path, width: int, height: int, count: int) -> Image:
    """The last of `count` pictures, RGB."""
    command = ["ffmpeg", "-v", "error", "-f", "v4l2", "-i", str(device), "-frames:v", str(count)]
    # By default it trades exact colours for speed.
    command += ["-vf", "scale=flags=accurate_rnd+full_chroma_int", "-pix_fmt", "rgb24"]
    done = subprocess.run(
        [*command, "-f", "rawvideo", "-"], check=True, capture_output=True, timeout=120
    )
    pictures = np.frombuffer(done.stdout, np.uint8).reshape(-1, height, width, 3)
    last: Image = pictures[-1]
    return last
