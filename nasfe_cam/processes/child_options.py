"""How our programs start each other: without a console window, and understood in UTF-8."""

from __future__ import annotations

import os
import subprocess
import sys

NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Creation flag: on Windows no black console window opens for the program; elsewhere 0."""

OWN_GROUP = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
"""Creation flag: Ctrl+C in the console of the parent does not reach it; elsewhere 0."""

_ENCODING = "utf-8:backslashreplace"
# Tells the Python behind the starter in which virtual environment it is.
_STARTER = "__PYVENV_LAUNCHER__"


def python_program() -> str:
    """What runs Python here; to be given `child_environment`.

    In a virtual environment on Windows `sys.executable` only starts Python, in a second process:
    the number and the processor time of the first one say nothing about our program. As
    `multiprocessing` does, that one is left out.
    """
    return _behind_starter() or sys.executable


def child_environment(**more: str) -> dict[str, str]:
    """The environment for one of our programs, which then writes UTF-8 to pipes and files.

    Windows would have it write the code page of the country, which holds few letters
    and which nobody can tell from the outside.

    Args:
        more: further variables.
    """
    starter = {_STARTER: sys.executable} if _behind_starter() else {}
    return {**os.environ, "PYTHONIOENCODING": _ENCODING, **starter, **more}


def _behind_starter() -> str | None:
    """Path of the Python that `sys.executable` starts; None where it is Python itself."""
    behind: str | None = getattr(sys, "_base_executable", None)
    if os.name != "nt" or not behind:
        return None
    same = os.path.normcase(behind) == os.path.normcase(sys.executable)
    return None if same else behind
