"""The thread that reads the source, changes it on demand, and comes back when a camera is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from nasfe_cam.errors import SourceError
from nasfe_cam.frame import Frame
from nasfe_cam.sources import Source
from nasfe_cam.supervision import BackOff

_NOTICE_PERIOD = 0.2


class Capturing:
    """Reads one source at a time until it ends or `stop` is called.

    Args:
        source: already open.
        make_source: opens it again after it was lost; may raise `SourceError`.
        take: given every frame; what it raises counts as a fault of the source.
        notice: told several times a second what to say while there is no source.
        at_end: called once in the thread, after the last frame.
        report: told every failure.
    """

    def __init__(
        self,
        source: Source,
        make_source: Callable[[], Source],
        take: Callable[[Frame], None],
        notice: Callable[[str], None],
        at_end: Callable[[], None],
        report: Callable[[Exception], None],
    ) -> None:
        self._source = source
        self._make_source = make_source
        self._take = take
        self._notice = notice
        self._at_end = at_end
        self._report = report
        self._lost: Source | None = None
        self._stopping = threading.Event()
        # Reentrant: a signal handler may call `stop` while it runs already.
        self._changing = threading.RLock()
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)

    @property
    def source(self) -> Source:
        """The source that is read now, or was last."""
        return self._source

    @property
    def lost(self) -> bool:
        """Whether the source is gone and waited for."""
        return self._lost is self._source

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """End after the frame that is read now; returns at once."""
        with self._changing:
            self._stopping.set()
            source = self._source
        source.close()

    def change(self, source: Source, make_source: Callable[[], Source]) -> bool:
        """Read another source from the next frame on, and close the one before.

        Args:
            source: already open; the one before was read until here.
            make_source: opens it again after it was lost.

        Returns:
            False, and `source` is closed, when the stream is at its end.
        """
        with self._changing:
            changed = not self._stopping.is_set()
            if changed:
                source, self._source = self._source, source
                self._make_source = make_source
        source.close()
        return changed

    def _run(self) -> None:
        back_off = BackOff()
        while not self._stopping.is_set():
            source = self._source
            try:
                frame = source.read()
                if frame is not None:
                    self._take(frame)
            except Exception as error:  # a driver may raise anything
                # A source that was changed for another is closed under its reader.
                if source is self._source:
                    self._report(error)
                    source.close()
                    self._wait_for_source(source, back_off)
                continue
            if frame is None and source is self._source:
                break
            back_off.succeeded()
        self.stop()
        self._at_end()

    def _wait_for_source(self, lost: Source, back_off: BackOff) -> None:
        """Wait until the source can be opened again, or another one is there."""
        self._lost = lost
        while not self._stopping.is_set() and self._source is lost:
            retry_at = time.monotonic() + back_off.next_delay()
            while time.monotonic() < retry_at:
                self._notice("camera unplugged - waiting for it")
                if self._stopping.wait(_NOTICE_PERIOD) or self._source is not lost:
                    return
            try:
                found = self._make_source()
            except SourceError:
                continue
            except Exception as error:  # a driver may raise anything here too
                self._report(error)
                continue
            if not self._put(found, lost):
                found.close()

    def _put(self, found: Source, lost: Source) -> bool:
        with self._changing:
            wanted = self._source is lost and not self._stopping.is_set()
            if wanted:
                self._source = found
            return wanted
