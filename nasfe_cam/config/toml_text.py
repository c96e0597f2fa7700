"""Parses TOML that people and strangers wrote."""

from __future__ import annotations

import tomllib
from typing import Any

# Many paths hold fewer.
_MOST_DOTS = 1000


def toml_tables(text: str) -> dict[str, Any]:
    """What a TOML file of ours says.

    The parser's time grows with the square of the parts of a key, of which ours have two.

    Raises:
        ValueError, RecursionError: it is no TOML, or nested without end.
    """
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    if sum(line.count(".") for line in lines) > _MOST_DOTS:
        raise ValueError(f"it holds more than {_MOST_DOTS} dots")
    return tomllib.loads(text)
