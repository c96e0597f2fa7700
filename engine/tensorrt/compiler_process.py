"""Compiles in another process, so that a slow, hanging or crashing compiler delays no frame.

In this process it would share Python's lock with the camera. At low priority on
a busy machine it would hold that lock while it waits for a CPU, and the picture
with it.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO

from engine.errors import EngineBuildStopped, EngineNotBuilt
from engine.model_file import Network
from engine.tensorrt.builder import Progress
from nasfe_cam.core.text.reasons import reason_of

_MODULE = "engine.tensorrt.compile_program"
_POLL_SECONDS = 0.1


def compile_in_process(
    network: Network,
    compute_capability: str,
    progress: Progress,
    stopped: threading.Event,
    *,
    ahead_of_time: bool,
    low_priority: bool,
) -> bytes:
    """Derive the graph of a network and compile it.

    Args:
        compute_capability: of the card, such as "8.9".
        progress: told how much is done, 0..1, from this thread.
        stopped: set to give up; the process is ended.
        ahead_of_time: the card need not be here.
        low_priority: everything else on the machine goes first.

    Returns:
        The serialised engine.

    Raises:
        EngineNotBuilt: it cannot be compiled, or the compiler crashed.
        EngineBuildStopped: see `stopped`.
    """
    job = {
        "path": str(network.path.resolve()),
        "sha256": network.sha256,
        "tensors": list(network.tensors),
        "compute_capability": compute_capability,
        "ahead_of_time": ahead_of_time,
        "low_priority": low_priority,
    }
    target = f"compute capability {compute_capability}"
    try:
        process = _start(low_priority=low_priority)
    except OSError as error:
        raise EngineNotBuilt(network.path.stem, target, reason_of(error)) from None
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    reason = ""
    with ThreadPoolExecutor(2) as readers:
        try:
            content = readers.submit(process.stdout.read)
            readers.submit(_read_lines, process.stderr, lines)
            # One that ended without reading says why in what it printed.
            with suppress(BrokenPipeError), process.stdin:
                process.stdin.write(json.dumps(job).encode())
            while (line := _next(lines, stopped)) is not None:
                reason = _understood(line, progress) or reason
            engine_file = content.result()
            exit_code = process.wait()
        finally:
            process.kill()  # Nothing if it has ended; the readers end with it.
            process.wait()
    if exit_code != 0 or not engine_file:
        words = reason or f"the compiler ended with exit code {exit_code}"
        raise EngineNotBuilt(network.path.stem, target, words)
    return engine_file


def _start(*, low_priority: bool) -> subprocess.Popen[bytes]:
    # From here, so that `-m` finds this very package; in a session of its own, so that
    # Ctrl+C reaches only us, who then end it in order.
    flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    flags |= getattr(subprocess, "CREATE_NO_WINDOW", 0)  # no black console window
    if low_priority:  # elsewhere than on Windows the program lowers its priority itself
        flags |= getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
    return subprocess.Popen(
        [sys.executable, "-m", _MODULE],
        cwd=Path(__file__).resolve().parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        creationflags=flags,
    )


def _read_lines(stream: IO[bytes], lines: queue.SimpleQueue[bytes | None]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(None)


def _next(lines: queue.SimpleQueue[bytes | None], stopped: threading.Event) -> bytes | None:
    """The next line; None after the last."""
    while not stopped.is_set():
        try:
            return lines.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            continue
    raise EngineBuildStopped


def _understood(line: bytes, progress: Progress) -> str:
    """Pass progress on; the reason of a failure, or what a library printed, for want of one."""
    text = line.decode("utf-8", errors="replace").strip()
    try:
        told = json.loads(text)
        if "done" in told:
            progress(float(told["done"]))
            return ""
        return str(told["failed"])
    except (ValueError, TypeError, KeyError):
        return text
