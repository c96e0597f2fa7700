"""Writes files that the user asked for, whole or not at all; raises errors for people."""

from __future__ import annotations

from pathlib import Path

from nasfe_cam.errors import OutputFileFailed


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
