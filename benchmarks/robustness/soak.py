"""Whether a camera survives everything that happens to it, for as long as you like.

    python -m benchmarks.robustness.soak [--minutes 30] [--seed 1] [--starts 50] [--write]

Runs the camera under the window's supervisor and, at random, kills, aborts and stops its worker
and its output program, or both at once, deletes the ring and the whole runtime folder, fills the
disk that they are on, and takes the network away from the engine. The output program records what
it sends. Then the camera runs undisturbed, for its memory, and is started and ended many times,
every other time with SIGKILL. Exits with 1 where a check failed:

- no frame was older than two seconds when it was sent,
- after every fault there were new frames again,
- memory did not grow while nothing happened,
- nothing was left behind: processes, sockets, shared memory, files.

Linux, since faults are signals. As root the runtime folder is a small disk of its own; elsewhere
none is filled.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import psutil
import typer
from numpy.typing import NDArray
from rich.console import Console

from benchmarks.page_section import write_section
from benchmarks.robustness.soak_camera import FAULT, RECORD, RESTORED
from nasfe_cam.control.client import launcher
from nasfe_cam.control.client import supervisor as supervision
from nasfe_cam.control.client.camera_state import Phase
from nasfe_cam.control.client.output_revival import revive_output_of
from nasfe_cam.control.client.supervisor import CameraSupervisor
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from nasfe_cam.sinks.kept_ring import SPARE_PREFIX

Array = NDArray[np.float64]

HOME = Path(__file__).parents[2]
PAGE = HOME / "docs" / "measurements.md"
SECTION = "benchmarks/robustness/soak.py"
CAMERA = ("-m", "benchmarks.robustness.soak_camera", "run")
ARGUMENTS = (
    *("--source", str(BUNDLED_CLIP), "--loop", "--output", "camera"),
    *("--width", "640", "--height", "360"),
)
OLDEST_FRAME_SECONDS = 2.0
# Far more than a start needs on a busy machine.
FRAMES_AGAIN_SECONDS = 60.0
MOST_GROWTH_MB = 20.0
# Programs that end because their camera did are gone by then, also on a busy machine.
GONE_SECONDS = 20.0
# Of a record, for whoever looks at the last minute: it becomes long.
NEWEST_BYTES = 1_000_000
DISK_MEGABYTES = 64
# What a camera that ended in order may leave in its runtime folder, once.
KEPT_FILES = {"control.lock", "libraries.log", "camera.log", "camera-error.json", "restart.toml"}


@dataclass(slots=True)
class Place:
    """The folders of one soak, and its camera's environment."""

    folder: Path
    disk: Path
    full_disk: bool

    @property
    def record(self) -> Path:
        return self.folder / "sent.jsonl"

    @property
    def restored(self) -> Path:
        return self.folder / "restored.txt"

    @property
    def engine_fault(self) -> Path:
        return self.folder / "no-engine"

    @property
    def runtime(self) -> Path:
        return self.disk / "nasfe-cam"

    @property
    def filler(self) -> Path:
        return self.disk / "filler"

    def enter(self) -> None:
        """Have this process and those that it starts use the folders."""
        os.environ |= {
            "XDG_RUNTIME_DIR": str(self.disk),
            "TMPDIR": str(self.folder / "tmp"),
            "PYTHONPATH": str(HOME),
            RECORD: str(self.record),
            RESTORED: str(self.restored),
            FAULT: str(self.engine_fault),
        }
        for name in ("DATA", "CONFIG", "CACHE", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = str(self.folder / name.lower())
        # As where it is installed: with the bytecode that is there from the second start on.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        (self.folder / "tmp").mkdir()
        tempfile.tempdir = None

    def programs(self, module: str) -> list[psutil.Process]:
        """Those of the camera's programs that run this module."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if module in process.cmdline() and self._is_ours(process):
                    found.append(process)
        return found

    def _is_ours(self, process: psutil.Process) -> bool:
        ours = process.environ().get(RECORD) == str(self.record)
        return bool(ours and process.status() != psutil.STATUS_ZOMBIE)


@contextmanager
def small_disk() -> Iterator[Place]:
    """Folders for the camera, whose runtime folder is a disk of its own if possible."""
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    disk = folder / "run"
    disk.mkdir(mode=0o700)
    size = f"size={DISK_MEGABYTES}m,mode=700"
    command = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(disk)]
    mounted = shutil.which("mount") is not None and (
        subprocess.run(command, capture_output=True, check=False).returncode == 0
    )
    place = Place(folder, disk, mounted)
    try:
        yield place
    finally:
        # It outlives this process, which may have been interrupted.
        each(signal.SIGKILL, WORKER, OUTPUT)(place)
        if mounted:
            subprocess.run(["umount", "-l", str(disk)], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def signalled(
    number: int, find: Callable[[Place], Sequence[psutil.Process]]
) -> Callable[[Place], None]:
    """A fault: a signal to all programs that are found, at once."""

    def fault(place: Place) -> None:
        for process in find(place):
            with suppress(psutil.Error):
                process.send_signal(number)

    return fault


def each(number: int, *modules: str) -> Callable[[Place], None]:
    """A fault: a signal to every program that runs one of the modules."""
    return signalled(
        number,
        lambda place: [process for module in modules for process in place.programs(module)],
    )


def shown_by(place: Place) -> list[psutil.Process]:
    """The output program that shows the pictures, if there is one; a spare one is younger."""
    programs = sorted(place.programs(OUTPUT), key=lambda process: process.create_time())
    return programs[:1]


def the_shown(number: int) -> Callable[[Place], None]:
    """A fault: a signal to the output program that shows the pictures."""
    return signalled(number, shown_by)


def delete_ring(place: Place) -> None:
    """Remove the rings under the camera's hands."""
    for ring in place.runtime.glob("*.ring"):
        ring.unlink(missing_ok=True)


def fill_disk(place: Place) -> None:
    """Leave no byte free for some seconds, in which the ring is removed too."""
    with suppress(OSError), place.filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1 << 20))
    delete_ring(place)
    time.sleep(3.0)
    place.filler.unlink(missing_ok=True)


