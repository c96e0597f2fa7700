"""Runs a command as administrator on Windows, which asks the user itself."""

from __future__ import annotations

import ctypes
import sys

if sys.platform == "win32":
    from ctypes import wintypes

    _NO_CLOSE_PROCESS = 0x40
    _HIDDEN = 0
    _FOREVER = 0xFFFFFFFF
    _APARTMENT = 2
    _CANCELLED = 1223

    class _Execution(ctypes.Structure):
        """SHELLEXECUTEINFOW."""

        _fields_ = (
            ("size", wintypes.DWORD),
            ("mask", wintypes.ULONG),
            ("window", wintypes.HWND),
            ("verb", wintypes.LPCWSTR),
            ("file", wintypes.LPCWSTR),
            ("parameters", wintypes.LPCWSTR),
            ("folder", wintypes.LPCWSTR),
            ("show", ctypes.c_int),
            ("application", wintypes.HINSTANCE),
            ("id_list", wintypes.LPVOID),
            ("class_name", wintypes.LPCWSTR),
            ("class_key", wintypes.HKEY),
            ("hot_key", wintypes.DWORD),
            ("icon", wintypes.HANDLE),
            ("process", wintypes.HANDLE),
        )

    def run_elevated(program: str, parameters: str) -> int | None:
        """Run a program as administrator, without a window, to its end.

        Args:
            program: its path.
            parameters: its command line, as that program reads it.

        Returns:
            Its exit code; None where the user refused.

        Raises:
            OSError: it cannot be started.
        """
        shell = ctypes.WinDLL("shell32", use_last_error=True)
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.WaitForSingleObject.argtypes = (wintypes.HANDLE, wintypes.DWORD)
        kernel.GetExitCodeProcess.argtypes = (wintypes.HANDLE, wintypes.LPDWORD)
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        # The shell may ask parts of itself that want it.
        ctypes.WinDLL("ole32").CoInitializeEx(None, _APARTMENT)
        asked = _Execution(
            size=ctypes.sizeof(_Execution),
            mask=_NO_CLOSE_PROCESS,
            verb="runas",
            file=program,
            parameters=parameters,
            show=_HIDDEN,
        )
        if not shell.ShellExecuteExW(ctypes.byref(asked)):
            error = ctypes.get_last_error()
            if error == _CANCELLED:
                return None
            raise ctypes.WinError(error)
        if not asked.process:
            raise OSError(f"{program} was not started")
        kernel.WaitForSingleObject(asked.process, _FOREVER)
        code = wintypes.DWORD()
        kernel.GetExitCodeProcess(asked.process, ctypes.byref(code))
        kernel.CloseHandle(asked.process)
        return code.value

else:

    def run_elevated(program: str, parameters: str) -> int | None:
        """Windows' alone."""
        raise OSError("this is not Windows")
