"""A benchmark's table takes the place of the last one, and touches nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.network.alternatives import SECTION, Network
from benchmarks.page_section import (
    PERFORMANCE,
    SectionMissing,
    replace_section,
    write_section,
)

PAGE = "# Page\n\n<!-- speed -->\n\nold\n\n<!-- end of speed -->\n\nText after.\n"


def test_only_what_stands_between_the_markers_changes(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    write_section("speed", "| new |\n", page)
    assert page.read_text(encoding="utf-8") == PAGE.replace("old", "| new |")


@pytest.mark.parametrize(
    "page", ["# Page\n", "<!-- speed -->\n", "<!-- end of speed -->\n<!-- speed -->\n"]
)
def test_a_page_without_the_two_markers_is_refused_by_name(page: str) -> None:
    with pytest.raises(SectionMissing, match="<!-- speed -->"):
        replace_section(page, "speed", "new")


@pytest.mark.parametrize("network", list(Network))
def test_the_documentation_has_a_place_for_each_alternative(network: Network) -> None:
    replace_section(PERFORMANCE.read_text(encoding="utf-8"), f"{SECTION} {network}", "new")
