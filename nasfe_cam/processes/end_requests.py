"""How a program is asked to end in order, on every system.

Elsewhere signals do it. Windows has none that reach another program: `terminate`
kills there, and a video that is being written stays unfinished. So a program
that can end in order waits for an event with its process number in its name.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType, TracebackType

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EVENT_MODIFY_STATE = 2
    _FOREVER = 0xFFFFFFFF
    # CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT: as soon as the handler returns,
    # the program is killed, and after five seconds in any case.
    _ENDS_OF_CONSOLE = (2, 5, 6)
    _CLOSING_SECONDS = 4.5
    _Handler = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateEventW.restype = wintypes.HANDLE
    _kernel.CreateEventW.argtypes = (
        wintypes.LPVOID,
        wintypes.BOOL,
        wintypes.BOOL,
        wintypes.LPCWSTR,
    )
    _kernel.OpenEventW.restype = wintypes.HANDLE
    _kernel.OpenEventW.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.LPCWSTR)
    _kernel.SetEvent.argtypes = (wintypes.HANDLE,)
    _kernel.WaitForSingleObject.argtypes = (wintypes.HANDLE, wintypes.DWORD)
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    _kernel.SetConsoleCtrlHandler.argtypes = (_Handler, wintypes.BOOL)


class EndRequests:
    """Listens for requests to end, from another program, the keyboard or the terminal.

    The second Ctrl+C or SIGTERM ends the program at once, whatever hangs: by the system's own
    handling, since Python's needs a main thread that runs.

    To be made in the main thread. As a context manager it listens until the end of
    the block, for which the closing of a Windows console waits as long as it may.

    Args:
        end: called for each request, from any thread.
    """

    def __init__(self, end: Callable[[], None]) -> None:
        self._end = end
        self._ended = threading.Event()
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
            if hasattr(signal, name):  # each system lacks some
                signal.signal(getattr(signal, name), self._take_signal)
        if sys.platform == "win32":
            self._event = _kernel.CreateEventW(None, True, False, _event_name(os.getpid()))
            threading.Thread(target=self._wait_for_event, name="end-requests", daemon=True).start()
            self._handler = _Handler(self._take_console_event)
            _kernel.SetConsoleCtrlHandler(self._handler, True)

    def close(self) -> None:
        """The program has ended in order."""
        self._ended.set()

    def __enter__(self) -> EndRequests:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _take_signal(self, _number: int, _frame: FrameType | None) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        for name in ("SIGHUP", "SIGBREAK"):
            if hasattr(signal, name):  # terminals and service managers send it beside the other
                signal.signal(getattr(signal, name), signal.SIG_IGN)
        # A driver that hangs may keep `end` from returning.
        threading.Thread(target=self._end, name="end", daemon=True).start()

    if sys.platform == "win32":

        def _wait_for_event(self) -> None:
            if self._event and _kernel.WaitForSingleObject(self._event, _FOREVER) == 0:
                self._end()

        def _take_console_event(self, event: int) -> bool:
            if event not in _ENDS_OF_CONSOLE:
                return False
            self._end()
            self._ended.wait(_CLOSING_SECONDS)
            return True


def ask_to_end(process: int) -> bool:
    """Ask a program of ours to end.

    Args:
        process: its process number.

    Returns:
        False where it cannot be asked: it is gone, or does not listen yet.
    """
    if sys.platform == "win32":
        event = _kernel.OpenEventW(_EVENT_MODIFY_STATE, False, _event_name(process))
        if not event:
            return False
        _kernel.SetEvent(event)
        _kernel.CloseHandle(event)
        return True
    try:
        os.kill(process, signal.SIGTERM)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _event_name(process: int) -> str:
    # "Local": of this login session, where only its user and administrators may set it.
    return rf"Local\nasfe-cam-end-{process}"
