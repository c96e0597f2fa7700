"""The pages build without a warning, and a link that leads nowhere is one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from website.named import pages

# What a browser fetches by itself.
LOADED = re.compile(
    r"""<(?:script|img|iframe|video|source)\b[^>]*\ssrc=["']?([^"'\s>]+)"""
    r"""|<link\b(?=[^>]*rel=["']?(?:stylesheet|preload|icon))[^>]*\shref=["']?([^"'\s>]+)"""
    r"""|url\(["']?([^"')]+)|@import\s+["']([^"']+)"""
)


def build(source: Path, repository: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Build a folder's pages as `make docs` does; warnings are errors."""
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q"]
    command += ["-c", str(repository / "website"), "-d", str(folder / "doctrees")]
    command += [str(source), str(folder / "pages")]
    return subprocess.run(command, cwd=repository, capture_output=True, text=True)


@pytest.fixture(scope="module")
def site(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built anew."""
    folder = tmp_path_factory.mktemp("site")
    done = build(repository, repository, folder)
    assert done.returncode == 0, done.stderr
    return folder / "pages"


def loaded_from_elsewhere(content: str) -> list[str]:
    """Addresses in a page or style sheet that a browser would fetch from a network."""
    found = ("".join(match.groups("")) for match in LOADED.finditer(content))
    return [address for address in found if re.match(r"(?:https?:)?//", address)]


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    files = [*site.rglob("*.html"), *site.rglob("*.css")]
    assert len(files) > 20
    for file in files:
        assert not loaded_from_elsewhere(file.read_text(encoding="utf-8")), file


@pytest.mark.parametrize(
    "content",
    [
        '<script src="https://example.org/a.js"></script>',
        '<link rel="stylesheet" type="text/css" href="//example.org/a.css">',
        '<link href="//example.org/a.css" rel="stylesheet">',
        'body { background: url("https://example.org/a.png") }',
        '@import "https://example.org/a.css";',
    ],
)
def test_what_would_be_loaded_from_elsewhere_is_noticed(content: str) -> None:
    assert loaded_from_elsewhere(content)


def test_a_link_that_leads_nowhere_ends_the_build(repository: Path, tmp_path: Path) -> None:
    docs = tmp_path / "source" / "docs"
    docs.mkdir(parents=True)
    links = ["none.md", "#none", "other.md#none", "../none.py"]
    broken = "".join(f"[words]({link})\n\n" for link in links) + "![picture](none.png)\n"
    whole = "[words](other.md#here) [words](../whole.py)\n"
    toctree = "\n```{toctree}\nother\n```\n"
    (docs / "index.md").write_text(f"# Start\n\n{whole}{toctree}")
    (docs / "other.md").write_text("# Other\n\n## Here\n")
    (docs.parent / "whole.py").touch()
    done = build(docs.parent, repository, tmp_path / "whole")
    assert done.returncode == 0, done.stderr
    (docs / "index.md").write_text(f"# Start\n\n{whole}{broken}{toctree}")
    done = build(docs.parent, repository, tmp_path / "broken")
    assert done.returncode != 0
    for link in ("'none.md'", "'none'", "in doc 'docs/other': 'none'", "none.py'", "none.png"):
        assert re.search(f"WARNING:.*{link}", done.stderr), (link, done.stderr)
    assert done.stderr.count("WARNING:") == len(links) + 1, done.stderr


def test_the_folder_opens_on_the_first_page(site: Path) -> None:
    assert "docs/index.html" in (site / "index.html").read_text(encoding="utf-8")
    assert "window.png" in (site / "docs" / "index.html").read_text(encoding="utf-8")


def test_every_page_is_built(site: Path, repository: Path) -> None:
    """All but the README, which is the first page of a code host."""
    for page in pages(repository):
        if page.name != "README.md" or page.parent != repository:
            assert (site / page.relative_to(repository)).with_suffix(".html").is_file(), page


def test_the_links_of_the_readme_lead_to_files(repository: Path) -> None:
    tokens = MarkdownIt().parse((repository / "README.md").read_text(encoding="utf-8"))
    children = [child for token in tokens for child in token.children or ()]
    links = [child.attrGet("href") or child.attrGet("src") for child in children]
    local = [str(link) for link in links if link and "://" not in str(link)]
    assert len(local) > 10
    for link in local:
        assert (repository / link.partition("#")[0]).exists(), link
