"""The preview shows both pictures of a moment, to whoever looks and only then."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from nasfe_cam.control.client.connection import CameraClient
from nasfe_cam.control.client.preview_reader import PreviewPair, PreviewReader
from nasfe_cam.control.protocol.errors import RequestRefused
from nasfe_cam.control.server.preview_feed import PreviewFeed
from nasfe_cam.core.frame import Frame
from nasfe_cam.pipeline.pipeline import FrameTaker
from tests.nasfe_cam.control.conftest import ServedCamera
from tests.nasfe_cam.stand_ins import HEIGHT, WIDTH, eventually, stripes_in

Attach = Callable[..., CameraClient]
Start = Callable[..., "subprocess.Popen[str]"]

# Writes pictures whose grey is their index until it is killed.
WRITER = """
import itertools, sys, time
from pathlib import Path
import numpy as np
from nasfe_cam.control.server.preview_feed import PreviewFeed
from nasfe_cam.core.frame import Frame
takers = []
width, height = int(sys.argv[2]), int(sys.argv[3])
feed = PreviewFeed(Path(sys.argv[1]), width, height, takers.append, print)
feed.show_to("test")
print("writes", flush=True)
for index in itertools.count():
    image = np.full((height, width, 3), index % 200, np.uint8)
    takers[0](Frame(image, time.monotonic(), index), Frame(image + 1, time.monotonic(), index))
    time.sleep(0.01)
