"""Runs on a safe engine at once, and on a better one as soon as that is ready."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from engine.base import Buffer, Engine, EngineDescription
from engine.errors import EngineBuildStopped, EngineDisagrees, EngineFellBack
from engine.reasons import BetterEngineBeingPrepared
from nasfe_cam.core.errors import statement_of
from nasfe_cam.core.reporting import Report, guarded

LARGEST_DIFFERENCE = 0.02
"""Mean difference between two engines' outputs, relative to the largest value or to 1."""

_CLOSE_SECONDS = 5.0


class FailoverEngine:
    """An `Engine` that begins as one engine and continues as another, without missing a run.

    The better engine is made in a thread of its own. It takes over at the
    beginning of a `run`, with the inputs as they stand, after it has shown on
    them that it computes what the sure one computes. If it ever fails, the sure
    engine computes the same run, and every one after it.

    Args:
        sure: used from the start; closed with this engine.
        make_better: makes the other one, or raises; is given an event that is
            set when nobody waits for it any more.
        report: told, from any thread, why the better engine is not used.
        in_background: False makes the better engine before this returns.
    """

    def __init__(
        self,
        sure: Engine,
        make_better: Callable[[threading.Event], Engine],
        report: Report,
        *,
        in_background: bool = True,
    ) -> None:
        self._sure = sure
        self._serving = sure
        self._make_better = make_better
        self._report = guarded(report)
        self._note = BetterEngineBeingPrepared().statement
        self._offered: Engine | None = None
        self._closing = threading.Event()
        self._maker = threading.Thread(target=self._make, name="make-engine", daemon=True)
        self._maker.start()
        if not in_background:
            self._maker.join()

    @property
    def inputs(self) -> Mapping[str, Buffer]:
        return self._serving.inputs

    @property
    def outputs(self) -> Mapping[str, Buffer]:
        return self._serving.outputs

    def run(self) -> None:
        if self._offered is not None:
            self._try(self._offered)
        elif self._serving is self._sure:
            self._sure.run()
        else:
            try:
                self._serving.run()
            except Exception as error:  # a driver may raise anything; the picture is restored
                self._fall_back(error)

    def describe(self) -> EngineDescription:
        description = self._serving.describe()
        if self._serving is not self._sure:
            return description
        return replace(description, reasons=(*description.reasons, self._note))

    def close(self) -> None:
        self._closing.set()
        # A compiler notices between two of its steps; a driver that hangs must not hold us up.
        self._maker.join(_CLOSE_SECONDS)
        if self._serving is not self._sure:
            self._serving.close()
        offered, self._offered = self._offered, None
        if offered is not None:
            offered.close()
        self._serving = self._sure
        self._sure.close()

    def _make(self) -> None:
        try:
            better = self._make_better(self._closing)
        except EngineBuildStopped:
            return
        except Exception as error:  # whatever it is, the sure engine is used
            self._note = statement_of(error)
            self._report(error)
            return
        if self._closing.is_set():
            better.close()
        else:
            self._offered = better

    def _try(self, better: Engine) -> None:
        """One run by both: the better engine takes over if they agree."""
        _copy_inputs(self._sure, better)
        self._sure.run()
        try:
            better.run()
            tensor = _disagreement(self._sure, better)
        except Exception as error:
            self._offered = None
            self._dismiss(better, self._fell_back(better, error))
            return
        self._offered = None
        if tensor is None:
            self._serving = better
            return
        names = better.describe().device, tensor, self._sure.describe().device
        self._dismiss(better, EngineDisagrees(*names))

    def _fall_back(self, error: Exception) -> None:
        failed, self._serving = self._serving, self._sure
        _copy_inputs(failed, self._sure)
        self._dismiss(failed, self._fell_back(failed, error))
        self._sure.run()

    def _fell_back(self, failed: Engine, error: Exception) -> EngineFellBack:
        reason = getattr(error, "reason", "") or str(error) or type(error).__name__
        return EngineFellBack(failed.describe().device, reason, self._sure.describe().device)

    def _dismiss(self, engine: Engine, error: Exception) -> None:
        self._note = statement_of(error)
        self._report(error)
        # Freeing a device that is gone may take its time, and the picture has none.
        threading.Thread(target=engine.close, name="close-engine", daemon=True).start()


def _copy_inputs(source: Engine, target: Engine) -> None:
    for name, buffer in source.inputs.items():
        np.copyto(target.inputs[name], buffer)


def _disagreement(sure: Engine, other: Engine) -> str | None:
    """The output in which the two differ; None if they agree. What is not a number differs."""
    for name, expected in sure.outputs.items():
        scale = max(1.0, float(np.abs(expected).max()))
        difference = float(np.abs(other.outputs[name] - expected).mean())
        if not difference <= LARGEST_DIFFERENCE * scale:
            return name
    return None
