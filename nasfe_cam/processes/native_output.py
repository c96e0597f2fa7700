"""Keeps what libraries of others write to the terminal out of it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

_MOST_BYTES = 1_000_000


def divert_native_output(log: Path) -> None:
    """Have descriptor 2 end in a log file; Python's `sys.stderr` still reaches the terminal.

    Libraries written in C and C++ (MediaPipe, EGL, codecs, Qt) know only the descriptor. So
    do programs started from here that are given no stderr. Call it first: a library that is
    loaded already may have kept the descriptor.

    Args:
        log: appended to, readable by its owner alone, and begun anew when it is long; where
            it cannot be written, the messages are dropped.
    """
    if sys.stderr is None:  # a program with a window on Windows has none
        return
    with suppress(OSError, ValueError):  # there may be no descriptor behind it
        sys.stderr.flush()
        kept = os.dup(sys.stderr.fileno())
        target = _open(log)
        os.dup2(target, 2, inheritable=True)
        os.close(target)
        encoding = sys.stderr.encoding
        sys.stderr = os.fdopen(kept, "w", buffering=1, encoding=encoding, errors="backslashreplace")


def _open(log: Path) -> int:
    mode = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    try:
        if log.is_file() and log.stat().st_size > _MOST_BYTES:
            mode |= os.O_TRUNC
        return os.open(log, mode, 0o600)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)