"""


class Feed:
    """A feed in this process, with the function that the pipeline would call."""

    def __init__(self, path: Path, width: int, height: int) -> None:
        self.take: FrameTaker | None = None
        self.faults: list[Exception] = []
        self.feed = PreviewFeed(path, width, height, self._connect, self.faults.append)
        self._size = (height, width, 3)

    def _connect(self, take: FrameTaker | None) -> None:
        self.take = take

    def show(self, grey: int, index: int = 0) -> None:
        untouched = np.full(self._size, grey, np.uint8)
        assert self.take is not None
        now = time.monotonic()
        self.take(Frame(untouched, now, index), Frame(untouched + 10, now, index))


def next_pair(reader: PreviewReader) -> PreviewPair:
    pairs: list[PreviewPair] = []

    def read() -> bool:
        pair = reader.newest()
        pairs.extend([pair] if pair is not None else [])
        return bool(pairs)

    assert eventually(read)
    return pairs[0]


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[PreviewReader]:
    reader = PreviewReader(tmp_path / "preview.ring")
    yield reader
    reader.close()


def test_a_program_sees_what_the_camera_saw_and_what_the_meeting_sees(
    served: ServedCamera, attach: Attach
) -> None:
    reader = PreviewReader(attach().show_preview())
    for _ in range(5):
        pair = next_pair(reader)
        assert pair.untouched.shape == pair.restored.shape == (HEIGHT, WIDTH, 3)
        assert (pair.untouched == 60).all()
        shown = [frame for frame in served.output.frames if frame.index == pair.index]
        # The output may have dropped this very frame; what it was given is the same.
        assert all(np.array_equal(frame.image, pair.restored) for frame in shown)
        assert stripes_in(pair.restored) > 40
    reader.close()


def test_a_change_of_retouch_is_seen(attach: Attach) -> None:
    client = attach()
    reader = PreviewReader(client.show_preview())
    client.change("restore.retouch", 0)

    def untouched() -> bool:
        pair = reader.newest()
        return pair is not None and bool((pair.untouched == pair.restored).all())

    assert eventually(untouched)
    reader.close()


def test_nothing_is_made_or_copied_while_nobody_looks(served: ServedCamera, attach: Attach) -> None:
    client, other = attach(), attach()
    assert served.pipeline.preview is None
    client.show_preview()
    other.show_preview()
    assert other.show_preview() == served.endpoint.preview_ring, "asking twice is no harm"
    assert client.status().viewers == 2 and served.pipeline.preview is not None
    client.hide_preview()
    assert served.endpoint.preview_ring.exists()
    other.close()
    assert eventually(lambda: client.status().viewers == 0)
    assert served.pipeline.preview is None
    assert eventually(lambda: not served.endpoint.preview_ring.exists())


def test_a_notice_card_is_seen_too(served: ServedCamera, attach: Attach) -> None:
    reader = PreviewReader(attach().show_preview())
    served.plug.out.set()
    served.plug.opened[-1].unplugged.set()
    assert eventually(lambda: next_pair(reader).index == -1)
    reader.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps open files")
def test_a_ring_that_was_removed_is_made_anew_for_the_next_who_looks(
    served: ServedCamera, attach: Attach
) -> None:
    path = attach().show_preview()
    reader = PreviewReader(path)
    assert eventually(lambda: reader.newest() is not None)
    path.unlink()
    another = PreviewReader(attach().show_preview())
    try:
        assert eventually(lambda: another.newest() is not None)
        assert eventually(lambda: reader.newest() is not None), "who looked before follows"
    finally:
        another.close()
        reader.close()


def test_a_preview_that_cannot_be_made_is_refused_in_words(
    served: ServedCamera, attach: Attach
) -> None:
    served.endpoint.preview_ring.mkdir()
    with pytest.raises(RequestRefused, match="preview") as caught:
        attach().show_preview()
    assert caught.value.statement.code == "preview-not-shown"
    assert served.flows()


def test_large_pictures_are_made_smaller_and_small_ones_are_left(
    tmp_path: Path, reader: PreviewReader
) -> None:
    large = Feed(tmp_path / "preview.ring", 3840, 1600)
    large.feed.show_to(1)
    large.show(50)
    pair = next_pair(reader)
    assert pair.untouched.shape == (533, 1280, 3)
    assert (pair.untouched == 50).all() and (pair.restored == 60).all()
    large.feed.hide_from(1)
    assert large.faults == []


def test_pairs_keep_their_content_while_the_next_are_read(
    tmp_path: Path, reader: PreviewReader
) -> None:
    feed = Feed(tmp_path / "preview.ring", 32, 16)
    feed.feed.show_to(1)
    feed.show(10)
    first = next_pair(reader)
    for grey in (20, 30):
        feed.show(grey)
        next_pair(reader)
    assert (first.untouched == 10).all() and (first.restored == 20).all()
    feed.feed.hide_from(1)


def test_a_reader_may_be_there_before_the_camera(tmp_path: Path, reader: PreviewReader) -> None:
    assert reader.newest() is None
    feed = Feed(tmp_path / "preview.ring", 32, 16)
    feed.feed.show_to(1)
    feed.show(10)
    assert (next_pair(reader).untouched == 10).all()
    feed.feed.hide_from(1)


@pytest.mark.parametrize("size", [(32, 16), (64, 48)], ids=["same size", "other size"])
def test_a_reader_survives_the_restart_of_a_killed_camera(
    tmp_path: Path, reader: PreviewReader, start: Start, size: tuple[int, int]
) -> None:
    path = tmp_path / "preview.ring"
    killed = start("-c", WRITER, path, 32, 16)
    assert killed.stdout is not None and killed.stdout.readline() == "writes\n"
    assert next_pair(reader).untouched.shape == (16, 32, 3)
    killed.kill()
    killed.wait()
    assert path.exists(), "it could not tidy up"
    feed = Feed(path, *size)
    feed.feed.show_to(1)

    def sees_the_new_one() -> bool:
        feed.show(222)
        pair = reader.newest()
        return pair is not None and pair.untouched[0, 0, 0] == 222

    assert eventually(sees_the_new_one)
    feed.feed.hide_from(1)
    assert not path.exists() and feed.faults == []


def test_a_camera_survives_the_death_of_a_reader(served: ServedCamera, start: Start) -> None:
    look = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from nasfe_cam.control.client.connection import CameraClient\n"
        "from nasfe_cam.control.protocol.endpoint import Endpoint\n"
        "from nasfe_cam.control.client.preview_reader import PreviewReader\n"
        "client = CameraClient.attach(Endpoint(Path(sys.argv[1])))\n"
        "reader = PreviewReader(client.show_preview())\n"
        "while reader.newest() is None: time.sleep(0.01)\n"
        "print('sees', flush=True)\n"
        "while True: reader.newest()\n"
    )
    looker = start("-c", look, served.endpoint.folder)
    assert looker.stdout is not None and looker.stdout.readline() == "sees\n"
    assert served.camera.status().viewers == 1
    looker.kill()
    assert eventually(lambda: served.camera.status().viewers == 0)
    assert served.pipeline.preview is None and served.flows()


def test_a_ring_of_another_kind_is_replaced(tmp_path: Path, reader: PreviewReader) -> None:
    (tmp_path / "preview.ring").write_bytes(b"something else")
    assert reader.newest() is None
    feed = Feed(tmp_path / "preview.ring", 32, 16)
    feed.feed.show_to(1)
    feed.show(10)
    assert (next_pair(reader).untouched == 10).all()
    feed.feed.hide_from(1)
