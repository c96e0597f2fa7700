"""Writes the licence texts of every library in an environment into one file.

    python packaging/bundle/licences.py FOLDER OUTPUT

A bill of materials (CycloneDX) names licences but holds the texts of few: in its
version 1.6 a licence expression cannot carry them.
"""

from __future__ import annotations

import argparse
from importlib.metadata import Distribution, distributions
from pathlib import Path

from make_bundle import site_packages

_NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE")
_LINE = "=" * 78


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="made by make_bundle.py")
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    packages = site_packages(options.folder)
    found = sorted(distributions(path=[str(packages)]), key=lambda one: one.name.lower())
    chapters = [_chapter(one, packages) for one in found if one.name != "nasfe-cam"]
    options.output.write_text("\n".join(chapters), encoding="utf-8")


def _chapter(library: Distribution, packages: Path) -> str:
    fields = library.metadata
    licence = fields["License-Expression"] or fields["License"] or ""
    if not licence or "\n" in licence:
        kinds = [kind for kind in fields.get_all("Classifier", []) if kind.startswith("License")]
        licence = "; ".join(kind.rpartition(" :: ")[2] for kind in kinds)
    home = _home(fields["Name"], packages)
    texts = [path for path in sorted(home.rglob("*")) if path.is_file() and _is_licence(path, home)]
    parts = [_LINE, f"{fields['Name']} {library.version}: {licence or 'see below'}", _LINE]
    for path in texts:
        parts += [f"--- {path.relative_to(home)}", path.read_text("utf-8", errors="replace")]
    return "\n".join(parts)


def _home(name: str, packages: Path) -> Path:
    start = name.lower().replace("-", "_") + "-"
    (home,) = (at for at in packages.glob("*.dist-info") if at.name.lower().startswith(start))
    return home


def _is_licence(path: Path, home: Path) -> bool:
    inside = "licenses" in path.relative_to(home).parts[:-1] and path.suffix != ".py"
    return inside or path.name.startswith(_NAMES)


if __name__ == "__main__":
    main()
