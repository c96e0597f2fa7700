"""Files and folders that no other user can open.

Elsewhere the mode bits say so. Windows ignores them; there a file has an access control list,
and takes that of its folder unless it is given its own: on a second disk, that of everybody.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import _winapi
    import ctypes
    from collections.abc import Iterator
    from contextlib import contextmanager
    from ctypes import wintypes

    # Protected from the folder's list; full access for the owner, the system and administrators,
    # whom nothing keeps out: what Python itself gives a folder of mode 0o700.
    _FILE = "D:P(A;;FA;;;OW)(A;;FA;;;SY)(A;;FA;;;BA)"
    _FOLDER = "D:P(A;OICI;FA;;;OW)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
    _CREATE_NEW = 1
    _REVISION = 1
    _FILE_OBJECT = 1
    _PROTECTED_LIST = 0x80000004
    _system = ctypes.WinDLL("advapi32", use_last_error=True)
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _system.ConvertStringSecurityDescriptorToSecurityDescriptorW.argtypes = (
        wintypes.LPCWSTR,
        wintypes.DWORD,
        ctypes.POINTER(wintypes.LPVOID),
        wintypes.LPVOID,
    )
    _system.GetSecurityDescriptorDacl.argtypes = (
        wintypes.LPVOID,
        wintypes.LPBOOL,
        ctypes.POINTER(wintypes.LPVOID),
        wintypes.LPBOOL,
    )
    _system.SetNamedSecurityInfoW.argtypes = (
        wintypes.LPCWSTR,
        ctypes.c_int,
        wintypes.DWORD,
        *(wintypes.LPVOID,) * 4,
    )
    _kernel.LocalFree.argtypes = (wintypes.LPVOID,)

    class _Attributes(ctypes.Structure):
        """SECURITY_ATTRIBUTES."""

        _fields_ = (
            ("size", wintypes.DWORD),
            ("descriptor", wintypes.LPVOID),
            ("inherited", wintypes.BOOL),
        )

    @contextmanager
    def _descriptor(text: str) -> Iterator[wintypes.LPVOID]:
        made = wintypes.LPVOID()
        if not _system.ConvertStringSecurityDescriptorToSecurityDescriptorW(
            text, _REVISION, ctypes.byref(made), None
        ):
            raise ctypes.WinError(ctypes.get_last_error())
        try:
            yield made
        finally:
            _kernel.LocalFree(made)

    def _create(path: Path) -> None:
        with _descriptor(_FILE) as made:
            attributes = _Attributes(ctypes.sizeof(_Attributes), made, False)
            handle = _winapi.CreateFile(
                str(path),
                _winapi.GENERIC_WRITE,
                0,
                ctypes.addressof(attributes),
                _CREATE_NEW,
                0,
                0,
            )
        _winapi.CloseHandle(handle)

    def _restrict(folder: Path) -> None:
        with _descriptor(_FOLDER) as made:
            access = wintypes.LPVOID()
            there, default = wintypes.BOOL(), wintypes.BOOL()
            _system.GetSecurityDescriptorDacl(
                made, ctypes.byref(there), ctypes.byref(access), ctypes.byref(default)
            )
            error = _system.SetNamedSecurityInfoW(
                str(folder), _FILE_OBJECT, _PROTECTED_LIST, None, None, access, None
            )
        if error:
            raise ctypes.WinError(error)

else:

    def _create(path: Path) -> None:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))

    def _restrict(folder: Path) -> None:
        folder.chmod(0o700)


def create_owner_only(path: Path) -> None:
    """Make an empty file that only its owner can open, from its first moment.

    Raises:
        FileExistsError, OSError: it exists, or cannot be made.
    """
    _create(path)


def restrict_to_owner(folder: Path) -> None:
    """Let nobody but the owner into a folder; what is made in it later is the owner's too.

    Raises:
        OSError: it cannot be changed.
    """
    _restrict(folder)
