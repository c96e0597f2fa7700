"""Finds and loads TensorRT from the package that is installed.

Two libraries have one Python API: `tensorrt`, which NVIDIA serves from its own
index, and TensorRT for RTX, which PyPI has in two halves: the Python bindings
in one wheel, the libraries in the wheel of ONNX Runtime's plugin. The bindings
expect the libraries to be loaded already.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import ComputeCapabilityUnknown, TensorRTMissing

OLDEST = (10, 12)
_LIBRARY_WHEEL = "onnxruntime_ep_nv_tensorrt_rtx"
_LIBRARIES = ("libtensorrt_rtx.so.*", "libtensorrt_onnxparser_rtx.so.*")


@dataclass(frozen=True, slots=True)
class TensorRT:
    """A loaded TensorRT.

    Attributes:
        module: its Python bindings.
        name: "TensorRT" or "TensorRT for RTX".
        version: such as "1.7.1.116".
    """

    module: Any
    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    def ahead_of_time_targets(self) -> list[str]:
        """Compute capabilities that it compiles for without the card, such as "8.9"."""
        known = getattr(self.module, "ComputeCapability", None)
        if known is None:
            return []
        numbers = [name[2:] for name in known.__members__ if name.startswith("SM")]
        return [f"{number[:-1]}.{number[-1]}" for number in numbers]

    def target(self, compute_capability: str, *, ahead_of_time: bool) -> Any:
        """Its own word for the card to compile for, such as `ComputeCapability.SM89`.

        Args:
            compute_capability: such as "8.9".
            ahead_of_time: False if the card is here: it may then be one that the
                runtime has no word for, which is left to the runtime.

        Returns:
            None where the runtime compiles for nothing but the card that is here.

        Raises:
            ComputeCapabilityUnknown: it does not compile for that one ahead of time.
        """
        known = self.ahead_of_time_targets()
        if compute_capability in known:
            name = f"SM{compute_capability.replace('.', '')}"
            return getattr(self.module.ComputeCapability, name)
        if ahead_of_time:
            raise ComputeCapabilityUnknown(compute_capability, known, str(self))
        return self.module.ComputeCapability.CURRENT if known else None


def load_tensorrt(cards: Sequence[str] = ()) -> TensorRT:
    """Load TensorRT; the full library where it is installed, else TensorRT for RTX.

    Args:
        cards: names of the cards that the operating system shows, for the error.

    Raises:
        TensorRTMissing: neither is installed, or what is installed does not load.
    """
    reasons = []
    for load in (_load_full, _load_for_rtx):
        try:
            return load()
        except (ImportError, OSError, RuntimeError) as error:
            reasons += str(error).splitlines()[:1]
    raise TensorRTMissing(cards, "; ".join(reasons))


def _load_full() -> TensorRT:
    module = importlib.import_module("tensorrt")
    version = str(module.__version__)
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
        raise ImportError(f"tensorrt {version} is older than {'.'.join(map(str, OLDEST))}")
    return TensorRT(module, "TensorRT", version)


def _load_for_rtx() -> TensorRT:
    if importlib.util.find_spec("tensorrt_rtx") is not None:  # NVIDIA's own package of it
        module = importlib.import_module("tensorrt_rtx")
    else:
        _load_libraries()
        module = importlib.import_module("tensorrt_rtx_bindings")
    return TensorRT(module, "TensorRT for RTX", str(module.__version__))


def _load_libraries() -> None:
    spec = importlib.util.find_spec(_LIBRARY_WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise ImportError(f"No module named '{_LIBRARY_WHEEL}'")
    folder = Path(spec.submodule_search_locations[0])
    for pattern in _LIBRARIES:
        found = sorted(folder.glob(pattern))
        if not found:
            raise ImportError(f"{folder} holds no {pattern}")
        # Global, because the bindings look the libraries' symbols up by name.
        ctypes.CDLL(str(found[-1]), mode=ctypes.RTLD_GLOBAL)
