"""Reads model files, and refuses missing, truncated or changed ones."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ModelFileDamaged, ModelFileMissing
from nasfe_cam.core.text.reasons import reason_of
from nasfe_cam.core.user_files import read_plain_file

_MOST_BYTES = 512 << 20


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file and the sha256, in hexadecimal, that its content must have.

    Attributes:
        quantised: the same network in INT8 (`engine.quantised_file`), if there is one.
    """

    path: Path
    sha256: str
    quantised: ModelFile | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """What is to be run.

    Attributes:
        path: ONNX file with static shapes.
        sha256: what the file must hash to, in hexadecimal.
        tensors: names of the inputs and outputs that the caller will use; what
            serves other outputs alone is not computed.
        quantised: the same network in INT8, if there is one.
    """

    path: Path
    sha256: str
    tensors: Sequence[str]
    quantised: ModelFile | None = None


def read_model(path: Path, sha256: str) -> bytes:
    """The bytes of a model file.

    Args:
        path: the file.
        sha256: what its content must hash to, in hexadecimal.

    Raises:
        ModelFileMissing: there is no such file.
        ModelFileDamaged: it cannot be read, or holds other bytes.
    """
    try:
        content = read_plain_file(path, _MOST_BYTES)
    except FileNotFoundError:
        raise ModelFileMissing(path) from None
    except OSError as error:
        raise ModelFileDamaged(path, reason_of(error)) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelFileDamaged(path, f"{len(content)} bytes, checksum differs")
    return content
