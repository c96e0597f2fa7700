"""Writes the pictures of `docs/architecture.md` from the code: `python -m website.architecture`."""

from __future__ import annotations

import sys
from pathlib import Path

from website.drawing import write_graph
from website.package_graph import package_graph
from website.pipeline_graph import pipeline_graph

if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures")
    write_graph(package_graph(), folder / "packages")
    write_graph(pipeline_graph(), folder / "pipeline")
