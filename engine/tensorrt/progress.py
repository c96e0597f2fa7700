"""Turns TensorRT's nested phases into one number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class ProgressMonitor(Protocol):
    """An `IProgressMonitor`."""

    error: Exception | None
    """What `progress` raised, which ended the build."""


@dataclass(slots=True)
class _Phase:
    name: str
    steps: int
    done: int = 0


class NestedPhases:
    """How far a tree of phases has come; phases begin and end like brackets."""

    def __init__(self) -> None:
        self._open: list[_Phase] = []
        self._most = 0.0

    def start(self, name: str, steps: int) -> None:
        """A phase begins inside the one that began last."""
        self._open.append(_Phase(name, max(1, steps)))

    def step(self, name: str, index: int) -> None:
        """Step `index`, from 0, of a phase is done."""
        for phase in self._open:
            if phase.name == name:
                phase.done = min(phase.steps, max(phase.done, index + 1))

    def finish(self, name: str) -> None:
        """A phase has ended."""
        self._open = [phase for phase in self._open if phase.name != name]

    def done(self) -> float:
        """0..1, never less than before: what a phase has done, and its open step's own share."""
        share, fraction = 1.0, 0.0
        for phase in self._open:
            share /= phase.steps
            fraction += share * phase.done
        self._most = max(self._most, min(fraction, 1.0))
        return self._most


def make_progress_monitor(trt: Any, progress: Callable[[float], None]) -> ProgressMonitor:
    """A monitor for one build.

    Args:
        trt: TensorRT's bindings, whose `IProgressMonitor` the monitor must inherit.
        progress: told how much is done, 0..1; what it raises ends the build.
    """

    class Monitor(trt.IProgressMonitor):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.error: Exception | None = None
            self._phases = NestedPhases()

        def phase_start(self, name: str, _parent: str | None, steps: int) -> None:
            self._phases.start(name, steps)

        def step_complete(self, name: str, step: int) -> bool:
            self._phases.step(name, step)
            try:
                progress(self._phases.done())
            except Exception as error:  # raised inside the compiler, it would end the process
                self.error = error
            return self.error is None

        def phase_finish(self, name: str) -> None:
            self._phases.finish(name)

    return Monitor()