def take_engine(place: Place) -> None:
    """Let every run of the network fail for some seconds."""
    place.engine_fault.touch()
    time.sleep(3.0)
    place.engine_fault.unlink()


WORKER, OUTPUT = "benchmarks.robustness.soak_camera", "nasfe_cam.vcam_host"
SIGNALS: dict[str, Callable[[Place], None]] = {
    "worker killed": each(signal.SIGKILL, WORKER),
    "worker aborted": each(signal.SIGABRT, WORKER),
    "worker stopped": each(signal.SIGSTOP, WORKER),
    "output program killed": the_shown(signal.SIGKILL),
    "output program ended": the_shown(signal.SIGTERM),
    "output program stopped": the_shown(signal.SIGSTOP),
    "output programs killed, spare one too": each(signal.SIGKILL, OUTPUT),
    "worker and output programs killed": each(signal.SIGKILL, WORKER, OUTPUT),
}
FAULTS: dict[str, Callable[[Place], None]] = {
    **SIGNALS,
    "ring deleted": delete_ring,
    "disk full, ring deleted": fill_disk,
    "engine failing": take_engine,
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What the output program sent, picture by picture: arrays of the same length."""

    times: Array
    captured: Array
    ages: Array

    @classmethod
    def read(cls, record: Path, newest: int | None = None) -> Sent:
        """Read the whole lines so far, or of the newest so many bytes."""
        lines = []
        for line in newest_lines(record, newest):
            with suppress(ValueError):  # cut off by a kill
                lines.append(json.loads(line))
        times = np.array([line["time"] for line in lines])
        ages = np.array([line["age"] for line in lines])
        frames = np.array([line["kind"] == "frame" for line in lines])
        return cls(times, np.where(frames, times - ages, np.nan), np.where(frames, ages, 0.0))

    def new_frames(self) -> Array:
        """When there was a frame newer than all before it."""
        newest = np.fmax.accumulate(self.captured)
        is_new = np.flatnonzero(np.diff(newest, prepend=-np.inf) > 0)
        return np.asarray(self.times[is_new])

    def restored_frames(self, record: Path) -> Array:
        """When there was a new frame whose face was restored, by the worker's record of those."""
        restored = []
        for line in newest_lines(record, NEWEST_BYTES):
            with suppress(ValueError):  # cut off by a kill
                restored.append(float(line))
        newest = np.fmax.accumulate(self.captured)
        is_new = np.diff(newest, prepend=-np.inf) > 0
        # The record keeps the age of a frame, from which its capture is not exact to the last bit.
        known = np.isin(np.round(self.captured, 4), np.round(restored, 4))
        return np.asarray(self.times[is_new & known])


def newest_lines(record: Path, newest: int | None) -> list[str]:
    """The lines of a file that is being written, or of its newest so many bytes."""
    with record.open("rb") as file:
        if newest is not None:
            file.seek(max(0, file.seek(0, os.SEEK_END) - newest))
        # The first and the last may be cut off, and a kill may have left any byte.
        return file.read().decode("utf-8", errors="replace").splitlines()


def shows_again(supervisor: CameraSupervisor, place: Place, since: float = 0.0) -> bool:
    """Whether all programs run, and new frames were sent in the last second and after `since`.

    What was on its way when something happened is no sign that all is well.
    """
    state = supervisor.state
    if state.phase is not Phase.RUNNING or state.problem is not None:
        return False
    for module in (WORKER, OUTPUT):
        for process in place.programs(module):
            if process.status() == psutil.STATUS_STOPPED:
                return False
    frames = Sent.read(place.record, NEWEST_BYTES).new_frames()
    return bool(np.sum(frames > max(since, time.monotonic() - 1.0)) >= 2)


def wait_until(holds: Callable[[], bool]) -> bool:
    """Wait for something; False if it takes far longer than a start."""
    deadline = time.monotonic() + FRAMES_AGAIN_SECONDS
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.25)
    return False


