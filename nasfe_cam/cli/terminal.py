"""What the commands print: never a reason to end, and never obeyed by a terminal."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

from nasfe_cam.core.errors import NasfeError, StandardOutputFailed, UnexpectedFault
from nasfe_cam.core.text.foreign import readable
from nasfe_cam.core.text.reasons import reason_of
from nasfe_cam.processes.standard_streams import settle_streams

if TYPE_CHECKING:  # `--version` needs no tables
    from rich.console import Console


class _Stream:
    """A text stream whose failures are told in our words, or not at all.

    Args:
        stream: written to.
        forgiving: what cannot be written is lost, and nobody is told.
    """

    def __init__(self, stream: TextIO, *, forgiving: bool) -> None:
        self._stream = stream
        self._forgiving = forgiving

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        self._do(lambda: self._stream.write(text))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        self._do(self._stream.flush)

    def _do(self, task: Callable[[], object]) -> None:
        try:
            task()
        except (OSError, ValueError) as error:
            if self._forgiving:
                return
            _lead_nowhere(self._stream)
            if isinstance(error, BrokenPipeError):
                # Whoever read has seen enough, as `head` does.
                raise
            raise StandardOutputFailed(reason_of(error)) from None


def prepare_streams() -> None:
    """Make the streams of this program safe to write to; once, before anything is printed.

    A letter that the encoding lacks becomes "?". What cannot be written to stderr is lost;
    what cannot be written to stdout is StandardOutputFailed, or BrokenPipeError.
    """
    settle_streams()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            with suppress(OSError, ValueError):
                reconfigure(errors="replace")
    # Without a stream, as with `2>&-`, `print` would write to the other one.
    errors = sys.stderr if sys.stderr is not None else io.StringIO()
    sys.stderr = _Stream(errors, forgiving=True)
    if sys.stdout is not None:
        sys.stdout = _Stream(sys.stdout, forgiving=False)


def print_line(line: str) -> None:
    """Print to stdout at once; raises StandardOutputFailed, and then nobody reads any more."""
    try:
        print(line, flush=True)
    except BrokenPipeError as error:
        raise StandardOutputFailed(reason_of(error)) from None


def flush_stdout() -> None:
    """See that what was printed is written; raises StandardOutputFailed or BrokenPipeError."""
    if sys.stdout is not None:
        sys.stdout.flush()


def shown(value: object) -> str:
    """Text from outside as it may stand among Rich's markup: line by line, and never obeyed."""
    from rich.markup import escape

    return "\n".join(escape(readable(line)) for line in str(value).split("\n"))


def complain(error: object, console: Console | None = None) -> None:
    """Print what went wrong to stderr, in one line; never raises.

    Args:
        error: a sentence or an exception; one that is not of ours may hold no word.
        console: to print to, where there is one already.
    """
    from rich.console import Console
    from rich.text import Text

    with suppress(Exception):
        if isinstance(error, Exception) and not isinstance(error, NasfeError):
            error = UnexpectedFault.of(error)
        place = console if console is not None else Console(stderr=True)
        words = Text.assemble(("nasfe-cam:", "yellow"), " ", readable(str(error)))
        place.print(words, soft_wrap=True)


def _lead_nowhere(stream: TextIO) -> None:
    """What is written from now on goes nowhere, also what waits in buffers."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
