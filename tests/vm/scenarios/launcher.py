"""Starts runs of the program, forked from one that has imported everything already.

Importing it takes the emulated processor a quarter of a minute, too long for every
start of every test. Each line of stdin is a start; its process number is answered.

    python -m tests.vm.scenarios.launcher
"""

from __future__ import annotations

import json
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from nasfe_cam.cli.main import COMMANDS
from nasfe_cam.cli.main import main as nasfe_cam


def main() -> None:
    """Answer until stdin ends."""
    for command in COMMANDS:
        import_module(command.place.partition(":")[0])
    # What ends need not be waited for.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        start = json.loads(line)
        process = os.fork()
        if process == 0:
            _become_the_program(start)
        print(process, flush=True)


def _become_the_program(start: dict[str, Any]) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    log = os.open(start["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, descriptor in ((0, nothing), (1, log), (2, log)):
        os.dup2(descriptor, target)
    if start["user"]:
        os.setgroups([])
        os.setgid(start["user"])
        os.setuid(start["user"])
    os.environ |= start["environment"]
    sys.argv = ["nasfe-cam", *start["arguments"]]
    code: object = 0
    try:
        nasfe_cam()
    except SystemExit as end:
        code = end.code
    Path(start["exit_code"]).write_text(str(code or 0))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
