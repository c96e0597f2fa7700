"""Profile files that no version of the program writes."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import numpy as np


def rewrite(
    path: Path,
    header: dict[str, object] | None = None,
    compression: int = zipfile.ZIP_STORED,
    **arrays: np.ndarray,
) -> None:
    """Change parts of a profile file; checksums of the archive stay right."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    if header is not None:
        members["header.json"] = json.dumps(json.loads(members["header.json"]) | header).encode()
    for name, array in arrays.items():
        content = io.BytesIO()
        np.lib.format.write_array(content, array)
        members[f"{name}.npy"] = content.getvalue()
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
