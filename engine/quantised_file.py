"""The file of an INT8 network: OpenVINO's representation of it in one archive.

ONNX would do as well, but only this form keeps weights of 8 bits and the ranges
of the activations the way that OpenVINO's kernels take them. The network says
which ONNX file it was made from, so that one left over from older weights is
never run in its place.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import ModelContractBroken

if TYPE_CHECKING:  # whoever looks for model files loads no runtime
    from engine.openvino.runtime import openvino

ENDING = ".int8.zip"
"""Takes the place of ".onnx" in the file's name."""

SECTION, MADE_FROM = "nasfe", "made_from"
"""Where the network's runtime information says the sha256 of its ONNX file."""

_TOPOLOGY, _WEIGHTS = "network.xml", "network.bin"
_MOST_BYTES = {_TOPOLOGY: 16 << 20, _WEIGHTS: 256 << 20}
# The same network gives the same bytes, whenever it is packed.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def pack_network(topology: bytes, weights: bytes) -> bytes:
    """One archive of what `openvino.save_model` writes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, part in ((_TOPOLOGY, topology), (_WEIGHTS, weights)):
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, part)
    return content.getvalue()


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """A few kilobytes can state gigabytes; raises ValueError."""
    entry = archive.getinfo(name)
    if entry.file_size > _MOST_BYTES[name]:
        raise ValueError(f"{name} is larger than {_MOST_BYTES[name] >> 20} MB")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError(f"{name} is compressed in another way")
    return archive.read(entry)


def parse_network(
    core: openvino.Core, path: Path, content: bytes, made_from: str
) -> openvino.Model:
    """The network of an archive.

    Args:
        core: that reads it.
        path: for messages.
        content: from `pack_network`.
        made_from: sha256 of the ONNX file that it must have been made from.

    Raises:
        ModelContractBroken: it is no such archive, or was made from another network.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            topology, weights = (_part(archive, name) for name in (_TOPOLOGY, _WEIGHTS))
        model = core.read_model(topology, weights)
    except Exception as error:  # whatever a library makes of a file from a stranger
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelContractBroken(path, lines[-1]) from None
    if not model.has_rt_info([SECTION, MADE_FROM]) or (
        model.get_rt_info([SECTION, MADE_FROM]).astype(str) != made_from
    ):
        raise ModelContractBroken(path, "it was made from another network")
    return model
