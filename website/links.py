"""Checks the built pages without a network: `python -m website.links build/site`.

Every link inside must lead somewhere, and nothing may be loaded from elsewhere. Links to
other sites are listed and not followed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADED_BY_STYLE = re.compile(r"""url\(["']?([^"')]+)|@import\s+["']([^"']+)""")


class _Page(HTMLParser):
    """What a page points to and loads, and where it can be pointed to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loaded: set[str] = set()
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        if "src" in values:
            self.loaded.add(values["src"])
        if "href" in values and not values["href"].startswith("mailto:"):
            # <link> loads; the next and previous page, and the index, it only names.
            loads = tag == "link" and values.get("rel", "") in ("stylesheet", "preload", "icon")
            (self.loaded if loads else self.links).add(values["href"])


@dataclass(frozen=True, slots=True)
class CheckedLinks:
    """What was found, each as words for people.

    Attributes:
        broken: "page: link" of links inside that lead nowhere.
        loaded_from_elsewhere: "page: address" of what a browser would fetch.
        to_other_sites: addresses that a reader may follow.
    """

    broken: tuple[str, ...]
    loaded_from_elsewhere: tuple[str, ...]
    to_other_sites: tuple[str, ...]


def check_links(site: Path) -> CheckedLinks:
    """Look at every page and style sheet in the folder."""
    pages = {path.resolve(): _read(path) for path in site.rglob("*.html")}
    broken, foreign, others = set(), set(), set()
    for path, page in pages.items():
        name = path.relative_to(site.resolve())
        foreign |= {f"{name}: {address}" for address in page.loaded if _is_foreign(address)}
        others |= {address for address in page.links if _is_foreign(address)}
        for link in page.links | page.loaded:
            if not _is_foreign(link) and not _leads_somewhere(link, path, pages):
                broken.add(f"{name}: {link}")
    for style in site.rglob("*.css"):
        foreign |= {
            f"{style.relative_to(site)}: {address}"
            for address in _loaded_by_style(style)
            if _is_foreign(address)
        }
    return CheckedLinks(tuple(sorted(broken)), tuple(sorted(foreign)), tuple(sorted(others)))


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def _loaded_by_style(path: Path) -> Iterator[str]:
    for match in _LOADED_BY_STYLE.finditer(path.read_text(encoding="utf-8")):
        yield match.group(1) or match.group(2)


def _is_foreign(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme in ("http", "https")


def _leads_somewhere(link: str, page: Path, pages: dict[Path, _Page]) -> bool:
    parts = urlsplit(link)
    if parts.scheme == "data":
        return True
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.is_file():
        return False
    known = pages.get(target)
    return known is None or not parts.fragment or unquote(parts.fragment) in known.anchors


if __name__ == "__main__":
    found = check_links(Path(sys.argv[1]))
    print("links to other sites, not followed:", *found.to_other_sites, sep="\n  ")
    for trouble in (*found.broken, *found.loaded_from_elsewhere):
        print(trouble, file=sys.stderr)
    sys.exit(1 if found.broken or found.loaded_from_elsewhere else 0)
