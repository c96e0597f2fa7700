"""A real engine with faults that tests switch on."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from engine.base import Buffer, Engine, EngineDescription
from engine.errors import EngineRunFailed


class FaultyEngine:
    """Another engine; while `broken` is set, a run spoils the outputs and raises.

    Attributes:
        broken: switches the fault on.
        closed: set when the engine was closed.
        runs: how often it ran.
    """

    def __init__(self, engine: Engine, error: Exception | None = None) -> None:
        self._engine = engine
        self._error = error or EngineRunFailed("the better device", "it is gone")
        self.broken = threading.Event()
        self.closed = threading.Event()
        self.runs = 0

    @property
    def inputs(self) -> Mapping[str, Buffer]:
        return self._engine.inputs

    @property
    def outputs(self) -> Mapping[str, Buffer]:
        return self._engine.outputs

    def run(self) -> None:
        self.runs += 1
        if self.broken.is_set():
            for buffer in self._engine.outputs.values():
                buffer[...] = float("nan")
            raise self._error
        self._engine.run()

    def describe(self) -> EngineDescription:
        return EngineDescription("runtime", "the better device", "f32", ())

    def close(self) -> None:
        self.closed.set()
        self._engine.close()
