"""Writes files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

PRIVATE_SUFFIX = ".tmp"
"""How the name of a file ends while `write_private_bytes` writes it."""


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
        # Why it failed is worth more than that it could not be cleaned up.
        with suppress(OSError):
            beside.unlink()
        raise
