"""The output program as a real process, watched through its recorder."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nasfe_cam.vcam_host.camera import (
    CameraDevice,
    CameraGone,
    CameraTaken,
    Picture,
    PictureKind,
)
from nasfe_cam.vcam_host.exit_codes import ExitCode
from nasfe_cam.vcam_host.program import OutputLoop
from nasfe_cam.vcam_host.ring_layout import Card, OutputState
from nasfe_cam.vcam_host.shared_frames import SharedFrames

Start = Callable[..., "subprocess.Popen[str]"]
WaitFor = Callable[..., None]
Recording = Callable[[Path], list[dict[str, Any]]]
WIDTH, HEIGHT = 64, 48
FRAME, CARD, GREY = 120.0, 77.0, 40.0

# A worker at 50 frames per second; killed in the middle of writing frame 25.
WORKER = """
import os, signal, sys, time
from pathlib import Path
import numpy as np
from nasfe_cam.vcam_host import shared_frames
ring = shared_frames.SharedFrames.create(Path(sys.argv[1]), 64, 48)
ring.write_card(np.full((48, 64, 3), 77, np.uint8))
print("ready", flush=True)
while not ring.feedback().alive(time.monotonic()):
    time.sleep(0.01)
frame = np.full((48, 64, 3), 120, np.uint8)
for index in range(25):
    ring.write(frame, time.monotonic(), index)
    time.sleep(0.02)
