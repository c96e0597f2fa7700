"""NVIDIA's CUDA runtime, with the outcome of every call checked, and the card behind it."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from engine.errors import (
    CudaCallFailed,
    NvidiaCardMissing,
    NvidiaDriverUnusable,
    TensorRTMissing,
)

FIRST_CARD = 0
"""CUDA lists the fastest card first, and every thread starts with this one."""


@dataclass(frozen=True, slots=True)
class Card:
    """An NVIDIA card, and what decides whether a compiled network fits it.

    Attributes:
        name: such as "NVIDIA GeForce RTX 4060".
        compute_capability: such as "8.9".
        driver: version of its driver, such as "580.95.05".
    """

    name: str
    compute_capability: str
    driver: str

    def __str__(self) -> str:
        return f"{self.name} (compute capability {self.compute_capability})"


class Cuda:
    """The CUDA runtime.

    Args:
        api: the module `cuda.bindings.runtime`, or one that behaves like it.
    """

    def __init__(self, api: Any) -> None:
        self.api = api

    def call(self, name: str, *arguments: Any) -> Any:
        """Call a function by its name in NVIDIA's documentation.

        Returns:
            What it returns besides the error code: None, a value or a tuple.

        Raises:
            CudaCallFailed: the error code is not cudaSuccess.
        """
        error, *values = getattr(self.api, name)(*arguments)
        if error != self.api.cudaError_t.cudaSuccess:
            # A driver newer than the bindings has codes that they cannot name.
            raise CudaCallFailed(name, getattr(error, "name", str(error)))
        return (values or [None])[0] if len(values) < 2 else tuple(values)

    def release(self, name: str, *arguments: Any) -> None:
        """Call a function that frees something; a card that is gone has freed it already."""
        with suppress(CudaCallFailed):
            self.call(name, *arguments)


def load_cuda(cards: Sequence[str] = ()) -> Cuda:
    """Load the CUDA runtime; nothing is started on a card.

    Args:
        cards: names of the cards that the operating system shows, for the error.

    Raises:
        TensorRTMissing: its package, which the extra `tensorrt` brings, is not installed.
    """
    try:
        return Cuda(importlib.import_module("cuda.bindings.runtime"))
    except ImportError as error:
        raise TensorRTMissing(cards, str(error)) from None


def find_card(cuda: Cuda, cards: Sequence[str] = ()) -> Card:
    """The card that networks run on; starts CUDA.

    Args:
        cuda: from `load_cuda`.
        cards: names of the cards that the operating system shows.

    Raises:
        NvidiaCardMissing: there is none.
        NvidiaDriverUnusable: there is one, but its driver is missing, broken or too old.
    """
    try:
        cuda.call("cudaGetDeviceCount")
        properties = cuda.call("cudaGetDeviceProperties", FIRST_CARD)
        cuda_version = int(cuda.call("cudaDriverGetVersion"))
    except CudaCallFailed as error:
        if not cards:
            raise NvidiaCardMissing from None
        raise NvidiaDriverUnusable(cards, error.failure) from None
    name = properties.name
    return Card(
        name=name.decode() if isinstance(name, bytes) else str(name),
        compute_capability=f"{properties.major}.{properties.minor}",
        driver=_driver_version() or f"CUDA {cuda_version}",
    )


def _driver_version() -> str:
    """Of the driver itself, which changes more often than the CUDA version that it supports."""
    with suppress(Exception):  # Old bindings lack NVML, some machines its library.
        nvml = importlib.import_module("cuda.bindings.nvml")
        nvml.init_v2()
        try:
            return str(nvml.system_get_driver_version())
        finally:
            nvml.shutdown()
    return ""
