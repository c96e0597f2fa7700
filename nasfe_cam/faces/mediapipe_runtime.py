"""MediaPipe without its unneeded imports: import it from here, never directly.

`import mediapipe` imports matplotlib for a function that draws landmarks, and
sounddevice for one that records sound, which together take more than half of
the time in which this program starts; on the first start ever, matplotlib makes
a list of all fonts as well. Neither is used here, so both are hidden from the
import, and from it alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def _stand_ins(*names: str) -> Iterator[None]:
    """Put empty modules in the place of those that are not imported yet."""
    hidden = [name for name in names if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = ModuleType(name)
    yield
    for name in hidden:
        del sys.modules[name]


with _stand_ins("matplotlib", "matplotlib.pyplot", "sounddevice"):
    import mediapipe
    from mediapipe.tasks.python import BaseOptions, vision

__all__ = ["BaseOptions", "mediapipe", "vision"]
