"""Which photos would improve a profile."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from nasfe_cam.core.statement import Statement
from nasfe_cam.profiles.photo_quality import PhotoQuality

FEWEST_PHOTOS = 3
"""Fewer are accepted with a note."""

MOST_PHOTOS = 10
"""Of more, the best are taken."""

_SAME_BRIGHTNESS = 25.0
_SAME_LIGHT_SIDE = 0.12
_SAME_SMILE = 0.25


class Suggestion(StrEnum):
    """What to add; the value is for programs, `words` are for people."""

    MORE_PHOTOS = "more-photos"
    OTHER_LIGHT = "other-light"
    OTHER_EXPRESSION = "other-expression"

    @property
    def words(self) -> str:
        """One sentence."""
        return _WORDS[self]

    @property
    def statement(self) -> Statement:
        """The sentence as data."""
        return Statement(f"suggestion-{self.value}", {}, self.words)


_WORDS = {
    Suggestion.MORE_PHOTOS: "1 photo is enough to begin; with 3 to 10 the profile is better.",
    Suggestion.OTHER_LIGHT: "The light is nearly the same in all photos; "
    "add one by daylight, one by lamplight, one lit from the side.",
    Suggestion.OTHER_EXPRESSION: "The face has the same expression in all photos; "
    "add one with a smile and one without.",
}


def suggestions(photos: Sequence[PhotoQuality]) -> tuple[Suggestion, ...]:
    """What to add to these photos, the most helpful first; empty if they are varied enough."""
    found = []
    if len(photos) < FEWEST_PHOTOS:
        found.append(Suggestion.MORE_PHOTOS)
    if len(photos) < MOST_PHOTOS:
        if (
            _range([photo.brightness for photo in photos]) < _SAME_BRIGHTNESS
            and _range([photo.light_side for photo in photos]) < _SAME_LIGHT_SIDE
        ):
            found.append(Suggestion.OTHER_LIGHT)
        if _range([photo.smile for photo in photos]) < _SAME_SMILE:
            found.append(Suggestion.OTHER_EXPRESSION)
    return tuple(found)


def _range(values: Sequence[float]) -> float:
    return max(values) - min(values)
