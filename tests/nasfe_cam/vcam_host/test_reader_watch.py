"""Who reads the virtual camera, from folders like the kernel's."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from nasfe_cam.vcam_host.reader_watch import OpeningEvents, ReaderWatch, count_readers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
CAMERA, OTHER, WEBCAM = Path("/dev/video10"), Path("/dev/video11"), Path("/dev/video0")
OURSELVES, CHROMIUM, RECORDER = os.getpid(), 400_001, 400_002


class Kernel:
    """The folders that are looked into; devices 10 and 11 are loopbacks, 0 is a webcam."""

    def __init__(self, folder: Path) -> None:
        self.module, self.processes = folder / "module", folder / "proc"
        self.classes = folder / "class"
        for node in ("video0", "video10", "video11"):
            (self.classes / node).mkdir(parents=True)
        (self.classes / "video0" / "device").mkdir()
        self.module.mkdir()
        self.processes.mkdir()

    def count(self, opened: int) -> None:
        (self.module / "refcnt").write_text(f"{opened}\n")

    def open(self, process: int, *devices: Path) -> None:
        descriptors = self.processes / str(process) / "fd"
        descriptors.mkdir(parents=True, exist_ok=True)
        for device in devices:
            (descriptors / str(len(list(descriptors.iterdir())))).symlink_to(device)


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    kernel = Kernel(tmp_path)
    kernel.open(OURSELVES, CAMERA, CAMERA, Path("/dev/null"))
    return kernel


@pytest.fixture
def count(kernel: Kernel) -> Callable[[], int | None]:
    return partial(
        count_readers,
        CAMERA,
        module=kernel.module,
        processes=kernel.processes,
        video_class=kernel.classes,
    )


Count = Callable[[], int | None]


def test_nobody_reads_what_only_this_process_has_open(kernel: Kernel, count: Count) -> None:
    kernel.count(2)
    assert count() == 0


def test_programs_that_have_it_open_read_however_often_they_opened_it(
    kernel: Kernel, count: Count
) -> None:
    kernel.count(3)
    kernel.open(CHROMIUM, CAMERA)
    assert count() == 1
    kernel.count(5)
    kernel.open(RECORDER, CAMERA, CAMERA)
    assert count() == 2


def test_readers_of_another_loopback_do_not_count(kernel: Kernel, count: Count) -> None:
    kernel.count(3)
    kernel.open(RECORDER, OTHER)
    assert count() == 0


def test_once_every_opening_is_explained_nobody_else_is_looked_into(
    kernel: Kernel, count: Count
) -> None:
    kernel.count(2)
    kernel.open(CHROMIUM, CAMERA)
    assert count() == 0, "what the kernel does not count is not there any more"


def test_beside_a_program_that_may_not_be_looked_into_nothing_is_known(
    kernel: Kernel, count: Count
) -> None:
    kernel.count(3)
    kernel.open(RECORDER)
    assert count() is None
    kernel.count(4)
    kernel.open(CHROMIUM, CAMERA)
    assert count() is None


def test_an_open_webcam_does_not_stand_for_a_hidden_reader(kernel: Kernel, count: Count) -> None:
    kernel.count(3)
    kernel.open(RECORDER, WEBCAM)
    assert count() is None


def test_where_the_kernel_counts_nothing_nothing_is_known(count: Count) -> None:
    assert count() is None


def test_opening_and_closing_a_file_wakes_whoever_waits(tmp_path: Path) -> None:
    path = tmp_path / "video10"
    path.touch()
    events = OpeningEvents(path)
    try:
        assert not events.wait(0)
        threading.Timer(0.1, path.read_bytes).start()
        began = time.monotonic()
        assert events.wait(8)
        assert time.monotonic() - began < 4
        events.wait(0.5)
        assert not events.wait(0)
    finally:
        events.close()


def test_a_file_that_is_not_there_cannot_be_listened_to(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        OpeningEvents(tmp_path / "none")


def test_the_watch_looks_again_only_when_something_happened(tmp_path: Path) -> None:
    path = tmp_path / "video10"
    path.touch()
    answers = [0, 2]
    looks: list[Path] = []

    def look(device: Path) -> int:
        looks.append(device)
        return answers[len(looks) - 1]

    watch = ReaderWatch(path, look)
    try:
        assert [watch.count() for _ in range(50)] == [0] * 50
        path.read_bytes()
        watch.wait(8)
        assert watch.count() == 2
        assert looks == [path, path]
    finally:
        watch.close()
