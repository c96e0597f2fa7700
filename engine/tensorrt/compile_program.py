"""`python -m engine.tensorrt.compile_program`: compiles one network in a process of its own.

The job comes as one JSON object on stdin (`engine.tensorrt.compiler_process`), the
engine goes to stdout, and how far it is, or why it failed, as JSON lines to
stderr. If nobody reads them any more, the program ends.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from engine.model_file import Network
from engine.tensorrt.builder import build_engine
from engine.tensorrt.runtime import load_tensorrt
from engine.tensorrt.typed_graph import typed_graph
from nasfe_cam.core.errors import NasfeError

BACKGROUND_NICENESS = 10


def main() -> int:
    """Compile; returns the exit code."""
    # What a library prints goes to stderr, so that stdout holds the engine alone.
    engine_out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    job = json.load(sys.stdin)
    if job["low_priority"] and hasattr(os, "nice"):
        os.nice(BACKGROUND_NICENESS)
    network = Network(Path(job["path"]), job["sha256"], job["tensors"])
    capability = job["compute_capability"]
    try:
        content = build_engine(
            load_tensorrt(),
            typed_graph(network, capability),
            network.path.stem,
            capability,
            _Teller(),
            ahead_of_time=job["ahead_of_time"],
        )
    except NasfeError as error:
        _tell(failed=getattr(error, "reason", str(error)))
        return 1
    with engine_out:
        engine_out.write(content)
    return 0


class _Teller:
    """Tells every hundredth; TensorRT has a thousand steps."""

    def __init__(self) -> None:
        self._told = -1.0

    def __call__(self, done: float) -> None:
        if done - self._told >= 0.01:
            self._told = done
            _tell(done=done)


def _tell(**values: object) -> None:
    print(json.dumps(values), file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
