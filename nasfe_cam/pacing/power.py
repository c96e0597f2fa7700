"""Tells whether the computer runs on battery."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

POWER_SUPPLIES = Path("/sys/class/power_supply")


def on_battery(supplies: Path = POWER_SUPPLIES, platform: str = sys.platform) -> bool:
    """True while a battery feeds the machine; False where there is none, or nobody can tell.

    Args:
        supplies: the kernel's folder of power supplies; on Linux.
        platform: `sys.platform`.
    """
    # Not on every platform, and drivers answer with nonsense that nobody expects.
    with suppress(Exception):
        if platform == "linux":
            return _on_battery(supplies)
        battery = psutil.sensors_battery()
        return battery is not None and battery.power_plugged is False
    return False


def _on_battery(supplies: Path) -> bool:
    """What the kernel says of its supplies (Documentation/ABI/testing/sysfs-class-power).

    psutil takes the first battery that it finds, which may be a mouse's, and knows mains by
    two of their many names.
    """
    discharging = False
    for supply in _of_the_machine(supplies):
        kind = _said(supply, "type")
        if kind in ("Mains", "USB", "Wireless") and _said(supply, "online") not in ("", "0"):
            return False
        if kind == "Battery" and _said(supply, "present") != "0":
            discharging |= _said(supply, "status") == "Discharging"
    return discharging


def _of_the_machine(supplies: Path) -> Iterator[Path]:
    """The supplies without those of devices, such as mice, pens and game pads."""
    try:
        found = sorted(supplies.iterdir())
    except OSError:
        return
    for supply in found:
        if _said(supply, "scope") != "Device":
            yield supply


def _said(supply: Path, name: str) -> str:
    try:
        return (supply / name).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        # Batteries leave out what they do not know, and may be pulled out meanwhile.
        return ""
