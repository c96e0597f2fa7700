"""What of the installed packages the camera and the scenarios import.

    python tests/vm/camera_packages.py

prints the paths, one a line: all that `nasfe-cam` without extras and pytest require.
"""

from __future__ import annotations

from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

WANTED = ("nasfe-cam", "pytest", "pytest-timeout")


def required(names: tuple[str, ...]) -> dict[str, Distribution]:
    """These distributions and those that they require here, by name."""
    found: dict[str, Distribution] = {}
    waiting = list(names)
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:  # required on other systems only
            continue
        for line in found[name].requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return found


def paths(package: Distribution) -> set[Path]:
    """The folders and files that it put into site-packages."""
    inside = {file.parts[0] for file in package.files or () if file.parts[0] != ".."}
    found = {Path(str(package.locate_file(name))) for name in inside}
    return {path for path in found if path.exists()}


if __name__ == "__main__":
    every = set().union(*map(paths, required(WANTED).values()))
    print(*sorted(every), sep="\n")
