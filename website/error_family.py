"""Every class of errors that this project has."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache

from engine.errors import NasfeError

PACKAGES = ("engine", "nasfe_cam", "ui", "train", "benchmarks")


@cache
def error_classes() -> tuple[type[NasfeError], ...]:
    """`NasfeError` and all its descendants: a parent before its children, these by name.

    Imports every module, so that none is missed: Qt, torch and all.
    """
    for package in PACKAGES:
        folders = importlib.import_module(package).__path__
        for module in pkgutil.walk_packages(folders, f"{package}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    return tuple(_descendants(NasfeError))


def is_family(kind: type[NasfeError]) -> bool:
    """Whether the class only holds others together."""
    return bool(_children(kind))


def _descendants(kind: type[NasfeError]) -> Iterator[type[NasfeError]]:
    yield kind
    for child in _children(kind):
        yield from _descendants(child)


def _children(kind: type[NasfeError]) -> list[type[NasfeError]]:
    """By name: Python lists them in the order of their import. Tests may have made others."""
    own = [child for child in kind.__subclasses__() if child.__module__.startswith(PACKAGES)]
    return sorted(own, key=lambda child: (child.__name__, child.__module__))
