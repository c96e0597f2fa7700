"""The last net: what nobody foresaw becomes one line, and a file with the details."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from nasfe_cam.core.errors import (
    MemoryLimited,
    NasfeError,
    UnexpectedFault,
    UnexpectedFaultLogged,
)
from nasfe_cam.core.user_files import UserFolder, user_folder
from nasfe_cam.core.version import __version__

# OpenVINO, MediaPipe and OpenCV map their libraries and stacks. With less, some of them abort, or
# cannot get memory again and again while the camera runs.
_NEEDED_MEGABYTES = 5000
_MOST_LOG_BYTES = 256 * 1024


def as_error(error: BaseException) -> NasfeError:
    """What to tell about anything that was raised; a fault of ours is logged."""
    if isinstance(error, NasfeError):
        return error
    log = log_fault(error)
    fault = UnexpectedFault.of(error)
    return fault if log is None else UnexpectedFaultLogged(fault.reason, log)


def log_fault(error: BaseException) -> Path | None:
    """Append the traceback to the user's log of faults; None if it cannot be written.

    It holds paths and may hold names, so only its owner can read it.
    """
    lines = traceback.format_exception(error)
    clock = time.strftime("%Y-%m-%d %H:%M:%S")
    arguments = " ".join(repr(argument) for argument in sys.argv[1:])
    text = f"{clock} nasfe-cam {__version__} {arguments}\n{''.join(lines)}\n"
    content = text.encode("utf-8", errors="backslashreplace")
    for folder in _folders():
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = folder / "faults.log"
            too_long = path.exists() and path.stat().st_size > _MOST_LOG_BYTES
            flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if too_long else os.O_APPEND)
            descriptor = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            return path
    with suppress(OSError):
        descriptor, name = tempfile.mkstemp(prefix="nasfe-cam-fault-", suffix=".log")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        return Path(name)
    return None


def watch_threads() -> None:
    """Let a thread that a fault ends leave its traceback in the log, and one line on stderr."""

    def tell(ended: threading.ExceptHookArgs) -> None:
        if ended.exc_value is not None and not isinstance(ended.exc_value, SystemExit):
            with suppress(Exception):
                print(f"nasfe-cam: {as_error(ended.exc_value)}", file=sys.stderr)

    threading.excepthook = tell


def catch_faults(program: str, told: Callable[[NasfeError], None] = lambda error: None) -> None:
    """Let what nobody catches be logged and said, and the program go on; for one with a window.

    Args:
        program: its name, for stderr.
        told: called with the fault too, from any thread.
    """

    def take(
        kind: type[BaseException], error: BaseException, traceback: TracebackType | None
    ) -> None:
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, traceback)
            return
        with suppress(Exception):
            known = as_error(error)
            print(f"{program}: {known}", file=sys.stderr)
            told(known)

    watch_threads()
    sys.excepthook = take


def require_memory() -> None:
    """Raise MemoryLimited where libraries would abort for want of address space."""
    if sys.platform == "win32":
        return
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    megabytes = limit // 1_000_000
    if limit != resource.RLIM_INFINITY and megabytes < _NEEDED_MEGABYTES:
        raise MemoryLimited(megabytes, _NEEDED_MEGABYTES)


def _folders() -> list[Path]:
    try:
        return [user_folder(UserFolder.LOG)]
    except NasfeError:
        return []
