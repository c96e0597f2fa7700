"""Compares the wheel and the source distribution with the repository.

    python packaging/python/check_contents.py WHEEL SDIST

The source distribution must hold every file of the repository but those of
`_NOT_SHIPPED`, and the wheel every file of the packages but those of `_NOT_NEEDED`. Fails
with the list of those that are missing or too many.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from fnmatch import fnmatch
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_PACKAGES = ("engine", "nasfe_cam", "train", "ui")
# For whoever changes the program: weights to go on training from, texts to translate.
_NOT_NEEDED = ("train/trained/*", "ui/translations/*.ts")
# What made the bundled clip, with the portrait of which it was made.
_NOT_SHIPPED = ("tools/demo_clip/*",)


def main(wheel: str, sdist: str) -> None:
    """Entry point."""
    listed = subprocess.run(
        ["git", "ls-files"], capture_output=True, text=True, check=True, cwd=_ROOT
    )
    tracked = {
        path
        for path in listed.stdout.splitlines()
        if (_ROOT / path).exists() and not any(fnmatch(path, one) for one in _NOT_SHIPPED)
    }
    needed = {
        path
        for path in tracked
        if path.split("/")[0] in _PACKAGES
        and not any(fnmatch(path, pattern) for pattern in _NOT_NEEDED)
    }
    with zipfile.ZipFile(wheel) as archive:
        in_wheel = {path for path in archive.namelist() if ".dist-info/" not in path}
    with tarfile.open(sdist) as archive:
        in_sdist = {
            member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()
        }
    differences = {
        "missing in the wheel": needed - in_wheel,
        "too many in the wheel": in_wheel - needed,
        "missing in the source distribution": tracked - in_sdist,
    }
    for what, paths in differences.items():
        for path in sorted(paths):
            print(f"{what}: {path}")
    if any(differences.values()):
        sys.exit(1)
    print(f"wheel: {len(in_wheel)} files, source distribution: {len(in_sdist)}; none missing")


if __name__ == "__main__":
    main(*sys.argv[1:])
