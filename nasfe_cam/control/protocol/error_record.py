"""Errors as they travel between programs."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from nasfe_cam.control.protocol.messages import ErrorRecord, Explanation, encode
from nasfe_cam.core.atomic_files import write_private_bytes
from nasfe_cam.core.errors import statement_of
from nasfe_cam.core.statement import Statement

ERROR_FILE = "NASFE_CAM_ERROR_FILE"
"""Environment variable: the file in which a program leaves the error that it ends with."""

_MOST_BYTES = 65536


def record_of(error: BaseException) -> ErrorRecord:
    """An error that happened now, as it travels in messages."""
    return ErrorRecord(at=time.time(), error=Explanation.of(statement_of(error)))


def leave_error(error: BaseException) -> None:
    """Leave the error for the program that started this one, if it asked for that."""
    path = os.environ.get(ERROR_FILE)
    if path:
        # Nobody may be told of it any more, and people have read it.
        with suppress(OSError):
            content = encode(Explanation.of(statement_of(error)))
            write_private_bytes(Path(path), content, durable=False)


def left_error(path: Path) -> Statement | None:
    """The error that a program left in this file; None if there is none that can be read."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES)
        return Explanation.model_validate_json(content, strict=True).statement
    except (OSError, ValidationError):
        return None
