"""A symptom: what the user sees, what to try, and the errors that may appear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nasfe_cam.core.errors import NasfeError


@dataclass(frozen=True, slots=True)
class Symptom:
    """One section of the page.

    Attributes:
        title: what is seen.
        advice: Markdown, before the table of errors.
        errors: one of each kind, with arguments such as may occur.
    """

    title: str
    advice: str
    errors: tuple[NasfeError, ...]


def raised_by(act: Callable[[], object]) -> NasfeError:
    """The error that an act raises, for those whose sentence is put together elsewhere."""
    try:
        act()
    except NasfeError as error:
        return error
    raise AssertionError("nothing was raised")
