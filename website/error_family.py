"""Finds every error class of the project, and every other class that says something."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import TypeVar

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.statement import Sentence

PACKAGES = ("engine", "nasfe_cam", "ui", "train", "benchmarks")

Kind = TypeVar("Kind", bound=Sentence)


@cache
def error_classes() -> tuple[type[NasfeError], ...]:
    """`NasfeError` and all its descendants: a parent before its children, these by name.

    Imports every module, so that none is missed: Qt, torch and all.
    """
    _import_all(PACKAGES)
    return tuple(_descendants(NasfeError))


@cache
def sentence_classes(packages: tuple[str, ...] = PACKAGES) -> tuple[type[Sentence], ...]:
    """Every class of these packages that has something to say: errors, findings, reasons."""
    _import_all(packages)
    kinds = {kind: None for kind in _descendants(Sentence) if kind.code}
    return tuple(kind for kind in kinds if kind.__module__.startswith(packages))


def is_family(kind: type[NasfeError]) -> bool:
    """Whether the class only holds others together."""
    return not kind.code


def _import_all(packages: tuple[str, ...]) -> None:
    for package in packages:
        folders = importlib.import_module(package).__path__
        for module in pkgutil.walk_packages(folders, f"{package}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def _descendants(kind: type[Kind]) -> Iterator[type[Kind]]:
    yield kind
    for child in _children(kind):
        yield from _descendants(child)


def _children(kind: type[Kind]) -> list[type[Kind]]:
    """By name: Python lists them in the order of their import. Tests may have made others."""
    own = [child for child in kind.__subclasses__() if child.__module__.startswith(PACKAGES)]
    return sorted(own, key=lambda child: (child.__name__, child.__module__))
