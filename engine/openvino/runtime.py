"""OpenVINO without its usage reports: import it from here, never directly.

`import openvino` imports its model converter, which at once sends a usage event
to Google Analytics through the package `openvino_telemetry`; a test with the
system-call trace found it. A program that films people makes no network
connection, so the package is hidden from the import: OpenVINO then takes the
stub that it brings for machines without it. If somebody has imported OpenVINO
in this process before, it is too late, which is why `engine` does it first.
"""

from __future__ import annotations

import sys

# None makes every later import of this name fail (Python's import system, "The module cache").
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]

import openvino  # noqa: E402

__all__ = ["openvino"]
