"""What the frozen programs run: the camera's command line, or one of its modules.

The camera starts its parts as `python -P -m MODULE`, with `sys.executable`, which in a
frozen program is this program itself. So it understands these two options as Python
does; everything else goes to the command or to the window, by the name of the file.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

from nasfe_cam.processes.standard_streams import settle_streams


def main() -> None:
    """Entry point."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["-P"]:  # no folder of the user is ever searched for modules here
        del arguments[0]
    if arguments[:1] == ["-m"]:
        module = arguments[1]
        sys.argv[1:] = arguments[2:]
    else:
        module = "ui" if Path(sys.executable).stem == "nasfe-cam-ui" else "nasfe_cam"
    settle_streams()
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
