"""The pages build without a warning, and their links lead somewhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from website.links import check_links
from website.named import pages


@pytest.fixture(scope="module")
def site(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built anew, warnings being errors."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q"]
    command += ["-c", "website", "-d", str(folder / "doctrees"), ".", str(folder / "pages")]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder / "pages"


def test_every_link_leads_somewhere_and_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    found = check_links(site)
    assert not found.broken
    assert not found.loaded_from_elsewhere
    assert "https://github.com/schellingb/UnityCapture" in found.to_other_sites


def test_the_folder_opens_on_the_first_page(site: Path) -> None:
    assert "docs/index.html" in (site / "index.html").read_text(encoding="utf-8")
    assert "window.png" in (site / "docs" / "index.html").read_text(encoding="utf-8")


def test_every_page_is_built(site: Path, repository: Path) -> None:
    """All but the README, which is the first page of a code host."""
    for page in pages(repository):
        if page.name != "README.md" or page.parent != repository:
            assert (site / page.relative_to(repository)).with_suffix(".html").is_file(), page


@pytest.mark.parametrize(
    "body",
    ['<a href="none.html">', '<a href="#none">', '<a href="b.html#none">', '<img src="none.png">'],
)
def test_a_link_that_leads_nowhere_is_found(tmp_path: Path, body: str) -> None:
    (tmp_path / "a.html").write_text(body)
    (tmp_path / "b.html").write_text('<p id="here">')
    assert check_links(tmp_path).broken


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", '<script src="https://example.org/a.js"></script>'),
        ("a.html", '<link rel="stylesheet" href="//example.org/a.css">'),
        ("a.css", 'body { background: url("https://example.org/a.png") }'),
        ("a.css", '@import "https://example.org/a.css";'),
    ],
)
def test_what_a_page_loads_from_elsewhere_is_found(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    assert check_links(tmp_path).loaded_from_elsewhere


def test_the_links_of_the_readme_lead_to_files(repository: Path) -> None:
    tokens = MarkdownIt().parse((repository / "README.md").read_text(encoding="utf-8"))
    children = [child for token in tokens for child in token.children or ()]
    links = [child.attrGet("href") or child.attrGet("src") for child in children]
    local = [str(link) for link in links if link and "://" not in str(link)]
    assert len(local) > 10
    for link in local:
        assert (repository / link.partition("#")[0]).exists(), link
