"""Compiling in another process: it can be stopped, may crash, and ends with us."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from engine.engine_cache import EngineCache
from engine.errors import EngineBuildStopped, EngineNotBuilt
from engine.tensorrt import compiler_process
from engine.tensorrt.compilation import any_card, compile_network, engine_key
from engine.tensorrt.compiler_process import compile_in_process
from engine.tensorrt.runtime import TensorRT
from nasfe_cam.restoration.observer import observer_network
from nasfe_cam.restoration.restorer import restorer_network

pytestmark = pytest.mark.tensorrt
ADA = "8.9"


def compiled(
    progress: Callable[[float], None] = lambda _done: None,
    stopped: threading.Event | None = None,
    capability: str = ADA,
) -> bytes:
    return compile_in_process(
        restorer_network("nasfe-lite"),
        capability,
        progress,
        stopped or threading.Event(),
        ahead_of_time=True,
        low_priority=True,
    )


def children() -> list[psutil.Process]:
    """Compilers that run, or have ended and were not waited for."""
    found = psutil.Process().children()
    return [process for process in found if is_compiler(process)]


def is_compiler(process: psutil.Process) -> bool:
    try:
        return "compile_program" in str(process.cmdline())
    except psutil.ZombieProcess:  # it may end at any moment
        return True


def test_the_engine_comes_back_whole_and_no_process_stays(tensorrt: TensorRT) -> None:
    seen: list[float] = []
    niceness: list[int] = []

    def watch(done: float) -> None:
        seen.append(done)
        if not niceness:
            niceness.extend(child.nice() for child in children())

    content = compiled(watch)
    # The head of an engine says how long it is; two builds of a network may differ by a third.
    assert content[:4] == b"vtrt" and int.from_bytes(content[16:24], "little") == len(content)
    assert seen[0] < 0.1 and max(seen) > 0.8
    assert niceness[0] >= psutil.Process().nice() + 10 or niceness[0] == 19
    assert children() == []


def test_a_kept_engine_needs_no_process(
    tensorrt: TensorRT, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, cache = observer_network(), EngineCache(tmp_path, pytest.fail)
    key = engine_key(network, tensorrt, any_card(ADA))
    first = compile_network(network, key, cache)
    assert first.seconds > 0 and first.path.is_file()
    monkeypatch.setattr("engine.tensorrt.compilation.compile_in_process", pytest.fail)
    again = compile_network(network, key, cache)
    assert again.content == first.content and again.seconds == 0


@pytest.mark.usefixtures("tensorrt")
def test_a_stopped_compiler_is_gone_at_once() -> None:
    stopped = threading.Event()
    with pytest.raises(EngineBuildStopped):
        compiled(lambda _done: stopped.set(), stopped)
    assert children() == []


@pytest.mark.usefixtures("tensorrt")
def test_a_compiler_that_crashes_is_an_error_of_one_line() -> None:
    def crash(_done: float) -> None:
        for child in children():
            child.send_signal(signal.SIGSEGV)

    with pytest.raises(EngineNotBuilt, match="exit code -11") as caught:
        compiled(crash)
    assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("tensorrt")
def test_what_watches_may_fail_and_the_compiler_ends() -> None:
    def broken(_done: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compiled(broken)
    assert children() == []


@pytest.mark.usefixtures("tensorrt")
def test_the_reason_of_a_refusal_comes_back() -> None:
    with pytest.raises(EngineNotBuilt, match=r"'9\.9' is none that TensorRT"):
        compiled(capability="9.9")


def test_a_compiler_that_cannot_be_started_is_an_error_of_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/python")
    with pytest.raises(EngineNotBuilt, match="No such file"):
        compiled()


@pytest.mark.parametrize("ended", [False, True], ids=["as it ends", "before it is asked"])
def test_what_a_broken_installation_says_is_the_reason(
    monkeypatch: pytest.MonkeyPatch, ended: bool
) -> None:
    start = compiler_process._start

    def started(*, low_priority: bool) -> subprocess.Popen[bytes]:
        process = start(low_priority=low_priority)
        if ended:
            process.wait()
        return process

    monkeypatch.setattr(compiler_process, "_MODULE", "engine.tensorrt.nothing")
    monkeypatch.setattr(compiler_process, "_start", started)
    with pytest.raises(EngineNotBuilt, match="No module named"):
        compiled()


@pytest.mark.usefixtures("tensorrt")
def test_a_compiler_that_nobody_listens_to_any_more_ends() -> None:
    """As when the camera was killed."""
    network = restorer_network("nasfe-lite")
    job = {
        "path": str(network.path),
        "sha256": network.sha256,
        "tensors": list(network.tensors),
        "compute_capability": ADA,
        "ahead_of_time": True,
        "low_priority": False,
    }
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "engine.tensorrt.compile_program"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=writing,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    os.close(writing)
    os.close(reading)
    content, _ = process.communicate(json.dumps(job).encode(), timeout=120)
    assert process.returncode != 0 and content == b""
