"""A compiled network is found exactly, or it is not there; a broken file never gets further."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.engine_cache import UNUSED_DAYS, EngineCache, EngineKey
from engine.errors import EngineBuildStopped, EngineCacheUnusable
from engine.tensorrt.builder import build_engine
from engine.tensorrt.compilation import any_card, engine_key
from engine.tensorrt.runtime import TensorRT
from engine.tensorrt.typed_graph import typed_graph
from nasfe_cam.restoration.observer import observer_network

pytestmark = pytest.mark.tensorrt


@pytest.fixture(scope="module")
def compiled(tensorrt: TensorRT) -> tuple[EngineKey, bytes]:
    """A key and a real serialised engine."""
    network = observer_network()
    graph = typed_graph(network, "8.9")
    content = build_engine(tensorrt, graph, "observer", "8.9", lambda _: None, ahead_of_time=True)
    return engine_key(network, tensorrt, any_card("8.9")), content


@pytest.fixture
def key(compiled: tuple[EngineKey, bytes]) -> EngineKey:
    return compiled[0]


@pytest.fixture
def content(compiled: tuple[EngineKey, bytes]) -> bytes:
    return compiled[1]


@pytest.fixture
def cache(tmp_path: Path) -> EngineCache:
    return EngineCache(tmp_path / "engines", pytest.fail)


@pytest.fixture
def filled(cache: EngineCache, key: EngineKey, content: bytes) -> EngineCache:
    assert cache.load_or_build(key, lambda: content) == content
    return cache


def never() -> bytes:
    pytest.fail("it was built again")


def test_an_engine_is_built_once_and_found_again(
    filled: EngineCache, key: EngineKey, content: bytes
) -> None:
    assert filled.load(key) == content
    assert EngineCache(filled.folder, pytest.fail).load_or_build(key, never) == content


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sha256", "0" * 64),
        ("graph_version", 0),
        ("runtime", "TensorRT for RTX 1.8.0.1"),
        ("device", "GeForce RTX 4060"),
        ("compute_capability", "8.6"),
        ("driver", "999.1"),
        ("precision", "f32"),
        ("shapes", "face 1x3x384x384"),
    ],
)
def test_an_engine_of_anything_else_is_a_miss(
    filled: EngineCache, key: EngineKey, field: str, value: str | int
) -> None:
    other = replace(key, **{field: value})
    assert filled.load(other) is None
    # Not even where the file bears the name, as after a change of the naming.
    filled.path(key).rename(filled.path(other))
    assert filled.load(other) is None


def spoilt(content: bytes) -> dict[str, bytes]:
    """The file of an engine, as crashes and bad disks leave it."""
    middle, quarter = len(content) // 2, len(content) // 4

    def flipped(at: int) -> bytes:
        return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]

    return {
        "empty": b"",
        "cut in the header": content[:100],
        "cut in the engine": content[:middle],
        "one byte short": content[:-1],
        "one byte more": content + b"\0",
        "a bit of the magic": flipped(3),
        "a bit of the header": flipped(40),
        "a bit of the engine": flipped(middle),
        "the last bit": flipped(len(content) - 1),
        "zeros at the end": content[:quarter] + bytes(len(content) - quarter),
        "another format": content.replace(b"network 1", b"network 2", 1),
    }


@pytest.mark.parametrize("how", spoilt(bytes(1000)))
def test_a_damaged_file_is_a_miss_and_is_replaced(
    filled: EngineCache, key: EngineKey, content: bytes, how: str
) -> None:
    path = filled.path(key)
    path.write_bytes(spoilt(path.read_bytes())[how])
    assert filled.load(key) is None
    assert filled.load_or_build(key, lambda: content) == content
    assert filled.load(key) == content


def test_an_engine_that_the_card_refused_is_built_anew(
    filled: EngineCache, key: EngineKey, content: bytes
) -> None:
    assert filled.load_or_build(key, lambda: b"better", refused=content) == b"better"
    assert filled.load(key) == b"better"


def test_nothing_is_left_beside_the_engine(filled: EngineCache, key: EngineKey) -> None:
    assert {p.name for p in filled.folder.iterdir()} == {key.file_name, "compiling.lock"}


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No file may grow beyond 100 kB in this process: writing fails in the middle."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("full_disk")
def test_on_a_full_disk_the_engine_serves_and_one_line_says_why(
    tmp_path: Path, key: EngineKey, content: bytes
) -> None:
    errors: list[Exception] = []
    cache = EngineCache(tmp_path / "engines", errors.append)
    for _ in range(2):
        assert cache.load_or_build(key, lambda: content) == content
    assert [type(error) for error in errors] == [EngineCacheUnusable]
    assert "File too large" in str(errors[0]) and "\n" not in str(errors[0])
    assert cache.load(key) is None
    assert [p.name for p in cache.folder.iterdir()] == ["compiling.lock"]


@pytest.mark.parametrize("where", ["file", "/proc/engines"])
def test_where_no_folder_can_be_the_engine_serves_and_one_line_says_why(
    tmp_path: Path, key: EngineKey, content: bytes, where: str
) -> None:
    (tmp_path / "file").touch()
    errors: list[Exception] = []
    cache = EngineCache(tmp_path / where / "engines", errors.append)
    for _ in range(2):
        assert cache.load_or_build(key, lambda: content) == content
    assert [type(error) for error in errors] == [EngineCacheUnusable]


@pytest.mark.parametrize("how", ["read-only", "no lock"])
def test_in_a_folder_that_takes_no_new_file_what_is_there_is_found(
    filled: EngineCache, key: EngineKey, content: bytes, how: str
) -> None:
    lock = filled.folder / "compiling.lock"
    lock.unlink()
    if how == "no lock":
        lock.mkdir()
    elif os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    else:
        filled.folder.chmod(0o500)
    errors: list[Exception] = []
    reader = EngineCache(filled.folder, errors.append)
    assert reader.load(key) == content
    assert reader.load_or_build(replace(key, driver="2"), lambda: b"new") == b"new"
    assert [type(error) for error in errors] == [EngineCacheUnusable]
    filled.folder.chmod(0o700)


# Builds an engine slowly, says so in a file, and prints what it got.
BUILDER = """
import json, os, sys, time
from pathlib import Path
from engine.engine_cache import EngineCache, EngineKey
folder, engine, log = map(Path, sys.argv[1:4])
def build():
    with log.open("a") as file: file.write(f"{os.getpid()}\\n")
    time.sleep(float(sys.argv[4]))
    return engine.read_bytes()
