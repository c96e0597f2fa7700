"""What the ring of frames promises to both of its processes."""

from __future__ import annotations

import os
import stat
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from nasfe_cam.vcam_host.ring_layout import HEADER, Feedback, OutputState
from nasfe_cam.vcam_host.shared_frames import (
    RingError,
    RingInUse,
    RingMissing,
    RingUnreadable,
    SharedFrames,
)

Start = Callable[..., "subprocess.Popen[str]"]
WIDTH, HEIGHT = 64, 48

# Writes frames of one colour each, as fast as it can.
HAMMER = """
import sys, time
from pathlib import Path
import numpy as np
from nasfe_cam.vcam_host.shared_frames import SharedFrames
ring = SharedFrames.create(Path(sys.argv[1]), 640, 360, slots=3)
frames = [np.full((360, 640, 3), value, np.uint8) for value in range(256)]
print("ready", flush=True)
index = 0
while True:
    ring.write(frames[index % 256], time.monotonic(), index)
    index += 1
"""

# Publishes one frame, then dies in the middle of copying the card, or the second frame.
KILLED_MID_WRITE = """
import os, signal, sys
from pathlib import Path
import numpy as np
from nasfe_cam.vcam_host import shared_frames
ring = shared_frames.SharedFrames.create(Path(sys.argv[1]), 64, 48)
ring.write(np.full((48, 64, 3), 50, np.uint8), 1.0, 0)
def copy_half(target, source):
    target[: len(target) // 2] = source[: len(source) // 2]
    os.kill(os.getpid(), 9)
shared_frames.np.copyto = copy_half
if sys.argv[2] == "card":
    ring.write_card(np.full((48, 64, 3), 90, np.uint8))
ring.write(np.full((48, 64, 3), 90, np.uint8), 2.0, 1)
"""


def flat(value: int) -> np.ndarray:
    return np.full((HEIGHT, WIDTH, 3), value, np.uint8)


@pytest.fixture
def ring(tmp_path: Path) -> SharedFrames:
    return SharedFrames.create(tmp_path / "frames.ring", WIDTH, HEIGHT)


def test_a_frame_arrives_with_its_pixels_index_and_time(ring: SharedFrames) -> None:
    image = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    into = np.zeros_like(image)
    with SharedFrames.attach(ring.path) as reader:
        ring.write(image, 12.5, 7)
        info = reader.read_newest(into)
    assert info is not None
    assert (info.index, info.captured_at) == (7, 12.5)
    np.testing.assert_array_equal(into, image)


def test_the_newest_of_many_frames_wins_and_is_read_once(ring: SharedFrames) -> None:
    into = flat(0)
    with SharedFrames.attach(ring.path) as reader:
        for index in range(11):
            ring.write(flat(index), float(index), index)
        info = reader.read_newest(into)
        assert info is not None
        assert info.index == 10
        assert (into == 10).all()
        assert reader.read_newest(into) is None


def test_there_is_nothing_to_read_before_the_first_frame(ring: SharedFrames) -> None:
    with SharedFrames.attach(ring.path) as reader:
        assert reader.read_newest(flat(0)) is None
        assert not reader.read_card(flat(0))


def test_the_card_is_apart_from_the_frames(ring: SharedFrames) -> None:
    into = flat(0)
    with SharedFrames.attach(ring.path) as reader:
        ring.write_card(flat(33))
        for index in range(9):
            ring.write(flat(200), 0.0, index)
        assert reader.read_card(into)
        assert (into == 33).all()


def test_a_frame_of_another_size_or_type_is_refused(ring: SharedFrames) -> None:
    with pytest.raises(ValueError, match="ring of"):
        ring.write(np.zeros((HEIGHT, WIDTH + 2, 3), np.uint8), 0.0, 0)
    with pytest.raises(ValueError, match="ring of"):
        ring.write(np.zeros((HEIGHT, WIDTH, 3), np.float32), 0.0, 0)  # type: ignore[arg-type]


def test_the_header_states_size_and_channel_order(ring: SharedFrames) -> None:
    with SharedFrames.attach(ring.path) as reader:
        assert (reader.width, reader.height) == (WIDTH, HEIGHT)
    header = np.frombuffer(ring.path.read_bytes(), HEADER, count=1)
    assert header["order"] == b"BGR"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode bits")
