"""Stores compiled networks on disk; a file that is damaged or does not match exactly is ignored."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import filelock

from engine.errors import EngineBuildStopped, EngineCacheUnusable
from nasfe_cam.core.atomic_files import write_private_bytes
from nasfe_cam.core.text.reasons import reason_of
from nasfe_cam.core.user_files import read_plain_file

SUFFIX = ".engine"
UNUSED_DAYS = 90
"""Engines that nobody loaded for so long are deleted: drivers and networks have moved on."""

_MAGIC = b"NASFE compiled network 1\n"
_LENGTH_BYTES = 8
_MOST_BYTES = 2 << 30
_LOCK = "compiling.lock"


@dataclass(frozen=True, slots=True)
class EngineKey:
    """Everything that a compiled network depends on; another value is another engine.

    Attributes:
        network: name, for people.
        sha256: of the network's file.
        graph_version: of what is made of that file for the compiler.
        runtime: with its version, such as "TensorRT for RTX 1.7.1.116".
        device: name of the card or processor; empty if compiled ahead of time.
        compute_capability: such as "8.9"; of a processor its instruction set.
        driver: its version; empty if compiled ahead of time.
        precision: such as "f16".
        shapes: of inputs and outputs, such as "face 1x3x256x256, ...", or whatever else
            the compiler was told.
    """

    network: str
    sha256: str
    graph_version: int
    runtime: str
    device: str
    compute_capability: str
    driver: str
    precision: str
    shapes: str

    def header(self) -> bytes:
        """The key as written in the file, readable for people."""
        return json.dumps(asdict(self), sort_keys=True).encode()

    @property
    def file_name(self) -> str:
        """A name that is the same for the same key alone."""
        return f"{self.network}-{hashlib.sha256(self.header()).hexdigest()[:20]}{SUFFIX}"


class EngineCache:
    """A folder of compiled networks, shared by all processes of a user.

    Args:
        folder: made when the first engine is written.
        report: told once if nothing can be kept there; everything works without.
    """

    def __init__(self, folder: Path, report: Callable[[Exception], None]) -> None:
        self.folder = folder
        self._report = report
        self._usable = True

    def path(self, key: EngineKey) -> Path:
        """Where the engine of this key is, or would be."""
        return self.folder / key.file_name

    def load(self, key: EngineKey) -> bytes | None:
        """The engine of this key; None if there is none, or not a whole one."""
        path = self.path(key)
        try:
            content = _unpack(read_plain_file(path, _MOST_BYTES), key)
        except OSError:
            return None
        if content is not None:
            with suppress(OSError):
                os.utime(path)  # Used today: see UNUSED_DAYS.
        return content

    def load_or_build(
        self,
        key: EngineKey,
        build: Callable[[], bytes],
        *,
        refused: bytes | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> bytes:
        """The engine of this key, built and kept if there is none.

        One is built at a time: while another process builds, this one waits.

        Args:
            build: compiles it; what it raises is passed on.
            refused: what `load` gave and the card refused; to be built anew.
            stopped: asked while waiting.

        Raises:
            EngineBuildStopped: `stopped` said so.
        """
        with self._lock(stopped):
            content = self.load(key)
            if content is not None and content != refused:
                return content
            built = build()
            self.store(key, built)
            return built

    def store(self, key: EngineKey, content: bytes) -> None:
        """Keep an engine, or report that this is impossible; waits for nobody."""
        if not self._usable:
            return
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private_bytes(self.path(key), _pack(content, key))
        except OSError as error:
            self._give_up(error)
            return
        self._delete_unused()

    @contextmanager
    def _lock(self, stopped: Callable[[], bool]) -> Iterator[None]:
        """Hold the folder's lock, which ends with its holder; without, where there can be none."""
        lock = None
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = filelock.FileLock(self.folder / _LOCK, fallback_to_soft=False)
            lock.acquire(poll_interval=0.1, cancel_check=stopped)
        except filelock.Timeout:
            raise EngineBuildStopped from None
        except (OSError, NotImplementedError) as error:
            self._give_up(error)
            lock = None
        try:
            yield
        finally:
            if lock is not None:
                lock.release()

    def _give_up(self, error: Exception) -> None:
        if self._usable:
            self._usable = False
            reason = reason_of(error)
            self._report(EngineCacheUnusable(self.folder, reason))

    def _delete_unused(self) -> None:
        oldest = time.time() - UNUSED_DAYS * 24 * 3600
        for path in self.folder.glob(f"*{SUFFIX}"):
            with suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()


def _pack(content: bytes, key: EngineKey) -> bytes:
    header = key.header()
    return b"".join(
        (
            _MAGIC,
            len(header).to_bytes(_LENGTH_BYTES, "big"),
            header,
            hashlib.sha256(header + content).digest(),
            content,
        )
    )


def _unpack(file: bytes, key: EngineKey) -> bytes | None:
    """The engine in a file's bytes; None if they are another key's, cut short or changed."""
    header = key.header()
    start = _MAGIC + len(header).to_bytes(_LENGTH_BYTES, "big") + header
    if not file.startswith(start):
        return None
    checksum = file[len(start) : len(start) + hashlib.sha256().digest_size]
    content = file[len(start) + len(checksum) :]
    return content if hashlib.sha256(header + content).digest() == checksum else None
