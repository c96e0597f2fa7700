"""The exit codes of the output program; the worker turns them into its own errors."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit status of the output program.

    The numbers start at 10 because 1 and 2 are what Python and argparse use
    for a crash and a wrong command line.
    """

    STOPPED = 0
    CAMERA_MISSING = 10
    CAMERA_TAKEN = 11
    RING_UNREADABLE = 12
