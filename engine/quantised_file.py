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

from engine.errors import ModelContractBroken
from engine.openvino_runtime import openvino

ENDING = ".int8.zip"
"""Takes the place of ".onnx" in the file's name."""

SECTION, MADE_FROM = "nasfe", "made_from"
"""Where the network's runtime information says the sha256 of its ONNX file."""

_TOPOLOGY, _WEIGHTS = "network.xml", "network.bin"
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
            topology, weights = archive.read(_TOPOLOGY), archive.read(_WEIGHTS)
        model = core.read_model(topology, weights)
    except (zipfile.BadZipFile, KeyError, RuntimeError) as error:
        raise ModelContractBroken(path, str(error).strip().splitlines()[-1]) from None
    if not model.has_rt_info([SECTION, MADE_FROM]) or (
        model.get_rt_info([SECTION, MADE_FROM]).astype(str) != made_from
    ):
        raise ModelContractBroken(path, "it was made from another network")
    return model
