"""Where training keeps what is large and can be made again: shards, caches, checkpoints."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

VARIABLE = "NASFE_TRAIN_CACHE"


def work_folder() -> Path:
    """The folder named by NASFE_TRAIN_CACHE, else the user's cache folder for nasfe-train."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else platformdirs.user_cache_path("nasfe-train")
