"""Converts a profile to the content of a file and back; does not trust the file.

An npz file without pickle: two arrays, a JSON header, and a PNG picture for each
photo that the user chose to keep. Format 1 knew nothing of single photos.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from nasfe_cam.core.errors import ProfileDamaged, ProfileNameRefused, ProfileTooNew
from nasfe_cam.core.frame import FloatArray
from nasfe_cam.profiles.photo_quality import PhotoQuality
from nasfe_cam.profiles.profile import EnrolledPhoto, Profile, checked_name

FORMAT_VERSION = 2
IDENTITY_SHAPE = (256, 32, 32)
EMBEDDING_SHAPE = (128,)
MAXIMUM_FILE_BYTES = 16 * 1024 * 1024
"""Larger files are refused unread; with ten copies of photos a profile has 2 MB."""

_HEADER = "header.json"
_MAXIMUM_HEADER_BYTES = 64 * 1024
_MAXIMUM_COPY_BYTES = 1024 * 1024
_MOST_MEMBERS = 64
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_MOST_PHOTOS = 100_000
# Features are normalised to mean 0 and deviation 1 per channel; means of them stay below 32.
_LARGEST_FEATURE = 32.0


def profile_to_bytes(profile: Profile) -> bytes:
    """The file of a profile.

    Later versions may add keys to the header and members to the archive; a
    change that old readers would misunderstand raises `FORMAT_VERSION`.
    """
    header = {
        "format": FORMAT_VERSION,
        "name": profile.name,
        "created": _to_text(profile.created),
        "rebuilt": None if profile.rebuilt is None else _to_text(profile.rebuilt),
        "extractor_sha256": profile.extractor_sha256,
        "extractor_version": profile.extractor_version,
        "photo_count": profile.photo_count,
        "photos": [
            {"quality": asdict(photo.quality), "copy": photo.copy is not None}
            for photo in profile.photos
        ],
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(_entry(_HEADER), json.dumps(header))
        _write_array(archive, "identity", profile.identity.astype(np.float16))
        _write_array(archive, "embedding", profile.embedding.astype(np.float32))
        for number, photo in enumerate(profile.photos):
            if photo.copy is not None:
                archive.writestr(_entry(_copy_name(number)), photo.copy)
    return content.getvalue()


def profile_from_bytes(content: bytes, path: Path) -> Profile:
    """Read what `profile_to_bytes` of this or an older version wrote; nothing in it is trusted.

    Args:
        content: at most `MAXIMUM_FILE_BYTES`.
        path: where it came from, for messages.

    Raises:
        ProfileDamaged: cut short, changed, or not a profile.
        ProfileTooNew: of a later format version.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if len(archive.infolist()) > _MOST_MEMBERS:
                raise ValueError("it has too many parts")
            header = json.loads(_read_member(archive, _HEADER, _MAXIMUM_HEADER_BYTES))
            version = _typed(header, "format", int)
            if version > FORMAT_VERSION:
                raise ProfileTooNew(path.stem, version)
            profile = Profile(
                name=checked_name(_typed(header, "name", str)),
                created=_from_text(_typed(header, "created", str)),
                identity=_read_array(archive, "identity", np.float16, IDENTITY_SHAPE),
                embedding=_read_array(archive, "embedding", np.float32, EMBEDDING_SHAPE),
                extractor_sha256=_typed(header, "extractor_sha256", str),
                photo_count=_typed(header, "photo_count", int),
                **({} if version < 2 else _added_in_format_2(archive, header)),
            )
    except ProfileNameRefused:
        raise ProfileDamaged(path, "it holds a refused name") from None
    except KeyError as error:
        raise ProfileDamaged(path, f"{error.args[0]} is missing") from None
    except (ValueError, TypeError, EOFError, OverflowError, RecursionError, OSError) as error:
        raise ProfileDamaged(path, str(error) or type(error).__name__) from None
    except ProfileTooNew:
        raise
    except Exception as error:  # whatever a library makes of a file from a stranger
        raise ProfileDamaged(path, str(error) or type(error).__name__) from None
    if not np.isclose(float(np.linalg.norm(profile.embedding)), 1.0, atol=1e-3):
        raise ProfileDamaged(path, "its embedding is not of length 1")
    if not 1 <= profile.photo_count <= _MOST_PHOTOS:
        raise ProfileDamaged(path, "its number of photos cannot be")
    if np.abs(profile.identity).max() > _LARGEST_FEATURE:
        raise ProfileDamaged(path, "its features are beyond what a face can have")
    return profile


