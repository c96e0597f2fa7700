"""Whether the machine runs on its battery."""

from __future__ import annotations

from contextlib import suppress

import psutil


def on_battery() -> bool:
    """True while a battery feeds the machine; False where there is none, or nobody can tell."""
    # Not on every platform, and drivers answer with nonsense that psutil does not expect.
    with suppress(Exception):
        battery = psutil.sensors_battery()
        return battery is not None and battery.power_plugged is False
    return False
