"""A terminal of the new user, in the clean root."""

from __future__ import annotations

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

_END = "\x1fended"


@dataclass(frozen=True, slots=True)
class Done:
    """A command that has ended.

    Attributes:
        said: what it wrote to both streams.
        code: its exit code.
        seconds: how long it took.
    """

    said: str
    code: int
    seconds: float


class Terminal:
    """One shell for all commands, so that what one of them sets is there for the next.

    Args:
        root: folder of the clean root.
        environment: of the user.
    """

    def __init__(self, root: Path, environment: dict[str, str]) -> None:
        self._shell = subprocess.Popen(
            ["/usr/sbin/chroot", "--userspec=1000:1000", "--groups=1000", root, "bash"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, command: str) -> Done:
        """Type the command, answer yes to what it asks, and wait for its end."""
        assert self._shell.stdin is not None
        assert self._shell.stdout is not None
        begun = time.monotonic()
        # A group, not a pipe: a pipe would run it in a shell of its own. The shell reads its own
        # commands from stdin, so a command that stood alone there would swallow them.
        self._shell.stdin.write(f"{{ {command}\n}} < <(yes 2>&-)\nprintf '{_END}%s\\n' $?\n")
        self._shell.stdin.flush()
        said: list[str] = []
        for line in self._shell.stdout:
            before, ended, code = line.partition(_END)
            said.append(before)
            if ended:
                return Done("".join(said), int(code), time.monotonic() - begun)
        raise AssertionError(f"{command}: the shell has ended: {''.join(said)}")

    def begin(self, command: str, name: str) -> None:
        """Type the command, and go on while it runs; what it says is in the file `NAME.log`.

        Args:
            command: a single one.
            name: of a variable of the shell, which gets the number of the process.
        """
        assert self._shell.stdin is not None
        self._shell.stdin.write(f"{command} </dev/null >{name}.log 2>&1 & {name}=$!\n")
        self._shell.stdin.flush()
