"""The interface of every runtime; each runtime implements it in a file of its own.

An engine is made, used and closed:

    engine = OpenVINOEngine(...)            # loads, compiles and warms up, or raises
    engine.inputs["face"][...] = face       # tensors are bound by name
    engine.run()                            # or raises EngineRunFailed
    restored = engine.outputs["restored"]   # valid until the next run
    engine.close()

`engine.selection.open_engine` chooses one for the computer, and says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.reasons import in_words
from nasfe_cam.core.statement import Statement

Buffer = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EngineDescription:
    """The engine in use, in words for people.

    Attributes:
        runtime: such as "OpenVINO 2026.4".
        device: such as "CPU (AMD EPYC)".
        precision: "bf16", "f32", ...
        reasons: why this one and not a better one.
    """

    runtime: str
    device: str
    precision: str
    reasons: tuple[Statement, ...]

    @property
    def reason(self) -> str:
        """All reasons in English."""
        return in_words(self.reasons)

    def __str__(self) -> str:
        return f"{self.device}, {self.precision}, {self.runtime}"


class Engine(Protocol):
    """A network that is loaded, warm and ready to run.

    An engine has one buffer per tensor, bound by the tensor's name. Write into
    `inputs`, call `run`, read from `outputs`; nothing is allocated or copied on
    the way. An input that is not written keeps its value, so constant inputs
    are written once. An engine belongs to one thread at a time.

    Ask for `inputs` and `outputs` anew around every `run`: the buffers of a
    runtime's own engine stay, those of a `FailoverEngine` change in `run`.
    """

    @property
    def inputs(self) -> Mapping[str, Buffer]:
        """Writable float32 buffers by tensor name, zero at first."""

    @property
    def outputs(self) -> Mapping[str, Buffer]:
        """Float32 buffers by tensor name; valid after `run` and until the next one."""

    def run(self) -> None:
        """Compute the outputs.

        Raises:
            EngineRunFailed: the device refused; the outputs are then undefined.
        """

    def describe(self) -> EngineDescription:
        """The engine in use, and why."""

    def close(self) -> None:
        """Free the device; the buffers must not be touched afterwards."""
