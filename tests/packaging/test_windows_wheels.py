"""What `make test-windows` installs is what Windows' users get."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# They belong to Windows or Wine (tests/windows/wheels.txt).
OTHER_VERSION = {"numpy"}
ONLY_THERE = {"colorama", "msvc-runtime", "pefile", "pywin32-ctypes"}
PIN = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


def pins(path: Path) -> dict[str, str]:
    """Version by name."""
    found = PIN.findall(path.read_text(encoding="utf-8"))
    return {canonicalize_name(name): version for name, version in found}


def test_every_wheel_is_pinned_by_version_and_hash_as_everywhere_else(repository: Path) -> None:
    everywhere = pins(repository / "constraints.txt")
    path = repository / "tests" / "windows" / "wheels.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        assert line.startswith("#") or re.fullmatch(r"\S+==\S+ --hash=sha256:[0-9a-f]{64}", line)
    for name, version in pins(path).items():
        if name not in OTHER_VERSION | ONLY_THERE:
            assert everywhere[name] == version, name


def test_all_that_the_program_needs_there_is_installed(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["ui"]]
    there = pins(repository / "tests" / "windows" / "wheels.txt")
    windows = {"platform_system": "Windows", "platform_machine": "AMD64"}
    for requirement in map(Requirement, wanted):
        if requirement.marker is None or requirement.marker.evaluate(windows):
            assert requirement.specifier.contains(there[canonicalize_name(requirement.name)])
