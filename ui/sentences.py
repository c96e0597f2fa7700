"""Sentences of `nasfe_cam` in the language of the window.

They come in English, from errors and descriptions. Numbers, quoted names, file names
and what stands in parentheses in them are replaced by places, so that a sentence is
translated once, whatever it is about. `ui/collect_texts.py` lists them for the translators.
"""

from __future__ import annotations

import re

from PyQt6.QtCore import QCoreApplication

CONTEXT = "nasfe_cam"

_VARIABLE = re.compile(
    r"'[^']*'|\([^)]*\)|\b\d+(?:\.\d+)?\b|\b[\w-]+\.(?:jpe?g|png|webp|bmp|tiff?)\b", re.I
)


def template(sentence: str) -> tuple[str, list[str]]:
    """The sentence with the places %1, %2 ..., and what stands there."""
    values: list[str] = []

    def place(match: re.Match[str]) -> str:
        values.append(match.group())
        return f"%{len(values)}"

    return _VARIABLE.sub(place, sentence), values


def translated(sentence: str) -> str:
    """The sentence in the language of the window; in English where it has no translation."""
    pattern, values = template(sentence)
    words = QCoreApplication.translate(CONTEXT, pattern)
    for number, value in reversed(list(enumerate(values, start=1))):
        words = words.replace(f"%{number}", value)
    return words
