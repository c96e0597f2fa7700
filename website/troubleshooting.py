"""Writes `docs/troubleshooting.md` from the errors: `python -m website.troubleshooting`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from nasfe_cam.core.atomic_files import write_text
from nasfe_cam.core.errors import NasfeError, SourceError
from nasfe_cam.sinks.notice_card import STARTING
from website.error_family import error_classes, is_family
from website.photo_symptoms import PHOTO_SYMPTOMS
from website.symptom import Symptom
from website.symptoms import CAMERA_SYMPTOMS
from website.training_symptoms import TRAINING_SYMPTOMS

SYMPTOMS = CAMERA_SYMPTOMS + PHOTO_SYMPTOMS + TRAINING_SYMPTOMS

_HEAD = """# Troubleshooting

Made from the errors themselves by `python -m website.troubleshooting`; do not edit.

    nasfe-cam doctor

looks at everything at once (settings, networks, engine, cameras, virtual camera, profile,
disk) and prints the next step for whatever is missing. The window shows the same under
"Check this computer".

Below is everything that the program can say, by what you see; names and reasons in the
sentences are examples. While the camera runs, `nasfe-cam status` repeats its last errors.

## The meeting shows a card instead of the picture

| the card says | because of |
| --- | --- |
"""

_FAMILIES = """
## For programs

A command that fails prints one such sentence to stderr and ends with exit code 2, without a
traceback; only `nasfe-cam doctor` and `nasfe-cam camera status` use code 1, for "there is a
problem". The name beside a sentence is the class of the error, and the field `error` of the
[messages](control.md) of a running camera. Classes belong to families:

| family | what | members |
| --- | --- | --- |
"""


def troubleshooting_page() -> str:
    """The page, as Markdown."""
    parts = [_HEAD + "\n".join(_card_rows())]
    parts += [_section(symptom) for symptom in SYMPTOMS]
    parts.append(_FAMILIES + "\n".join(_family_rows()))
    return "\n".join(parts) + "\n"


def classes_without_example() -> set[str]:
    """Names of the classes that no symptom shows; families need none."""
    shown = {type(error) for symptom in SYMPTOMS for error in symptom.errors}
    missing = {kind for kind in error_classes() if not is_family(kind)} - shown
    return {f"{kind.__module__}.{kind.__name__}" for kind in missing}


def _card_rows() -> list[str]:
    """The texts of the notice card, each with the errors that bring it."""
    causes: dict[str, list[str]] = {STARTING: ["the program starts"]}
    for kind in error_classes():
        if issubclass(kind, SourceError) and not is_family(kind):
            causes.setdefault(kind.notice, []).append(f"`{kind.__name__}`")
    return [f"| {notice} | {', '.join(kinds)} |" for notice, kinds in causes.items()]


def _section(symptom: Symptom) -> str:
    head = f"\n## {symptom.title}\n\n{symptom.advice}\n\n| it says | name |\n| --- | --- |"
    rows = [f"| {_as_text(str(error))} | `{type(error).__name__}` |" for error in symptom.errors]
    return "\n".join([head, *rows])


def _family_rows() -> list[str]:
    rows = []
    for kind in filter(is_family, error_classes()):
        words = (kind.__doc__ or "").split("\n")[0]
        members = ", ".join(_members(kind))
        rows.append(f"| `{kind.__name__}` | {words} | {members} |")
    return rows


def _members(family: type[NasfeError]) -> list[str]:
    """Names of the next generation; two packages may have a class of one name."""
    kinds = [kind for kind in error_classes() if family in kind.__bases__]
    return list(dict.fromkeys(f"`{kind.__name__}`" for kind in kinds))


def _as_text(sentence: str) -> str:
    """The sentence in Markdown that shows it letter by letter."""
    return re.sub(r"([\\`*_\[\]<>|#~$])", r"\\\1", sentence)


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/troubleshooting.md")
    write_text(target, troubleshooting_page())
