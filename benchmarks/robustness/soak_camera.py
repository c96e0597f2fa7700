"""The soak's camera: `nasfe-cam run` on a computer without a virtual camera.

    python -m benchmarks.robustness.soak_camera run ...

It is the camera of the command line but for three things. Its output program records what it
sends, as the tests have it, in the file that NASFE_SOAK_RECORD names; when the frames were
captured whose face was restored is written line by line to the file that NASFE_SOAK_RESTORED
names; and its engine fails while the file that NASFE_SOAK_FAULT names is there.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any

from engine.errors import EngineRunFailed
from nasfe_cam.cli.main import main
from nasfe_cam.core.meter import Meter
from nasfe_cam.restoration.restorer import Restorer
from nasfe_cam.sinks import factory
from nasfe_cam.sinks.virtual_camera import VirtualCamera

RECORD = "NASFE_SOAK_RECORD"
RESTORED = "NASFE_SOAK_RESTORED"
FAULT = "NASFE_SOAK_FAULT"


def _record_what_is_restored(record: Path) -> None:
    file = record.open("a", encoding="utf-8")
    count = Meter.shown

    def count_and_record(
        self: Meter, captured_at: float, *, restored: bool = False, carried: bool = False
    ) -> None:
        count(self, captured_at, restored=restored, carried=carried)
        if restored or carried:
            file.write(f"{captured_at!r}\n")
            file.flush()

    Meter.shown = count_and_record  # type: ignore[method-assign]


def _let_the_engine_fail_while(fault: Path) -> None:
    restore = Restorer.restore

    def restore_or_fail(self: Restorer, *arguments: Any, **options: Any) -> Any:
        if fault.exists():
            raise EngineRunFailed("CPU", "taken away by the soak")
        return restore(self, *arguments, **options)

    Restorer.restore = restore_or_fail  # type: ignore[method-assign]


if __name__ == "__main__":
    record = partial(VirtualCamera, record=Path(os.environ[RECORD]))
    vars(factory)["VirtualCamera"] = record
    _record_what_is_restored(Path(os.environ[RESTORED]))
    _let_the_engine_fail_while(Path(os.environ[FAULT]))
    main()
