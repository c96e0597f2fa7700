"""What a program of ours writes to its standard streams."""

from __future__ import annotations

import io
import os
import sys


def settle_streams() -> None:
    """Let no letter fail, in a program's first moment.

    A pipe or a file gets the encoding that the parent asks for in PYTHONIOENCODING,
    which frozen programs do not heed by themselves, or else that of the system; what it
    lacks is written as `\\u4e2d`. A console on Windows takes every letter by itself.
    """
    asked = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    for stream in (sys.stdout, sys.stderr):
        # Programs without a console have none.
        if isinstance(stream, io.TextIOWrapper):
            encoding = asked if asked and not stream.isatty() else None
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
