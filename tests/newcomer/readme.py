"""The commands of the README, as they stand there."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


def commands(page: str, heading: str) -> list[str]:
    """The indented commands below a heading, each with its continuation lines.

    Args:
        page: the Markdown text.
        heading: of the second level, such as "Install".
    """
    parts = _HEADING.split(page)
    section = parts[parts.index(heading) + 1]
    found: list[str] = []
    for line in section.splitlines():
        if not line.startswith("    "):
            continue
        if found and found[-1].endswith("\\"):
            found[-1] += f"\n{line}"
        else:
            found.append(line.strip())
    return found
