"""The ring of the virtual camera as its worker sees it: taken over, or made, and kept in place."""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from nasfe_cam.core.errors import VirtualCameraTaken
from nasfe_cam.core.frame import Frame
from nasfe_cam.core.text.reasons import Reason, reason_of
from nasfe_cam.core.user_files import make_private_folder
from nasfe_cam.sinks.errors import FramesNotHandedOver
from nasfe_cam.sinks.helper_program import AdoptedProgram
from nasfe_cam.sinks.notice_card import GONE, SILENT, STARTING, render_card
from nasfe_cam.vcam_host.replaceable_file import remove_replaceable
from nasfe_cam.vcam_host.shared_frames import (
    Card,
    Feedback,
    OutputState,
    RingError,
    RingInUse,
    RingMissing,
    SharedFrames,
)

_HAND_OVER_SECONDS = 3.0
_TRY_AGAIN_SECONDS = 1.0
# The output program looks for a new ring four times a second.
_FOLLOW_SECONDS = 2.0
SPARE_PREFIX = "nasfe-cam-ring-"
_TEXTS = {Card.STARTING: STARTING, Card.SILENT: SILENT, Card.GONE: GONE}


class KeptRing:
    """A ring and its cards; any thread may call anything.

    A ring whose file was removed is made anew while frames go on: the output program that
    reads goes over to it, and one that is started later finds it.

    Attributes:
        program: the output program that an earlier worker has left running, or None.
    """

    def __init__(self, path: Path, label: str, width: int, height: int) -> None:
        """Take over the ring, or make one.

        Args:
            path: of its file.
            label: name of the virtual camera.
            width: of the frames, in pixels.
            height: of the frames, in pixels.

        Raises:
            VirtualCameraTaken: another living worker writes it.
            FramesNotHandedOver: it cannot be made.
        """
        self.path = path
        self._size = (width, height)
        self._cards = {
            card: render_card(width, height, label, text) for card, text in _TEXTS.items()
        }
        self._lock = threading.Lock()
        self._before: SharedFrames | None = None
        self._let_go_at = self._try_again_at = 0.0
        self.program: AdoptedProgram | None = None
        try:
            make_private_folder(path.parent)
            self._ring = self._open()
        except RingInUse:
            raise VirtualCameraTaken(label, Reason.IN_USE_BY_US) from None
        except RingError as error:
            raise FramesNotHandedOver(path.parent, str(error).rstrip(".")) from None
        except OSError as error:
            raise FramesNotHandedOver(path.parent, reason_of(error)) from None

    def write(self, frame: Frame) -> None:
        """Publish the frame; raises ValueError where it has another size."""
        with self._lock:
            self._ring.write(frame.image, frame.captured_at, frame.index)

    def feedback(self) -> Feedback:
        """What the output program last reported."""
        return self._ring.feedback()

    def reader_state(self) -> OutputState:
        """What the output program does; a part of `feedback` that costs less."""
        with self._lock:
            return self._ring.reader_state()

    def mend(self) -> None:
        """Make the ring anew if its file is gone; to be called often.

        Where that is not possible, such as on a full disk, it is tried again.
        """
        now = time.monotonic()
        before = self._before
        if before is not None and (self.feedback().process or now >= self._let_go_at):
            self._before = None
            before.close(keep_file=True)
        if now < self._try_again_at or self._ring.in_place():
            return
        self._try_again_at = now + _TRY_AGAIN_SECONDS
        with suppress(RingError, OSError):
            make_private_folder(self.path.parent)
            ring = self._make()
            with self._lock:
                self._before, self._ring = self._ring, ring
            # Its lock tells the output program that the worker lives until it has gone over.
            self._let_go_at = now + _FOLLOW_SECONDS

    def end_reader(self) -> None:
        """Ask the output program to end and wait until the camera is free for a successor."""
        _end_reader(self._ring)

    def close(self, *, keep_file: bool = False) -> None:
        """Let go of the ring, which is deleted unless `keep_file`."""
        if self._before is not None:
            self._before.close(keep_file=True)
            self._before = None
        self._ring.close(keep_file=keep_file)
        leave_folder(self.path)

    def _open(self) -> SharedFrames:
        ring = _attach(self.path)
        if ring is None:
            return self._make()
        reader = AdoptedProgram.of(ring.feedback(), str(self.path))
        if (ring.width, ring.height) != self._size or reader is None:
            _end_reader(ring)
            ring.close()
            return self._make()
        ring.request_stop(False)
        self._write_cards(ring)
        self.program = reader
        return ring

    def _make(self) -> SharedFrames:
        """A new ring, in the place of one that nobody writes."""
        left = _attach(self.path)
        if left is not None:
            left.close()
        ring = SharedFrames.create(self.path, *self._size)
        self._write_cards(ring)
        return ring

    def _write_cards(self, ring: SharedFrames) -> None:
        for card, image in self._cards.items():
            ring.write_card(image, card)


def in_usable_folder(path: Path) -> Path:
    """The path, or one in a new folder where its own cannot be used.

    Another user may have made the runtime folder in /tmp, for instance. Frames go on then, but
    a worker that comes back does not find the ring of the one before.
    """
    try:
        make_private_folder(path.parent)
    except OSError:
        return _new_folder() / path.name
    return path


def leave_folder(path: Path) -> None:
    """Remove the folder of a ring that is closed, if `in_usable_folder` has made it."""
    if path.parent.name.startswith(SPARE_PREFIX):
        with suppress(OSError):
            path.parent.rmdir()


def spare_places() -> list[Path]:
    """Where the folders lie that `in_usable_folder` makes; the best place first."""
    temporary = Path(tempfile.gettempdir())
    # In memory where the system has such a place; on Windows that name is a folder of the
    # drive, which any user can make.
    return [temporary] if sys.platform == "win32" else [Path("/dev/shm"), temporary]


def _new_folder() -> Path:
    *better, last = spare_places()
    for place in better:
        with suppress(OSError):
            return Path(tempfile.mkdtemp(prefix=SPARE_PREFIX, dir=place))
    return Path(tempfile.mkdtemp(prefix=SPARE_PREFIX, dir=last))


def _attach(path: Path) -> SharedFrames | None:
    try:
        return SharedFrames.attach(path, writer=True)
    except RingMissing:
        return None
    except RingInUse:
        raise
    except RingError:
        # Left by another version, or half made when the machine went down.
        with suppress(OSError):
            remove_replaceable(path)
        return None


def _end_reader(ring: SharedFrames) -> None:
    ring.request_stop()
    program = AdoptedProgram.of(ring.feedback(), str(ring.path))
    if program is not None:
        program.stop(_HAND_OVER_SECONDS)
