"""Writes files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from nasfe_cam.errors import OutputFileFailed

PRIVATE_SUFFIX = ".tmp"
"""How the name of a file ends while `write_private_bytes` writes it."""


def write_bytes(path: Path, content: bytes) -> None:
    """Write beside, then rename; raises OutputFileFailed and leaves nothing half-written."""
    beside = path.with_name(f".{path.name}.tmp")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise OutputFileFailed(path, error.strerror or str(error)) from None


def write_text(path: Path, content: str) -> None:
    """`write_bytes` in UTF-8."""
    write_bytes(path, content.encode("utf-8"))


def write_private_bytes(path: Path, content: bytes) -> None:
    """Write beside, then rename; only the owner can read the file, from its first moment.

    What a crash leaves behind is called like `path`, with a "." before and a
    random word and ".tmp" after it.

    Raises:
        OSError: it cannot be written; nothing half-written is left.
    """
    # mkstemp makes the file 0600, whatever the umask.
    descriptor, name = tempfile.mkstemp(
        suffix=PRIVATE_SUFFIX, prefix=f".{path.name}.", dir=path.parent
    )
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
