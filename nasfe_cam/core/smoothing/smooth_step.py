"""A smooth step between two numbers, for decisions that must not jump."""

from __future__ import annotations


def smooth_step(value: float, low: float, high: float) -> float:
    """0 up to `low`, 1 from `high` on, and between a curve that sets out and arrives level."""
    part = min(1.0, max(0.0, (value - low) / (high - low)))
    return part * part * (3 - 2 * part)
