"""Gives the program damaged and strange input, in a process that may crash or hang.

    python -m benchmarks.robustness.fuzzing --what photos --files 10000

and likewise clips, settings, profiles, messages (to a running camera) and outputs (names of
recordings). What is refused in words is well; a crash, a hang, an error that is none of ours, or
more than a gigabyte of memory is a failure, and its number is printed.
`--first NUMBER --files 1` does one again.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import typer

from benchmarks.robustness.fuzzed_subjects import SUBJECTS
from nasfe_cam.core.errors import NasfeError

HANG_SECONDS = 5.0
START_SECONDS = 120.0
_WAIT_FACTOR, _LOOK_SECONDS = 4, 0.5
MOST_MEMORY_MB = 1024.0


@dataclass
class Findings:
    """What became of the files.

    Attributes:
        outcomes: how many were taken, and how many refused by which error.
        crashed: numbers of files at which the process ended, with its exit code.
        hung: numbers of files that took too long, twice.
        unexpected: numbers of files with an error that is none of ours.
        memory_mb: the most memory that was needed beyond that at the start.
        most_memory_at: number of the file that needed it.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    crashed: dict[int, int] = field(default_factory=dict)
    hung: list[int] = field(default_factory=list)
    unexpected: dict[int, str] = field(default_factory=dict)
    memory_mb: float = 0.0
    most_memory_at: int = 0

    @property
    def are_fine(self) -> bool:
        """Whether nothing crashed, hung, surprised or grew."""
        failures = len(self.crashed) + len(self.hung) + len(self.unexpected)
        return failures == 0 and self.memory_mb < MOST_MEMORY_MB


def fuzz(
    files: int,
    seed: int = 0,
    first: int = 0,
    hang_seconds: float = HANG_SECONDS,
    look: bool = True,
    trap: str = "",
    what: str = "photos",
) -> Findings:
    """Try files number `first` to `first + files - 1`.

    Args:
        files: how many.
        seed: other seeds give other files.
        first: number of the first.
        hang_seconds: a file that takes longer is hung: see `_lines`.
        look: look for faces in every tenth picture too.
        what: a name in `SUBJECTS`.
        trap: "crash:N" or "hang:N" lets the process do so at file N: a test of this program.
    """
    findings = Findings()
    following, last = first, first + files
    slow = -1
    while following < last:
        try:
            arguments = [f"--seed={seed}", f"--trap={trap}", f"--what={what}"]
            arguments += [] if look else ["--no-look"]
            following = _run_child(findings, arguments, following, last, hang_seconds)
        except _TooSlow as late:
            # A busy machine may have stood still; a file that hangs does so again.
            following = late.number
            if late.number == slow:
                findings.hung.append(slow)
                following += 1
            slow = late.number
    return findings


class _TooSlow(Exception):
    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _run_child(
    findings: Findings, arguments: Sequence[str], first: int, last: int, hang_seconds: float
) -> int:
    """Start a process that goes through the files; the first one that it did not do.

    Raises:
        _TooSlow: it was ended at a file that took too long.
    """
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "benchmarks.robustness.fuzzing", "--child"),
            *(f"--files={last - first}", f"--first={first}"),
            *arguments,
        ],
        stdout=subprocess.PIPE,
        # The decoders complain there about every file.
        stderr=subprocess.DEVNULL,
    )
    current, patience = first, START_SECONDS
    try:
        for line in _lines(process, lambda: patience):  # noqa: B023
            kind, number, rest = line.split(" ", 2)
            patience = START_SECONDS if kind == "end" else hang_seconds
            if kind == "done":
                findings.outcomes[rest] += 1
                current = int(number) + 1
            elif kind == "unexpected":
                findings.unexpected[int(number)] = rest
                current = int(number) + 1
            elif kind == "memory" and float(rest) > findings.memory_mb:
                findings.memory_mb, findings.most_memory_at = float(rest), int(number)
    except TimeoutError:
        process.kill()
        process.wait()
        raise _TooSlow(current) from None
    if process.wait() != 0 or current < last:
        findings.crashed[current] = process.returncode
        return current + 1
    return last


def _lines(process: subprocess.Popen[bytes], patience: Callable[[], float]) -> Iterator[str]:
    """Lines as the process writes them.

    Raises:
        TimeoutError: it is at work for too long on the next one: so many seconds of processor
            time, or of waiting, of which a busy machine causes some too, four times as many.
    """
    assert process.stdout is not None
    rest = b""
    seen = psutil.Process(process.pid)
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        began, worked = time.monotonic(), 0.0
        while time.monotonic() - began < _WAIT_FACTOR * patience():
            if not selector.select(_LOOK_SECONDS):
                if _processor_seconds(seen) - worked > patience():
                    break
                continue
            chunk = os.read(process.stdout.fileno(), 1 << 16)
            if not chunk:
                return
            began, worked = time.monotonic(), _processor_seconds(seen)
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                yield line.decode()
    raise TimeoutError


def _processor_seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return times.user + times.system


def _go_through(what: str, files: int, seed: int, first: int, look: bool, trap: str) -> None:
    """The child: says on stdout what it begins and what became of it."""
    kind, _, trapped = trap.partition(":")
    with (
        tempfile.TemporaryDirectory() as folder,
        SUBJECTS[what](Path(folder), look) as try_one,
    ):
        # Loading the networks took more at times than any file will: the mark begins anew (Linux).
        Path("/proc/self/clear_refs").write_text("5")
        before = _most_memory_mb()
        for number in range(first, first + files):
            print(f"begin {number} -", flush=True)
            if trapped == str(number):
                os.abort() if kind == "crash" else time.sleep(3600)
            try:
                try_one(seed, number)
                print(f"done {number} taken", flush=True)
            except NasfeError as error:
                print(f"done {number} {error.code}", flush=True)
            except Exception:
                words = traceback.format_exc().strip().replace("\n", " / ")
                print(f"unexpected {number} {words}", flush=True)
            print(f"memory {number} {_most_memory_mb() - before}", flush=True)
        # Letting go of a camera that was talked to takes a while.
        print(f"end {first + files} -", flush=True)


def _most_memory_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    (most,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(most) / 1024


def main(
    files: int = typer.Option(10_000, min=1, help="How many files."),
    what: str = typer.Option("photos", help=f"One of {', '.join(SUBJECTS)}."),
    seed: int = typer.Option(0, help="Other seeds give other files."),
    first: int = typer.Option(0, min=0, help="Number of the first file."),
    look: bool = typer.Option(True, help="Look for faces in every tenth picture too."),
    child: bool = typer.Option(False, hidden=True),
    trap: str = typer.Option("", hidden=True),
) -> None:
    """Print what became of the files; exit code 1 if anything failed."""
    if child:
        _go_through(what, files, seed, first, look, trap)
        return
    began = time.monotonic()
    findings = fuzz(files, seed, first, look=look, trap=trap, what=what)
    print(f"{files} {what} in {time.monotonic() - began:.0f} s")
    print(f"| outcome | {what} |")
    print("| --- | --- |")
    for outcome, count in findings.outcomes.most_common():
        print(f"| {outcome} | {count} |")
    print(f"Crashed: {findings.crashed or 'none'}")
    print(f"Hung: {findings.hung or 'none'}")
    print(f"Other errors: {findings.unexpected or 'none'}")
    print(f"Most memory: {findings.memory_mb:.0f} MB, at file {findings.most_memory_at}")
    raise typer.Exit(0 if findings.are_fine else 1)


if __name__ == "__main__":
    typer.run(main)
