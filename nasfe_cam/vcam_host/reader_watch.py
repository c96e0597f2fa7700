"""Finds out on Linux who reads the virtual camera, so that the webcam can be off otherwise.

v4l2loopback does not say how many programs have one of its devices open, but
the kernel counts the open devices of a module, shows which program has opened
what, as far as one may look, and wakes whoever waits for an opening (inotify).
Where that is not enough to be sure, somebody is taken to watch.
"""

from __future__ import annotations

import ctypes
import os
import select
import sys
import time
from collections import Counter
from collections.abc import Callable, Set
from contextlib import suppress
from pathlib import Path

from nasfe_cam.vcam_host.device import VIDEO_CLASS, loopback_nodes

MODULE = Path("/sys/module/v4l2loopback")
PROCESSES = Path("/proc")

# Programs that list cameras open each for an instant, which is no reason to switch one on.
_SETTLE_SECONDS = 0.1
# Only a second guard: what is opened through another device file wakes nobody.
_LOOK_AGAIN_SECONDS = 5.0

_IN_OPEN, _IN_CLOSE = 0x20, 0x08 | 0x10


class OpeningEvents:
    """Wakes up when anybody opens or closes a file (inotify)."""

    def __init__(self, path: Path) -> None:
        """Begin to listen.

        Raises:
            OSError: it is not to be had: no Linux, no such file, no permission.
        """
        if sys.platform != "linux":
            raise OSError("inotify is Linux's")
        library = ctypes.CDLL(None, use_errno=True)
        self._descriptor = library.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._descriptor < 0:
            raise OSError(ctypes.get_errno(), "inotify_init1")
        watch = library.inotify_add_watch(self._descriptor, os.fsencode(path), _IN_OPEN | _IN_CLOSE)
        if watch < 0:
            number = ctypes.get_errno()
            os.close(self._descriptor)
            raise OSError(number, "inotify_add_watch", str(path))

    def wait(self, seconds: float) -> bool:
        """Whether the file was opened or closed since the last call, or is within `seconds`."""
        if not select.select([self._descriptor], [], [], seconds)[0]:
            return False
        with suppress(BlockingIOError):
            while os.read(self._descriptor, 4096):
                pass
        return True

    def close(self) -> None:
        """Stop listening."""
        os.close(self._descriptor)


def count_readers(
    device: Path,
    *,
    module: Path = MODULE,
    processes: Path = PROCESSES,
    video_class: Path = VIDEO_CLASS,
) -> int | None:
    """How many other processes than this one have the loopback device open.

    Args:
        device: such as `/dev/video10`.
        module: sysfs folder of v4l2loopback.
        processes: the folder of the processes.
        video_class: the sysfs folder of the video devices.

    Returns:
        None where it cannot be known.
    """
    try:
        opened = int((module / "refcnt").read_text(encoding="ascii"))
    except (OSError, ValueError):
        # Built into the kernel, or another kind of device.
        return None
    loopbacks = {f"/dev/{node}" for node in loopback_nodes(video_class)}
    accounted = _opened_by(processes / str(os.getpid()), loopbacks).total()
    others = (path for path in processes.iterdir() if path.name.isdecimal())
    readers = 0
    while accounted < opened:
        process = next(others, None)
        if process is None:
            # What belongs to nobody one may look into can be an opening of any loopback device.
            return None
        if int(process.name) != os.getpid():
            theirs = _opened_by(process, loopbacks)
            readers += str(device) in theirs
            accounted += theirs.total()
    return readers


def _opened_by(process: Path, devices: Set[str]) -> Counter[str]:
    """How often a process has each of the devices open; nothing where one may not look."""
    found: Counter[str] = Counter()
    with suppress(OSError):
        for descriptor in (process / "fd").iterdir():
            with suppress(OSError):
                target = str(descriptor.readlink())
                if target in devices:
                    found[target] += 1
    return found


class ReaderWatch:
    """Knows who reads a loopback device, at little cost.

    Args:
        device: the device file.
        look: counts who has it open; see `count_readers`.
    """

    def __init__(self, device: Path, look: Callable[[Path], int | None] = count_readers) -> None:
        self._device = device
        self._look = look
        self._events: OpeningEvents | None = None
        with suppress(OSError):
            self._events = OpeningEvents(device)
        self._look_at = 0.0
        self._readers: int | None = None

    def count(self) -> int | None:
        """How many programs read; None where it cannot be known. Never waits."""
        now = time.monotonic()
        if self._events is not None and self._events.wait(0):
            self._look_at = min(self._look_at, now + _SETTLE_SECONDS)
        if now >= self._look_at:
            self._look_at = now + _LOOK_AGAIN_SECONDS
            self._readers = self._look(self._device)
        return self._readers

    def wait(self, seconds: float) -> None:
        """Wait until the device is opened or closed and what follows has settled."""
        if self._events is None:
            time.sleep(min(seconds, _SETTLE_SECONDS))
            self._look_at = 0.0
        elif self._events.wait(seconds):
            time.sleep(_SETTLE_SECONDS)
            self._look_at = 0.0

    def close(self) -> None:
        """Stop watching."""
        if self._events is not None:
            self._events.close()
            self._events = None