def end_in_order(supervisor: CameraSupervisor) -> None:
    """Stop the camera, and leave it when it has ended."""
    supervisor.stop()
    wait_until(lambda: supervisor.state.phase is Phase.STOPPED)
    supervisor.close()


@dataclass(slots=True)
class Soak:
    """One run and what it found."""

    place: Place
    console: Console
    happened: list[tuple[str, float, float]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)

    def disturb(self, supervisor: CameraSupervisor, seconds: float, seed: int) -> None:
        """Let faults happen, one after the other, each after a moment of health."""
        random_source = random.Random(seed)
        names = [name for name in FAULTS if "disk" not in name or self.place.full_disk]
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(random_source.uniform(1.0, 8.0))
            name = random_source.choice(names)
            at = time.monotonic()
            FAULTS[name](self.place)
            if not wait_until(partial(shows_again, supervisor, self.place, at + 1.0)):
                self.broken.append(f"no frames within {FRAMES_AGAIN_SECONDS:.0f} s: {name}")
            self.happened.append((name, at, time.monotonic()))
            self.console.print(f"{name}: {time.monotonic() - at:.1f} s")

    def rest(self, seconds: float) -> None:
        """Watch the memory of all programs while nothing happens."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(1.0)
            worker, output = self.place.programs(WORKER), shown_by(self.place)
            with suppress(psutil.Error, IndexError):
                resident = [process.memory_info().rss / 1e6 for process in (worker[0], output[0])]
                self.memory.append((resident[0], resident[1]))
        if len(self.memory) >= 9 and max(self.growth()) > MOST_GROWTH_MB:
            self.broken.append(f"memory grew by {max(self.growth()):.0f} MB")

    def growth(self) -> tuple[float, float]:
        """MB by which the worker and the output program grew, from the middle to the last third."""
        memory = np.array(self.memory)
        third = len(memory) // 3
        grown = memory[-third:].mean(axis=0) - memory[third : 2 * third].mean(axis=0)
        return float(grown[0]), float(grown[1])

    def start_often(self, count: int) -> None:
        """Start and end the camera, every other time with SIGKILL, the last time in order."""
        for number in reversed(range(count)):
            began = time.monotonic()
            camera = subprocess.Popen(
                [sys.executable, *CAMERA, *ARGUMENTS], cwd=HOME, stderr=subprocess.DEVNULL
            )
            deadline = time.monotonic() + FRAMES_AGAIN_SECONDS
            while np.sum(Sent.read(self.place.record, NEWEST_BYTES).new_frames() > began) < 5:
                if time.monotonic() > deadline or camera.poll() is not None:
                    self.broken.append(f"start {count - number} gave no frames")
                    break
                time.sleep(0.2)
            if number % 2:
                camera.kill()
                each(signal.SIGKILL, OUTPUT)(self.place)
            else:
                camera.terminate()
            camera.wait(60)

    def look_for_leftovers(self, before: set[Path]) -> None:
        """Whether anything is left of the camera that has ended."""
        deadline = time.monotonic() + GONE_SECONDS
        while (programs := self._programs()) and time.monotonic() < deadline:
            time.sleep(0.2)
        files = [path for path in self.place.runtime.iterdir() if path.name not in KEPT_FILES]
        files += (self.place.folder / "tmp").iterdir()
        files += shared_memory() - before
        self.broken += [f"left running: {program}" for program in programs]
        self.broken += [f"left behind: {path}" for path in files]

    def _programs(self) -> list[str]:
        found = []
        for module in (WORKER, OUTPUT):
            for process in self.place.programs(module):
                with suppress(psutil.Error):
                    found.append(" ".join(process.cmdline()))
        return found

    def report(self, minutes: float, seed: int, starts: int) -> str:
        """What happened, as Markdown."""
        sent = Sent.read(self.place.record)
        frames = sent.new_frames()
        rows = [
            "| fault | times | longest gap between pictures, s | longest without new frame, s |"
        ]
        rows.append("| --- | --- | --- | --- |")
        for name in FAULTS:
            spans = [(at - 0.5, end) for what, at, end in self.happened if what == name]
            if spans:
                gap = max(longest(sent.times, *span) for span in spans)
                still = max(longest(frames, *span) for span in spans)
                rows.append(f"| {name} | {len(spans)} | {gap:.1f} | {still:.1f} |")
        oldest = float(sent.ages.max())
        if oldest > OLDEST_FRAME_SECONDS:
            self.broken.append(f"a frame was {oldest:.1f} s old when it was sent")
        text = (
            f"{minutes:g} minutes, seed {seed}: {len(self.happened)} faults, {len(sent.times):,} "
            f"pictures sent, the oldest frame {oldest:.2f} s after its capture."
        )
        if len(self.memory) >= 9:
            worker, output = self.growth()
            text += (
                f" In {len(self.memory)} seconds without faults the worker grew by {worker:.1f} MB "
                f"to {self.memory[-1][0]:.0f} MB, the output program by {output:.1f} MB to "
                f"{self.memory[-1][1]:.0f} MB."
            )
        left = sum("left" in words for words in self.broken)
        text += f" After {starts} more starts {left or 'no'} processes or files were left behind."
        return "\n".join([text, "", *rows])


def record_what_is_revived(place: Place) -> None:
    """Have output programs that the supervisor starts record what they send, as all others do."""
    vars(supervision)["revive_output_of"] = partial(revive_output_of, record=place.record)


def longest(times: Sequence[float] | Array, begin: float, end: float) -> float:
    """The longest time between two of these moments, as far as it lies in the span."""
    inside = np.array([begin, *(time for time in times if begin < time < end), end])
    return float(np.diff(inside).max())


def shared_memory() -> set[Path]:
    """Rings of cameras outside their runtime folder."""
    return set(Path("/dev/shm").glob(f"{SPARE_PREFIX}*"))


def main(
    minutes: float = typer.Option(2.0, min=0.1, help="How long faults happen."),
    seed: int = typer.Option(1, help="Which faults, and when."),
    starts: int = typer.Option(6, min=1, help="How often it is started and ended afterwards."),
    write: bool = typer.Option(False, "--write", help="Store the result in docs/measurements.md."),
) -> None:
    """Disturb a camera, and look whether it was any the worse for it."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    launcher.CAMERA_COMMAND = CAMERA
    before = shared_memory()
    with small_disk() as place:
        place.enter()
        place.record.touch()
        soak = Soak(place, console)
        record_what_is_revived(place)
        supervisor = CameraSupervisor(ARGUMENTS)
        supervisor.begin()
        supervisor.start()
        if not wait_until(lambda: shows_again(supervisor, place)):
            raise SystemExit(f"The camera did not start: {supervisor.state}")
        soak.disturb(supervisor, 60 * minutes, seed)
        soak.rest(max(30.0, 10 * minutes))
        end_in_order(supervisor)
        soak.start_often(starts)
        soak.look_for_leftovers(before)
        report = soak.report(minutes, seed, starts)
    console.print(report)
    for words in soak.broken:
        console.print(f"FAILED: {words}")
    if write:
        write_section(SECTION, report, PAGE)
    raise SystemExit(1 if soak.broken else 0)


if __name__ == "__main__":
    typer.run(main)
