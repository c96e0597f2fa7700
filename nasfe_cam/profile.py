"""A profile: what is remembered of an enrolled person. No photo is kept in it."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from nasfe_cam.errors import ProfileDamaged, ProfileNameRefused, ProfileOutdated
from nasfe_cam.frame import FloatArray

FORMAT_VERSION = 1
IDENTITY_SHAPE = (256, 32, 32)
EMBEDDING_SHAPE = (128,)
MAXIMUM_FILE_BYTES = 16 * 1024 * 1024
"""Larger files are refused unread; a profile of version 1 has half a megabyte."""

_HEADER = "header.json"
_MAXIMUM_HEADER_BYTES = 1024 * 1024
_LONGEST_NAME = 64
_RESERVED_ON_WINDOWS = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{port}{n}" for port in ("com", "lpt") for n in range(10)]
)


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What is remembered of one enrolled person.

    Attributes:
        name: also the name of its file; see `checked_name`.
        created: UTC.
        identity: 256 x 32 x 32 float32, N of eq. 7 (stored as float16).
        embedding: 128 float32 of length 1, to tell the person among several faces.
        extractor_sha256: of the observer.onnx that made `identity`; another
            observer's features mean something else.
        photo_count: how many photos it was made from.
    """

    name: str
    created: datetime
    identity: FloatArray
    embedding: FloatArray
    extractor_sha256: str
    photo_count: int

    def require_extractor(self, sha256: str) -> None:
        """Raise ProfileOutdated unless the observer with this hash made the profile."""
        if self.extractor_sha256 != sha256:
            raise ProfileOutdated(self.name, "it was made by another observer network")


def checked_name(name: str) -> str:
    """The name in its normal form, safe as a file name on every platform.

    Raises:
        ProfileNameRefused: it is empty, too long, reserved, or holds other
            characters than letters, digits, space, "-", "_" and ".".
    """
    normal = unicodedata.normalize("NFC", name)
    if not normal:
        raise ProfileNameRefused(name, "it is empty")
    if len(normal.encode()) > 2 * _LONGEST_NAME or len(normal) > _LONGEST_NAME:
        raise ProfileNameRefused(name, "it is too long")
    for letter in normal:
        if not (letter.isalnum() or letter in " -_."):
            raise ProfileNameRefused(name, f"it holds {letter!r}")
    if normal[0] in " .-":
        raise ProfileNameRefused(name, f"it begins with {normal[0]!r}")
    if normal[-1] == " ":
        raise ProfileNameRefused(name, "it ends with a space")
    if normal.split(".")[0].lower() in _RESERVED_ON_WINDOWS:
        raise ProfileNameRefused(name, "Windows keeps this name for itself")
    return normal


def profile_to_bytes(profile: Profile) -> bytes:
    """The profile as an npz file without pickle: two arrays and a JSON header.

    Later versions may add keys to the header and members to the archive; a
    change that old readers would misunderstand raises `FORMAT_VERSION`.
    """
    header = {
        "format": FORMAT_VERSION,
        "name": profile.name,
        "created": profile.created.astimezone(UTC).isoformat(),
        "extractor_sha256": profile.extractor_sha256,
        "photo_count": profile.photo_count,
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(_HEADER, json.dumps(header))
        _write_array(archive, "identity", profile.identity.astype(np.float16))
        _write_array(archive, "embedding", profile.embedding.astype(np.float32))
    return content.getvalue()


def profile_from_bytes(content: bytes, path: Path) -> Profile:
    """Read what `profile_to_bytes` wrote; nothing in it is trusted.

    Args:
        content: at most `MAXIMUM_FILE_BYTES`.
        path: where it came from, for messages; its stem is the profile's name.

    Raises:
        ProfileDamaged: cut short, changed, or not a profile.
        ProfileOutdated: of another format version.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            header = json.loads(_read_member(archive, _HEADER, _MAXIMUM_HEADER_BYTES))
            version = header["format"]
            if version != FORMAT_VERSION:
                raise ProfileOutdated(path.stem, f"its format is {version!r}, not {FORMAT_VERSION}")
            profile = Profile(
                name=checked_name(_typed(header, "name", str)),
                created=datetime.fromisoformat(_typed(header, "created", str)).astimezone(UTC),
                identity=_read_array(archive, "identity", np.float16, IDENTITY_SHAPE),
                embedding=_read_array(archive, "embedding", np.float32, EMBEDDING_SHAPE),
                extractor_sha256=_typed(header, "extractor_sha256", str),
                photo_count=_typed(header, "photo_count", int),
            )
    except ProfileNameRefused:
        raise ProfileDamaged(path, "it holds a refused name") from None
    except KeyError as error:
        raise ProfileDamaged(path, f"{error.args[0]} is missing") from None
    except (ValueError, TypeError, EOFError, OverflowError, RecursionError, OSError) as error:
        raise ProfileDamaged(path, str(error) or type(error).__name__) from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise ProfileDamaged(path, str(error)) from None
    if profile.name != unicodedata.normalize("NFC", path.stem):
        raise ProfileDamaged(path, f"it is the profile of {profile.name!r} under another name")
    if not np.isclose(float(np.linalg.norm(profile.embedding)), 1.0, atol=1e-3):
        raise ProfileDamaged(path, "its embedding is not of length 1")
    return profile


def _typed(header: dict[str, Any], key: str, kind: type) -> Any:
    value = header[key]
    if not isinstance(value, kind):
        raise ValueError(f"{key} is no {kind.__name__}")
    return value


def _write_array(archive: zipfile.ZipFile, name: str, array: np.ndarray[Any, Any]) -> None:
    with archive.open(f"{name}.npy", "w") as member:
        np.lib.format.write_array(member, np.ascontiguousarray(array), allow_pickle=False)


def _read_member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    if archive.getinfo(name).file_size > most:
        raise ValueError(f"{name} is too large")
    return archive.read(name)


def _read_array(
    archive: zipfile.ZipFile,
    name: str,
    dtype: type[np.floating[Any]],
    shape: tuple[int, ...],
) -> FloatArray:
    size = int(np.prod(shape)) * np.dtype(dtype).itemsize
    # The header is compared before anything is allocated: it may state any size.
    content = io.BytesIO(_read_member(archive, f"{name}.npy", size + 4096))
    np.lib.format.read_magic(content)
    found_shape, by_column, found_dtype = np.lib.format.read_array_header_1_0(content)
    if found_shape != shape or found_dtype != np.dtype(dtype) or by_column:
        raise ValueError(f"{name} is {found_shape} {found_dtype}, not {shape} {np.dtype(dtype)}")
    data = content.read()
    if len(data) != size:
        raise ValueError(f"{name} has {len(data)} bytes, not {size}")
    array = np.frombuffer(data, dtype).reshape(shape).astype(np.float32)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds values that are no numbers")
    return array
