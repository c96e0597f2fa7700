"""How soon the camera is back after its programs were killed, stopped or aborted.

    python -m benchmarks.robustness.comeback [--times 5] [--health 11] [--seed 1] [--write]

Runs the camera under the window's supervisor, as the soak does, and does each fault so many
times, in random order, each after some seconds of health. Three times are measured from the
fault on: the longest gap between two pictures that the output program sent, cards included; the
first new frame; and the first frame with a restored face. The face is restored in every frame,
however slow that is, so that the times do not depend on what the machine can keep up with.

Before that, it measures what the start of the output program costs: in processor time, of Python
alone, with numpy, and of the whole program.

Linux, since faults are signals.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

import numpy as np
import typer
from rich.console import Console

from benchmarks.page_section import write_section
from benchmarks.robustness.soak import (
    ARGUMENTS,
    CAMERA,
    HOME,
    NEWEST_BYTES,
    PAGE,
    SIGNALS,
    Place,
    Sent,
    end_in_order,
    longest,
    record_what_is_revived,
    shows_again,
    small_disk,
    wait_until,
)
from nasfe_cam.control.client import launcher
from nasfe_cam.control.client.supervisor import CameraSupervisor

SECTION = "benchmarks/robustness/comeback.py"
STARTS = 15
ON_ITS_WAY_SECONDS = 1.0
# On a slow machine a network takes its time for each frame.
RESTORED_SECONDS = 5.0
GAP_GOAL, RESTORED_GOAL = 1.0, 3.0


@dataclass(frozen=True, slots=True)
class Comeback:
    """Seconds from one fault on; infinite for what did not come."""

    fault: str
    gap: float
    frame: float
    restored: float

    @classmethod
    def measured(cls, fault: str, at: float, until: float, place: Place) -> Comeback:
        """Read it from the record of what was sent between two moments."""
        sent = Sent.read(place.record, NEWEST_BYTES)
        new = sent.new_frames()
        restored = sent.restored_frames(place.restored)
        return cls(
            fault,
            # The longest wait, for what was on its way when it happened still arrives.
            longest(sent.times, at, until),
            longest(new, at, until),
            longest(restored, at, until),
        )


def restores_again(supervisor: CameraSupervisor, place: Place, since: float = 0.0) -> bool:
    """Whether all is well, and restored frames are sent that are newer than this moment."""
    if not shows_again(supervisor, place):
        return False
    restored = Sent.read(place.record, NEWEST_BYTES).restored_frames(place.restored)
    return bool(np.any(restored > max(since, time.monotonic() - RESTORED_SECONDS)))


def disturb(
    supervisor: CameraSupervisor,
    place: Place,
    names: Sequence[str],
    health: float,
    console: Console,
) -> list[Comeback]:
    """Do the faults one after the other."""
    found = []
    for name in names:
        time.sleep(health)
        at = time.monotonic()
        SIGNALS[name](place)
        # What was on its way when it happened is sent within that time.
        since = at + ON_ITS_WAY_SECONDS
        well = wait_until(partial(restores_again, supervisor, place, since))
        comeback = Comeback.measured(name, at, time.monotonic(), place)
        if not well:
            comeback = Comeback(name, comeback.gap, np.inf, np.inf)
        console.print(
            f"{name}: gap {comeback.gap:.2f} s, frame {comeback.frame:.2f} s, "
            f"restored {comeback.restored:.2f} s"
        )
        found.append(comeback)
    return found


def processor_seconds(code: str) -> float:
    """Processor time of one Python that runs this code, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], cwd=HOME, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def start_costs() -> str:
    """What a start of the output program costs, as a sentence."""
    codes = ("pass", "import numpy", "import nasfe_cam.vcam_host.program, pyvirtualcam")
    # In turns, and the least of each: other programs on the same core only add to it.
    taken = [[processor_seconds(code) for code in codes] for _ in range(STARTS)]
    python, numpy, whole = np.min(taken, axis=0)
    return (
        f"A start of the output program takes {whole:.2f} s of processor time: "
        f"{python:.2f} s for Python alone, {numpy - python:.2f} s for numpy, "
        f"{whole - numpy:.2f} s for the rest."
    )


def report(costs: str, found: Sequence[Comeback]) -> str:
    """The table, as Markdown: median and worst of each fault."""
    rows = [
        "| fault | times | gap between pictures, s | until a new frame, s "
        "| until a restored frame, s |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name in SIGNALS:
        of_it = [comeback for comeback in found if comeback.fault == name]
        if of_it:
            cells = [
                f"{median(values):.2f} ({max(values):.2f})"
                for values in (
                    [comeback.gap for comeback in of_it],
                    [comeback.frame for comeback in of_it],
                    [comeback.restored for comeback in of_it],
                )
            ]
            rows.append(f"| {name} | {len(of_it)} | {' | '.join(cells)} |")
    late = sum(c.gap > GAP_GOAL or c.restored > RESTORED_GOAL for c in found)
    text = (
        f"{len(found)} faults, {len(found) - late} of them within the goal of {GAP_GOAL:g} s for "
        f"the gap and {RESTORED_GOAL:g} s for a restored frame. Median, and in brackets the worst. "
    )
    return "\n".join([text + costs, "", *rows])


def main(
    times: int = typer.Option(5, min=1, help="How often each fault happens."),
    health: float = typer.Option(11.0, min=0, help="Seconds of health before each fault."),
    seed: int = typer.Option(1, help="The order of the faults."),
    only: str = typer.Option("", help="Only faults with this word in their name."),
    write: bool = typer.Option(False, "--write", help="Store the result in docs/measurements.md."),
) -> None:
    """Kill and stop a camera's programs, and measure how soon it is back."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    launcher.CAMERA_COMMAND = CAMERA
    names = [name for name in SIGNALS if only in name] * times
    random.Random(seed).shuffle(names)
    with small_disk() as place:
        place.enter()
        place.record.touch()
        place.restored.touch()
        costs = start_costs()
        console.print(costs)
        record_what_is_revived(place)
        supervisor = CameraSupervisor((*ARGUMENTS, "--rate", "every-frame", "--retouch", "100"))
        supervisor.begin()
        supervisor.start()
        try:
            if not wait_until(lambda: restores_again(supervisor, place)):
                raise SystemExit(f"The camera did not start: {supervisor.state}")
            found = disturb(supervisor, place, names, health, console)
        finally:
            end_in_order(supervisor)
    text = report(costs, found)
    console.print(text)
    if write:
        write_section(SECTION, text, PAGE)


if __name__ == "__main__":
    typer.run(main)
