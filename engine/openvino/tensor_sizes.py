"""Refuses networks that state tensors which no network for a face has."""

from __future__ import annotations

from math import prod
from pathlib import Path

from engine.errors import ModelContractBroken
from engine.openvino.runtime import openvino

_MOST_VALUES = 1 << 26
"""Of one tensor: 256 MB in float. The largest of ours has 4 million values."""


def require_small_tensors(model: openvino.Model, path: Path) -> None:
    """Look before anything is allocated: a file of a few kilobytes can state any size.

    Raises:
        ModelContractBroken: there is one, and the file is named.
    """
    for operation in model.get_ops():
        for output in operation.outputs():
            shape = output.get_partial_shape()
            if shape.is_static and prod(int(side) for side in shape.to_shape()) > _MOST_VALUES:
                raise ModelContractBroken(path, f"a tensor of {shape} is too large")
