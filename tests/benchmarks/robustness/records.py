"""Records of an output program, made by hand."""

from __future__ import annotations

import json


def line(time: float, captured: float | None) -> str:
    """What it writes for a frame that was captured then, or for a card; monotonic seconds."""
    kind = "card" if captured is None else "frame"
    age = 0.0 if captured is None else time - captured
    return json.dumps({"kind": kind, "index": 0, "mean": [0, 0, 0], "time": time, "age": age})
