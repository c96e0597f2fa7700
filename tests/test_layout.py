"""How the packages are cut: folders and modules that can be seen whole."""

from __future__ import annotations

import statistics
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

PACKAGES = ("nasfe_cam", "engine", "train", "ui", "tools")
MOST_MODULES_OF_A_FOLDER = 15
LONGEST_MODULE = 400
LONGEST_MEDIAN = 120


def modules(repository: Path) -> list[Path]:
    return [
        path
        for package in PACKAGES
        for path in sorted((repository / package).rglob("*.py"))
        if path.name != "__init__.py"
    ]


def lines(module: Path) -> int:
    return len(module.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("package", PACKAGES)
def test_no_folder_has_too_many_modules(package: str, repository: Path) -> None:
    folders = [
        path.parent for path in modules(repository) if path.is_relative_to(repository / package)
    ]
    crowded = {
        str(folder.relative_to(repository)): folders.count(folder)
        for folder in set(folders)
        if folders.count(folder) > MOST_MODULES_OF_A_FOLDER
    }
    assert crowded == {}


def test_no_module_is_too_long(repository: Path) -> None:
    long = {str(path): lines(path) for path in modules(repository) if lines(path) > LONGEST_MODULE}
    assert long == {}


def test_most_modules_are_short(repository: Path) -> None:
    assert statistics.median(map(lines, modules(repository))) <= LONGEST_MEDIAN


def test_every_init_is_empty(repository: Path) -> None:
    """So that importing a small module loads nothing else."""
    full = [
        str(path)
        for package in PACKAGES
        for path in (repository / package).rglob("__init__.py")
        if path.read_text(encoding="utf-8")
    ]
    assert full == []


def test_every_folder_has_its_place_among_the_layers(repository: Path) -> None:
    """A folder that no contract names could import whatever it likes."""
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    placed = [name.strip() for layer in layers for name in layer.split("|")]
    assert len(placed) == len(set(placed))
    outside = {
        name
        for name in map(dotted(repository), modules(repository))
        if not any(name == place or name.startswith(f"{place}.") for place in placed)
    }
    # Only the way in: `python -m nasfe_cam`.
    assert outside == {"nasfe_cam.__main__"}


def dotted(repository: Path) -> Callable[[Path], str]:
    return lambda path: ".".join(path.relative_to(repository).with_suffix("").parts)
