"""The precision that a caller can choose."""

from __future__ import annotations

from enum import StrEnum


class Precision(StrEnum):
    """Arithmetic of the network; what cannot be had is replaced by the next better one.

    AUTO takes what is fastest where it is known to keep the picture.
    """

    AUTO = "auto"
    INT8 = "int8"
    BF16 = "bf16"
    F32 = "f32"
