"""Puts what a benchmark measured into a page of the documentation, between two markers."""

from __future__ import annotations

from pathlib import Path

from nasfe_cam.core.atomic_files import write_text
from nasfe_cam.core.errors import NasfeError

PERFORMANCE = Path(__file__).parent.parent / "docs" / "performance.md"


class SectionMissing(NasfeError):
    code = "section-missing"
    text = "The page has no section from <!-- {marker} --> to <!-- end of {marker} -->."
    remedy = "Write the two markers where the table belongs."

    marker: str


def replace_section(page: str, name: str, content: str) -> str:
    """The page with other text between the markers of a name.

    Raises:
        SectionMissing: the markers are not there, or not in this order.
    """
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    before, found_begin, rest = page.partition(begin)
    _, found_end, after = rest.partition(end)
    if not found_begin or not found_end:
        raise SectionMissing(name)
    return f"{before}{begin}\n{content.strip()}\n\n{end}{after}"


def write_section(name: str, content: str, path: Path = PERFORMANCE) -> None:
    """`replace_section` in a file; raises OutputFileFailed too."""
    write_text(path, replace_section(path.read_text(encoding="utf-8"), name, content))