def fail(error): raise error
key = EngineKey(**json.loads(sys.argv[5]))
print(len(EngineCache(folder, fail).load_or_build(key, build)))
"""


@pytest.fixture
def builder(
    tmp_path: Path, key: EngineKey, content: bytes
) -> Iterator[Callable[[float], subprocess.Popen[str]]]:
    (tmp_path / "engine").write_bytes(content)
    started: list[subprocess.Popen[str]] = []

    def start(seconds: float) -> subprocess.Popen[str]:
        arguments = (tmp_path / "engines", tmp_path / "engine", tmp_path / "log", seconds)
        command = [sys.executable, "-c", BUILDER, *map(str, arguments), key.header().decode()]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        started.append(
            subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_of_two_processes_one_builds_and_both_get_the_engine(
    builder: Callable[[float], subprocess.Popen[str]],
    tmp_path: Path,
    cache: EngineCache,
    key: EngineKey,
    content: bytes,
) -> None:
    processes = [builder(1.0), builder(1.0)]
    assert [int(p.communicate(timeout=100)[0]) for p in processes] == [len(content)] * 2
    assert len((tmp_path / "log").read_text().splitlines()) == 1
    assert cache.load(key) == content


def test_a_builder_that_is_killed_leaves_the_next_one_free(
    builder: Callable[[float], subprocess.Popen[str]],
    tmp_path: Path,
    cache: EngineCache,
    key: EngineKey,
    content: bytes,
) -> None:
    first = builder(600)
    deadline = time.monotonic() + 60
    while not (tmp_path / "log").exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    first.kill()
    assert cache.load_or_build(key, lambda: content) == content


def test_waiting_for_another_builder_can_be_given_up(filled: EngineCache, key: EngineKey) -> None:
    building, let_go = threading.Event(), threading.Event()

    def slowly() -> bytes:
        building.set()
        let_go.wait(60)
        return b"engine"

    other = replace(key, driver="2")
    thread = threading.Thread(target=filled.load_or_build, args=(other, slowly))
    thread.start()
    assert building.wait(60)
    with pytest.raises(EngineBuildStopped):
        EngineCache(filled.folder, pytest.fail).load_or_build(other, never, stopped=lambda: True)
    let_go.set()
    thread.join()


def test_engines_that_nobody_used_for_long_are_deleted(filled: EngineCache, key: EngineKey) -> None:
    old, used = filled.path(key), replace(key, driver="2")
    filled.load_or_build(used, lambda: b"used")
    long_ago = time.time() - (UNUSED_DAYS + 1) * 24 * 3600
    for path in (old, filled.path(used)):
        os.utime(path, (long_ago, long_ago))
    assert filled.load(used) == b"used"
    filled.load_or_build(replace(key, driver="3"), lambda: b"newest")
    assert not old.exists() and filled.path(used).exists()