def test_only_the_owner_may_open_the_file_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        ring = SharedFrames.create(tmp_path / "frames.ring", WIDTH, HEIGHT)
    finally:
        os.umask(before)
    assert stat.S_IMODE(ring.path.stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_planted_at_the_path_is_not_followed(ring: SharedFrames, tmp_path: Path) -> None:
    link = tmp_path / "link.ring"
    link.symlink_to(ring.path)
    with pytest.raises(RingUnreadable):
        SharedFrames.attach(link)


def test_a_missing_file_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(RingMissing, match="There is no ring file"):
        SharedFrames.attach(tmp_path / "none.ring")


@pytest.mark.parametrize("size", [0, 10, 5000])
def test_a_truncated_file_is_refused(ring: SharedFrames, size: int) -> None:
    ring.close(keep_file=True)
    os.truncate(ring.path, size)
    with pytest.raises(RingUnreadable, match=f"truncated to {size}"):
        SharedFrames.attach(ring.path)


def test_a_file_of_another_version_is_refused(ring: SharedFrames) -> None:
    ring.close(keep_file=True)
    with ring.path.open("r+b") as file:
        file.seek(8)
        file.write(struct.pack("=I", 999))
    with pytest.raises(RingUnreadable, match="version 999"):
        SharedFrames.attach(ring.path)


def test_a_header_that_promises_more_than_the_file_holds_is_refused(ring: SharedFrames) -> None:
    ring.close(keep_file=True)
    with ring.path.open("r+b") as file:
        file.seek(12)
        file.write(struct.pack("=I", 2**31))
    with pytest.raises(RingUnreadable, match="truncated"):
        SharedFrames.attach(ring.path)


def test_any_other_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(bytes(10_000))
    with pytest.raises(RingUnreadable, match="not a ring"):
        SharedFrames.attach(path)


def test_the_writer_deletes_the_file_and_the_reader_does_not(ring: SharedFrames) -> None:
    SharedFrames.attach(ring.path).close()
    assert ring.path.exists()
    ring.close()
    assert not ring.path.exists()


def test_the_ring_goes_away_and_a_new_one_takes_its_place_while_a_reader_has_it_open(
    ring: SharedFrames,
) -> None:
    ring.write(flat(10), 1.0, 1)
    reader = SharedFrames.attach(ring.path)
    ring.close()
    assert list(ring.path.parent.glob("*.ring")) == []
    successor = SharedFrames.create(ring.path, 2 * WIDTH, HEIGHT)
    into = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    assert reader.read_newest(into) is not None and (into == 10).all(), "what it has stays whole"
    reader.close()
    successor.close()
    assert list(ring.path.parent.iterdir()) == [], "and nothing is left"


def test_there_is_one_writer_at_a_time(ring: SharedFrames) -> None:
    with pytest.raises(RingInUse):
        SharedFrames.attach(ring.path, writer=True)
    with pytest.raises(RingInUse):
        SharedFrames.create(ring.path, WIDTH, HEIGHT)
    ring.close(keep_file=True)
    SharedFrames.attach(ring.path, writer=True).close()


def test_the_reader_reports_back_to_the_writer(ring: SharedFrames) -> None:
    feedback = Feedback(4711, OutputState.SHOWING_CARD, 10, 20, 30, 0.25, 99.5, 2)
    with SharedFrames.attach(ring.path) as reader:
        reader.report(feedback)
    assert ring.feedback() == feedback


def test_the_writer_can_ask_the_reader_to_end(ring: SharedFrames) -> None:
    with SharedFrames.attach(ring.path) as reader:
        assert not reader.stop_requested
        ring.request_stop()
        assert reader.stop_requested


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes")
def test_a_full_disk_is_an_error_at_creation_and_leaves_nothing(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "frames.ring"
    code = """
import resource, signal, sys
from pathlib import Path
from nasfe_cam.vcam_host.shared_frames import RingError, SharedFrames
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    SharedFrames.create(Path(sys.argv[1]), 640, 480)
except RingError as error:
    print(error)
"""
    said, _ = start("-c", code, path).communicate(timeout=180)
    assert "cannot be made" in said
    assert not path.exists()


def test_a_ring_without_room_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RingError):
        SharedFrames.create(tmp_path / "frames.ring", WIDTH, HEIGHT, slots=2)


def test_no_frame_is_ever_torn_while_the_writer_writes_without_pause(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "frames.ring"
    writer = start("-c", HAMMER, path)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    into = np.zeros((360, 640, 3), np.uint8)
    whole, last = 0, -1
    deadline = time.monotonic() + 60.0
    with SharedFrames.attach(path) as reader:
        while whole < 200 and time.monotonic() < deadline:
            info = reader.read_newest(into)
            if info is None:
                continue
            assert (into == info.index % 256).all(), f"frame {info.index} is torn"
            assert info.index > last
            whole, last = whole + 1, info.index
    assert whole == 200


def test_a_card_whose_writer_was_killed_in_the_middle_is_not_shown(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "frames.ring"
    start("-c", KILLED_MID_WRITE, path, "card").wait(timeout=180)
    into = flat(0)
    with SharedFrames.attach(path) as reader:
        assert not reader.read_card(into)
        with SharedFrames.attach(path, writer=True) as successor:
            successor.write_card(flat(33))
            assert reader.read_card(into)
    assert (into == 33).all()


class TestAWriterKilledInTheMiddleOfAFrame:
    @pytest.fixture
    def path(self, start: Start, tmp_path: Path) -> Path:
        path = tmp_path / "frames.ring"
        writer = start("-c", KILLED_MID_WRITE, path, "frame")
        if sys.platform == "win32":
            writer.wait(300)
        else:  # not reaped: a dead writer must be noticed as a zombie too
            os.waitid(os.P_PID, writer.pid, os.WEXITED | os.WNOWAIT)
        return path

    def test_leaves_the_frame_before_readable(self, path: Path) -> None:
        into = flat(0)
        with SharedFrames.attach(path) as reader:
            info = reader.read_newest(into)
            assert info is not None
            assert info.index == 0
            assert (into == 50).all()

    def test_is_noticed_as_gone(self, path: Path) -> None:
        with SharedFrames.attach(path) as reader:
            assert not reader.writer_alive()
            with SharedFrames.attach(path, writer=True):
                assert reader.writer_alive()

    def test_can_be_followed_by_another_that_uses_every_slot(self, path: Path) -> None:
        into = flat(0)
        with (
            SharedFrames.attach(path) as reader,
            SharedFrames.attach(path, writer=True) as writer,
        ):
            for value in range(100, 110):
                writer.write(flat(value), float(value), value)
                info = reader.read_newest(into)
                assert info is not None
                assert info.index == value
                assert (into == value).all()


def test_what_is_drawn_into_the_ring_is_read(tmp_path: Path) -> None:
    with (
        SharedFrames.create(tmp_path / "r", 8, 6) as writer,
        SharedFrames.attach(tmp_path / "r") as reader,
    ):
        writer.write_drawn(lambda pixels: pixels.fill(77), 1.5, 3)
        into = np.zeros((6, 8, 3), np.uint8)
        info = reader.read_newest(into)
        assert info is not None and (info.captured_at, info.index) == (1.5, 3)
        assert (into == 77).all()


def test_a_failed_drawing_leaves_the_newest_frame_and_the_ring_goes_on(tmp_path: Path) -> None:
    def fault(pixels: np.ndarray) -> None:  # type: ignore[type-arg]
        pixels.fill(1)
        raise RuntimeError("drawing fault")

    into = np.zeros((6, 8, 3), np.uint8)
    with (
        SharedFrames.create(tmp_path / "r", 8, 6) as writer,
        SharedFrames.attach(tmp_path / "r") as reader,
    ):
        writer.write(np.full((6, 8, 3), 50, np.uint8), 1.0, 1)
        with pytest.raises(RuntimeError):
            writer.write_drawn(fault, 2.0, 2)
        info = reader.read_newest(into)
        assert info is not None and info.index == 1 and (into == 50).all()
        writer.write(np.full((6, 8, 3), 60, np.uint8), 3.0, 3)
        info = reader.read_newest(into)
        assert info is not None and info.index == 3 and (into == 60).all()


def test_feedback_can_be_asked_after_closing(tmp_path: Path) -> None:
    ring = SharedFrames.create(tmp_path / "r", 8, 6)
    ring.close()
    assert ring.feedback() == Feedback()
