"""Makes the Python environment that a package carries: the camera with its window.

    python packaging/bundle/make_bundle.py WHEEL FOLDER --python /usr/bin/python3

makes FOLDER a virtual environment for that Python, with the exact versions of
constraints.txt, without pip and without what `contents.toml` leaves out. It works at
any place once `bin/` and `pyvenv.cfg` are those of that place.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONSTRAINTS = HERE.parent.parent / "constraints.txt"


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", default=sys.executable, help="what will run the camera")
    options = parser.parse_args()
    make_bundle(options.wheel, options.folder, options.python)


def make_bundle(wheel: Path, folder: Path, python: str) -> None:
    """Make the environment.

    Raises:
        subprocess.CalledProcessError: Python or pip failed; they have said why.
    """
    contents = tomllib.loads((HERE / "contents.toml").read_text(encoding="utf-8"))
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([python, "-m", "venv", "--without-pip", str(folder)], check=True)
    _pip(folder, "install", "--no-compile", "--constraint", str(CONSTRAINTS), f"{wheel}[ui]")
    _pip(folder, "uninstall", "--yes", *contents["distributions"])
    packages = site_packages(folder)
    for pattern in contents["files"]:
        for path in list(packages.glob(pattern)):
            _remove(path)
    for place, patterns in contents["keep"].items():
        for path in list((packages / place).iterdir()):
            if not any(path.match(pattern) for pattern in patterns):
                _remove(path)


def site_packages(folder: Path) -> Path:
    """Where the environment keeps its packages."""
    (packages,) = folder.glob("lib/python3*/site-packages")
    return packages


def _pip(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    command += ["--python", str(folder / "bin" / "python"), *arguments]
    subprocess.run(command, check=True)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
