"""Keeps compiled networks on disk, so that the next start need not compile them.

OpenVINO's own cache (CACHE_DIR) takes a file in which a byte has changed for
whole, and refuses to compile at all where it cannot make its folder; here what
does not fit exactly, or is not whole, is not there.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

_MAGIC = b"NASFE compiled network 1\n"
_DIGEST_BYTES = hashlib.sha256().digest_size


class CompiledCache:
    """A folder of compiled networks that all processes of a user share.

    Args:
        folder: made when the first network is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, name: str, key: str) -> bytes | None:
        """What was kept under this name, if it is whole and has this key.

        Args:
            name: of the file; there is one at most, the latest.
            key: everything that the compiled network depends on.
        """
        try:
            file = (self._folder / name).read_bytes()
        except OSError:
            return None
        start = _MAGIC + _digest(key.encode())
        content = file[len(start) + _DIGEST_BYTES :]
        whole = file.startswith(start) and file[len(start) :].startswith(_digest(content))
        return content if whole else None

    def store(self, name: str, key: str, content: bytes) -> str:
        """Keep a compiled network; returns why that is impossible, or nothing."""
        beside = None
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Two processes may write at once; each has a file of its own until it is whole.
            descriptor, beside = tempfile.mkstemp(prefix=f".{name}-", dir=self._folder)
            with os.fdopen(descriptor, "wb") as file:
                file.write(_MAGIC + _digest(key.encode()) + _digest(content) + content)
            Path(beside).replace(self._folder / name)
        except OSError as error:
            if beside is not None:
                with suppress(OSError):
                    Path(beside).unlink()
            return f"{self._folder}: {error.strerror or error}"
        return ""


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
