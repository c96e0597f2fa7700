"""The first steps are the same wherever they are told; `make test-newcomer` tries them."""

from __future__ import annotations

import re
from pathlib import Path

from tests.newcomer.readme import commands


def without_remarks(lines: list[str]) -> list[str]:
    return [" ".join(re.sub(r"\s#.*|\\$", "", line, flags=re.MULTILINE).split()) for line in lines]


def test_the_commands_below_a_heading_are_found_whole() -> None:
    page = "## One\n\n    do this \\\n        and that  # now\n    then\n\n## Two\n\n    other\n"
    assert commands(page, "One") == ["do this \\\n        and that  # now", "then"]
    assert without_remarks(commands(page, "One")) == ["do this and that", "then"]


def test_the_readme_and_the_page_about_installation_give_the_same_commands(
    repository: Path,
) -> None:
    readme = commands((repository / "README.md").read_text(encoding="utf-8"), "Install")
    page = commands((repository / "docs/install.md").read_text(encoding="utf-8"), "Linux")
    assert without_remarks(page) == [*without_remarks(readme), "nasfe-cam-ui"]
