"""What the program says to people, in a form that programs can read too.

A sentence is declared once, as a class: its code, its English words with places in
braces, and a field for each place. What was said travels as a `Statement`, from which
a window makes a sentence of its own, in any language, by the code and never by the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import ClassVar, dataclass_transform

from nasfe_cam.core.text.foreign import readable
from nasfe_cam.core.text.reasons import Reason

Plain = str | int | float | bool
"""What may stand in a place of a sentence."""

CODE_OF = "_code"
"""After the name of a place that holds a `Reason`: the parameter with the reason's code."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that was said.

    Attributes:
        code: which sentence it is; in kebab-case, and the same in every version.
        parameters: what stands in its places.
        text: what is so, in English.
        next_step: what to do about it, in English; empty if nothing, or if `text` says it.
    """

    code: str
    parameters: Mapping[str, Plain]
    text: str
    next_step: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.text, self.next_step) if part)


@dataclass_transform(eq_default=False)
@dataclass(eq=False)
class Sentence:
    """Base of all sentences; each class below it is a dataclass whose fields are its places.

    Attributes:
        code: of the sentence; empty in a class that only holds others together.
        text: what is so, in English, with places in braces as `str.format` takes them.
        remedy: the next step, likewise; empty if there is nothing to be done.
    """

    code: ClassVar[str] = ""
    text: ClassVar[str] = ""
    remedy: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        dataclass(eq=False)(cls)

    @property
    def parameters(self) -> dict[str, Plain]:
        """What stands in the places: the fields, as plain values."""
        return {field.name: plain(getattr(self, field.name)) for field in fields(self)}

    @property
    def statement(self) -> Statement:
        """What is said, as data."""
        # Whatever a class puts in their place.
        given = {name: plain(value) for name, value in self.parameters.items()}
        codes = {
            name + CODE_OF: value.code for name, value in given.items() if isinstance(value, Reason)
        }
        places = given | codes
        return Statement(
            self.code, places, self.text.format_map(places), self.remedy.format_map(places)
        )

    def __str__(self) -> str:
        return str(self.statement)


def plain(value: object) -> Plain:
    """A value as it stands in a sentence and travels between programs; a list becomes text.

    Text is made `readable`: a file may have any name, and a library may say anything.
    A `Reason` stays one.
    """
    if isinstance(value, Reason):
        return value
    if isinstance(value, bool | int | float) and not isinstance(value, StrEnum):
        return value
    if isinstance(value, tuple | list):
        return readable(", ".join(str(item) for item in value))
    return readable(str(value))