def copy_half(target, source):
    target[: len(target) // 2] = source[: len(source) // 2]
    os.kill(os.getpid(), 9)
shared_frames.np.copyto = copy_half
ring.write(np.full((48, 64, 3), 255, np.uint8), time.monotonic(), 25)
"""


def flat(value: float) -> np.ndarray:
    return np.full((HEIGHT, WIDTH, 3), value, np.uint8)


@pytest.fixture
def ring(tmp_path: Path) -> Iterator[SharedFrames]:
    with SharedFrames.create(tmp_path / "frames.ring", WIDTH, HEIGHT) as ring:
        yield ring


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "sent.jsonl"


@pytest.fixture
def start_output(start: Start, log: Path) -> Start:
    def start_output(ring: Path, *arguments: object) -> subprocess.Popen[str]:
        return start("-m", "nasfe_cam.vcam_host", "--ring", ring, "--record", log, *arguments)

    return start_output


def test_a_worker_killed_in_the_middle_of_a_frame_gives_way_to_the_card_and_can_come_back(
    start: Start,
    start_output: Start,
    wait_for: WaitFor,
    recorded: Recording,
    tmp_path: Path,
    log: Path,
) -> None:
    path = tmp_path / "frames.ring"
    worker = start("-c", WORKER, path)
    assert worker.stdout is not None
    worker.stdout.readline()
    start_output(path, "--fps", 50)
    worker.wait(timeout=120)
    killed_at = time.monotonic()

    wait_for(lambda: [line for line in recorded(log) if line["time"] > killed_at + 1.0])
    sent = recorded(log)
    assert all(line["mean"] == [FRAME] * 3 for line in sent if line["kind"] == "frame")
    assert any(line["kind"] == "frame" for line in sent)
    late = [line for line in sent if line["time"] > killed_at + 1.0]
    assert all(line["kind"] == "card" and line["mean"] == [CARD] * 3 for line in late)

    with SharedFrames.attach(path, writer=True) as successor:
        successor.write(flat(10), time.monotonic(), 1000)
        wait_for(lambda: recorded(log)[-1]["index"] == 1000)
    assert recorded(log)[-1]["mean"] == [10.0] * 3


def test_grey_is_shown_until_there_is_a_card_and_the_card_until_there_is_a_frame(
    start_output: Start, ring: SharedFrames, wait_for: WaitFor, recorded: Recording, log: Path
) -> None:
    start_output(ring.path, "--stale-after", 60)
    wait_for(lambda: recorded(log))
    assert recorded(log)[0] == recorded(log)[0] | {"kind": "grey", "mean": [GREY] * 3}
    ring.write_card(flat(CARD))
    wait_for(lambda: recorded(log)[-1]["kind"] == "card")
    assert ring.feedback().state is OutputState.SHOWING_CARD
    ring.write(flat(FRAME), time.monotonic(), 3)
    wait_for(lambda: recorded(log)[-1]["kind"] == "frame")
    assert [line["kind"] for line in recorded(log)] == sorted(
        (line["kind"] for line in recorded(log)), key=["grey", "card", "frame"].index
    )


def test_a_worker_that_is_alive_but_stuck_gives_way_to_the_card_for_as_long_as_it_takes(
    start_output: Start, ring: SharedFrames, wait_for: WaitFor, recorded: Recording, log: Path
) -> None:
    ring.write_card(flat(CARD))
    program = start_output(ring.path, "--linger", 0.2, "--stale-after", 0.3)
    ring.write(flat(FRAME), time.monotonic(), 0)
    wait_for(lambda: [line for line in recorded(log) if line["kind"] == "frame"])
    wait_for(lambda: recorded(log)[-1]["kind"] == "card")
    time.sleep(1.0)
    assert program.poll() is None


def test_a_worker_that_comes_back_does_not_bring_back_the_picture_of_the_one_before(
    start_output: Start, ring: SharedFrames, wait_for: WaitFor, recorded: Recording, log: Path
) -> None:
    ring.write_card(flat(CARD))
    start_output(ring.path, "--linger", 30, "--stale-after", 60)
    ring.write(flat(FRAME), time.monotonic(), 0)
    wait_for(lambda: recorded(log) and recorded(log)[-1]["kind"] == "frame")
    ring.close(keep_file=True)
    wait_for(lambda: recorded(log)[-1]["kind"] == "card")
    gone = len(recorded(log))
    with SharedFrames.attach(ring.path, writer=True) as successor:
        time.sleep(1.0)
        assert {line["kind"] for line in recorded(log)[gone:]} == {"card"}
        successor.write(flat(10), time.monotonic(), 1)
        wait_for(lambda: recorded(log)[-1]["index"] == 1)


def test_the_card_says_why_there_is_no_picture(
    start_output: Start, ring: SharedFrames, wait_for: WaitFor, recorded: Recording, log: Path
) -> None:
    for card in Card:
        ring.write_card(flat(CARD + card), card)

    def shows(card: Card) -> bool:
        return bool(recorded(log)) and recorded(log)[-1]["mean"] == [CARD + card] * 3

    start_output(ring.path, "--linger", 30, "--stale-after", 0.3)
    wait_for(lambda: shows(Card.STARTING))
    ring.write(flat(FRAME), time.monotonic(), 0)
    wait_for(lambda: shows(Card.SILENT))
    ring.close(keep_file=True)
    wait_for(lambda: shows(Card.GONE))
    with SharedFrames.attach(ring.path, writer=True):
        wait_for(lambda: shows(Card.STARTING))


def test_the_pace_is_kept_with_and_without_new_frames(
    start_output: Start, ring: SharedFrames, wait_for: WaitFor, recorded: Recording, log: Path
) -> None:
    start_output(ring.path, "--fps", 40)
    wait_for(lambda: recorded(log))
    before = len(recorded(log))
    time.sleep(2.0)
    assert 50 <= len(recorded(log)) - before <= 90


def test_the_worker_learns_what_was_shown_and_how_late(
    start_output: Start, ring: SharedFrames, wait_for: WaitFor, log: Path
) -> None:
    program = start_output(ring.path)
    wait_for(lambda: ring.feedback().alive(time.monotonic()))
    assert ring.feedback().process == program.pid
    ring.write(flat(FRAME), time.monotonic() - 0.5, 42)
    wait_for(lambda: ring.feedback().last_index == 42)
    assert 0.5 <= ring.feedback().last_latency < 2.0
    wait_for(lambda: ring.feedback().frames_shown > 1)


def test_it_ends_when_no_worker_comes_back_in_the_time_to_linger(
    start_output: Start, ring: SharedFrames, wait_for: WaitFor, recorded: Recording, log: Path
) -> None:
    ring.write_card(flat(CARD))
    program = start_output(ring.path, "--linger", 1)
    wait_for(lambda: recorded(log))
    gone_at = time.monotonic()
    ring.close(keep_file=True)
    assert program.wait(timeout=180) == ExitCode.STOPPED
    assert time.monotonic() - gone_at >= 0.9
    assert recorded(log)[-1]["kind"] == "card"


def test_it_ends_when_the_worker_asks(
    start_output: Start, ring: SharedFrames, wait_for: WaitFor, recorded: Recording, log: Path
) -> None:
    program = start_output(ring.path)
    wait_for(lambda: recorded(log))
    ring.request_stop()
    assert program.wait(timeout=180) == ExitCode.STOPPED
    assert ring.feedback().state is OutputState.ENDED


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes without asking")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_order_on_a_signal(
    number: signal.Signals,
    start_output: Start,
    ring: SharedFrames,
    wait_for: WaitFor,
    recorded: Recording,
    log: Path,
) -> None:
    program = start_output(ring.path)
    wait_for(lambda: recorded(log))
    program.send_signal(number)
    said, errors = program.communicate(timeout=180)
    assert (program.returncode, said, errors) == (ExitCode.STOPPED, "", "")


def test_a_missing_or_damaged_ring_has_an_exit_code_and_one_line(
    start_output: Start, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.ring"
    damaged.write_bytes(b"NASFERNG")
    for path in (tmp_path / "none.ring", damaged):
        program = start_output(path)
        _, errors = program.communicate(timeout=180)
        assert program.returncode == ExitCode.RING_UNREADABLE
        assert len(errors.splitlines()) == 1
        assert str(path) in errors


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere another camera may serve")
def test_a_missing_camera_has_an_exit_code_and_one_line(start: Start, ring: SharedFrames) -> None:
    program = start("-m", "nasfe_cam.vcam_host", "--ring", ring.path, "--label", "No Such Camera")
    _, errors = program.communicate(timeout=180)
    assert program.returncode == ExitCode.CAMERA_MISSING
    assert errors == "nasfe_cam.vcam_host: virtual camera 'No Such Camera' is not installed\n"


def test_nothing_that_can_crash_is_imported(start: Start) -> None:
    code = "import sys, nasfe_cam.vcam_host.program; print(*sys.modules)"
    said, _ = start("-c", code).communicate(timeout=180)
    packages = {name.partition(".")[0] for name in said.split()}
    assert not packages & {"cv2", "mediapipe", "openvino", "pydantic", "rich", "typer", "engine"}


class FailingCamera:
    """Takes two pictures, then goes away."""

    def __init__(self) -> None:
        self.sent = 0
        self.closed = False

    def send(self, picture: Picture) -> None:
        if self.sent == 2:
            raise CameraGone("unplugged")
        self.sent += 1

    def sleep_until_next_frame(self) -> None:
        time.sleep(0.005)

    def watchers(self) -> int | None:
        return 1

    def wait_for_reader(self, seconds: float) -> None:
        pytest.fail("there is a reader")

    def close(self) -> None:
        self.closed = True


def test_a_camera_that_goes_away_is_opened_again_until_it_is_back(
    ring: SharedFrames, wait_for: WaitFor
) -> None:
    opened: list[FailingCamera] = []
    attempts: list[float] = []

    def open_camera() -> CameraDevice:
        attempts.append(time.monotonic())
        if len(attempts) == 2:
            raise CameraTaken("not yet")
        opened.append(FailingCamera())
        return opened[-1]

    with SharedFrames.attach(ring.path) as reader:
        stop = threading.Event()
        thread = threading.Thread(target=OutputLoop(reader, open_camera).run, args=(stop,))
        thread.start()
        try:
            wait_for(lambda: ring.feedback().state is OutputState.CAMERA_LOST)
            assert ring.feedback().watchers is None
            wait_for(lambda: len(opened) == 2 and opened[1].sent == 2)
        finally:
            stop.set()
            thread.join()
    assert opened[0].closed
    assert attempts[2] - attempts[1] > attempts[1] - attempts[0]


class UnwatchedCamera:
    """Keeps the pictures that it was sent; nobody watches until `reader` is set, then two do."""

    def __init__(self) -> None:
        self.sent: list[Picture] = []
        self.reader = threading.Event()

    def send(self, picture: Picture) -> None:
        self.sent.append(picture)

    def sleep_until_next_frame(self) -> None:
        time.sleep(0.005)

    def watchers(self) -> int | None:
        return 2 if self.reader.is_set() else 0

    def wait_for_reader(self, seconds: float) -> None:
        self.reader.wait(seconds)

    def close(self) -> None:
        pass


@pytest.fixture
def unwatched(ring: SharedFrames) -> Iterator[UnwatchedCamera]:
    camera = UnwatchedCamera()
    with SharedFrames.attach(ring.path) as reader:
        stop = threading.Event()
        thread = threading.Thread(target=OutputLoop(reader, lambda: camera).run, args=(stop,))
        thread.start()
        yield camera
        stop.set()
        thread.join()


def test_while_nobody_watches_nothing_is_sent_and_the_worker_is_told(
    ring: SharedFrames, unwatched: UnwatchedCamera, wait_for: WaitFor
) -> None:
    wait_for(lambda: ring.reader_state() is OutputState.RESTING)
    before = len(unwatched.sent)
    time.sleep(0.7)
    assert len(unwatched.sent) == before
    assert ring.feedback().alive(time.monotonic())


def test_the_worker_is_told_how_many_watch(
    ring: SharedFrames, unwatched: UnwatchedCamera, wait_for: WaitFor
) -> None:
    wait_for(lambda: ring.feedback().watchers == 0)
    unwatched.reader.set()
    wait_for(lambda: ring.feedback().watchers == 2)
    unwatched.reader.clear()
    wait_for(lambda: ring.feedback().watchers == 0)


def test_where_watchers_cannot_be_counted_the_worker_is_told_so(
    start_output: Start, ring: SharedFrames, wait_for: WaitFor, recorded: Recording, log: Path
) -> None:
    start_output(ring.path)
    wait_for(lambda: recorded(log))
    assert ring.feedback().watchers is None


def test_whoever_comes_after_a_rest_sees_the_card_and_never_an_old_frame(
    ring: SharedFrames, unwatched: UnwatchedCamera, wait_for: WaitFor
) -> None:
    ring.write_card(flat(CARD))
    wait_for(lambda: ring.reader_state() is OutputState.RESTING)
    unwatched.reader.set()
    wait_for(lambda: ring.reader_state() is OutputState.SHOWING_CARD)
    ring.write(flat(FRAME), time.monotonic(), 0)
    wait_for(lambda: unwatched.sent and unwatched.sent[-1].kind is PictureKind.FRAME)
    unwatched.reader.clear()
    wait_for(lambda: ring.reader_state() is OutputState.RESTING)
    assert {picture.kind for picture in unwatched.sent[-8:]} == {PictureKind.CARD}
    ring.write(flat(FRAME), time.monotonic(), 0)
    on_its_way = time.monotonic()
    time.sleep(1.2)
    unwatched.reader.set()
    wait_for(lambda: ring.reader_state() is OutputState.SHOWING_CARD)
    ring.write(flat(FRAME), on_its_way, 1)
    before = len(unwatched.sent)
    wait_for(lambda: len(unwatched.sent) > before + 5)
    assert {picture.kind for picture in unwatched.sent[before:]} == {PictureKind.CARD}
    ring.write(flat(FRAME), time.monotonic(), 2)
    wait_for(lambda: unwatched.sent[-1].kind is PictureKind.FRAME)
    assert unwatched.sent[-1].index == 2
