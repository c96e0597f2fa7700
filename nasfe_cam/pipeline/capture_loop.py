"""The thread that reads the source, changes it on demand, and comes back when a camera is lost.

While nobody watches, the source is closed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from nasfe_cam.core.back_off import BackOff
from nasfe_cam.core.errors import SourceError
from nasfe_cam.core.frame import Frame
from nasfe_cam.core.reporting import Report, guarded
from nasfe_cam.pipeline.idle_watch import IdleWatch
from nasfe_cam.pipeline.notice import STARTING, Notice, notice_text
from nasfe_cam.sources.base import Source

# While a source is waited for, another one may be chosen.
_LOOK_SECONDS = 0.2


class CaptureLoop:
    """Reads one source at a time until it ends or `stop` is called.

    Args:
        source: already open.
        make_source: opens it again after it was closed; may raise `SourceError`.
        take: given every frame; what it raises counts as a fault of the source.
        idle_watch: asked before every frame whether somebody watches.
        notice: put up while there is no source.
        at_end: called once in the thread, after the last frame, whatever happened.
        report: told every failure.
    """

    def __init__(
        self,
        source: Source,
        make_source: Callable[[], Source],
        take: Callable[[Frame], None],
        idle_watch: IdleWatch,
        notice: Notice,
        at_end: Callable[[], None],
        report: Report,
    ) -> None:
        self._source = source
        self._make_source = make_source
        self._take = take
        self._idle_watch = idle_watch
        self._notice = notice
        self._at_end = at_end
        self._report = guarded(report)
        self._lost: Source | None = None
        self._stopping = threading.Event()
        self._resting = threading.Event()
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

    @property
    def resting(self) -> bool:
        """Whether nobody watches and the source is closed."""
        return self._resting.is_set()

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
            make_source: opens it again after it was closed.

        Returns:
            False, and `source` is closed, when the stream is at its end.
        """
        with self._changing:
            changed = not self._stopping.is_set()
            if changed:
                before, self._source = self._source, source
                self._make_source = make_source
            if self._resting.is_set() or not changed:
                source.close()
        if changed:
            before.close()
        return changed

    def _run(self) -> None:
        try:
            self._read_until_the_end()
        finally:
            # Whatever ended this thread: who waits for the end of the stream is told.
            try:
                self.stop()
            except Exception as error:
                self._report(error)
            finally:
                self._at_end()

    def _read_until_the_end(self) -> None:
        back_off = BackOff()
        while not self._stopping.is_set():
            try:
                if self._idle_watch.gone():
                    self._rest(back_off)
                elif not self._read_next(back_off):
                    return
            except Exception as error:  # a fault of ours beside the source
                self._report(error)
                self._stopping.wait(back_off.next_delay())

    def _read_next(self, back_off: BackOff) -> bool:
        """Read one frame, or open the source again; False at the end of the stream."""
        source = self._source
        try:
            frame = source.read()
            if frame is not None:
                self._take(frame)
        except Exception as error:  # a driver may raise anything
            # A source that was changed for another is closed under its reader.
            if source is self._source:
                self._lost = source
                self._report(error)
                source.close()
                self._open_again(source, notice_text(error), back_off, back_off.next_delay())
            return True
        if frame is None:
            return source is not self._source
        back_off.succeeded()
        return True

    def _rest(self, back_off: BackOff) -> None:
        """Nobody watches: let go of the webcam until somebody does."""
        with self._changing:
            self._resting.set()
            self._source.close()
        self._idle_watch.wait(self._stopping)
        with self._changing:
            self._resting.clear()
            closed = self._source
        self._open_again(closed, STARTING, back_off, delay=0)

    def _open_again(self, closed: Source, text: str, back_off: BackOff, delay: float) -> None:
        """Show a notice until the source can be opened or there is another one.

        Args:
            delay: seconds until the first try.
        """
        self._notice.put_up(text)
        while self._still_closed(closed, delay):
            try:
                found = self._make_source()
            except Exception as error:
                if not isinstance(error, SourceError):  # a driver may raise anything here too
                    self._report(error)
                self._lost = closed
                self._notice.put_up(notice_text(error))
                delay = back_off.next_delay()
                continue
            if not self._put(found, closed):
                found.close()
        self._notice.take_down()

    def _still_closed(self, closed: Source, delay: float) -> bool:
        """Wait so many seconds; False as soon as there is another source, or the end."""
        while self._source is closed and not self._stopping.wait(min(delay, _LOOK_SECONDS)):
            delay -= _LOOK_SECONDS
            if delay <= 0:
                return self._source is closed
        return False

    def _put(self, found: Source, closed: Source) -> bool:
        with self._changing:
            wanted = self._source is closed and not self._stopping.is_set()
            if wanted:
                self._source = found
            return wanted