def _added_in_format_2(archive: zipfile.ZipFile, header: dict[str, Any]) -> dict[str, Any]:
    rebuilt = header["rebuilt"]
    photos = [
        EnrolledPhoto(
            _quality(_typed(entry, "quality", dict)),
            _read_member(archive, _copy_name(number), _MAXIMUM_COPY_BYTES)
            if _typed(entry, "copy", bool)
            else None,
        )
        for number, entry in enumerate(_typed(header, "photos", list))
    ]
    return {
        "extractor_version": _typed(header, "extractor_version", str),
        "rebuilt": None if rebuilt is None else _from_text(_typed(header, "rebuilt", str)),
        "photos": tuple(photos),
    }


def _quality(entry: dict[str, Any]) -> PhotoQuality:
    values = {name: entry[name] for name in PhotoQuality.__dataclass_fields__}
    if not all(isinstance(value, int | float) and np.isfinite(value) for value in values.values()):
        raise ValueError("the quality of a photo is no number")
    if values["side"] < 0 or values["sharpness"] < 0:
        raise ValueError("the quality of a photo is below 0")
    return PhotoQuality(**values)


def _copy_name(number: int) -> str:
    return f"photo-{number:02}.png"


def _to_text(time: datetime) -> str:
    return time.astimezone(UTC).isoformat()


def _from_text(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _typed(header: Any, key: str, kind: type) -> Any:
    if not isinstance(header, dict):
        raise ValueError("its header is no table")
    value = header[key]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"{key} is no {kind.__name__}")
    return value


def _entry(name: str) -> zipfile.ZipInfo:
    # Not the time of now: archives cannot hold that of a clock before 1980 or after 2107.
    return zipfile.ZipInfo(name, _NO_TIME)


def _write_array(archive: zipfile.ZipFile, name: str, array: np.ndarray[Any, Any]) -> None:
    with archive.open(_entry(f"{name}.npy"), "w") as member:
        np.lib.format.write_array(member, np.ascontiguousarray(array), allow_pickle=False)


def _read_member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    member = archive.getinfo(name)
    if member.compress_type != zipfile.ZIP_STORED:
        raise ValueError(f"{name} is compressed, which profiles never are")
    if member.file_size > most:
        raise ValueError(f"{name} is too large")
    return archive.read(name)


def _array_header(dtype: type[np.floating[Any]], shape: tuple[int, ...]) -> bytes:
    written = io.BytesIO()
    described = {"descr": np.dtype(dtype).str, "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(written, described)
    return written.getvalue()


def _read_array(
    archive: zipfile.ZipFile,
    name: str,
    dtype: type[np.floating[Any]],
    shape: tuple[int, ...],
) -> FloatArray:
    size = int(np.prod(shape)) * np.dtype(dtype).itemsize
    # The header is compared before anything is allocated: it may state any size.
    content = _read_member(archive, f"{name}.npy", size + 4096)
    # Compared, not parsed: NumPy evaluates such a header as Python.
    expected = _array_header(dtype, shape)
    if not content.startswith(expected):
        raise ValueError(f"{name} is not {shape} {np.dtype(dtype)}")
    data = content[len(expected) :]
    if len(data) != size:
        raise ValueError(f"{name} has {len(data)} bytes, not {size}")
    array = np.frombuffer(data, dtype).reshape(shape).astype(np.float32)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds values that are no numbers")
    return array
