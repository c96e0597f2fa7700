"""What the camera and its libraries say, in the words and the language of the window.

A `Statement` says by its code which sentence it is; the catalogues in `ui/translations`
hold a sentence for each code in every language, English too, so that no words are ever
matched. `tools/update_translations.py` collects them.
"""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QCoreApplication

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.statement import CODE_OF, Plain, Statement
from nasfe_cam.core.text.reasons import Reason

CONTEXT = "statements"
SETTINGS = "settings"
CHECKS = "checks"
REMEDY = "/remedy"
"""After a code: the sentence that says what to do."""


def worded(said: Statement | NasfeError) -> str:
    """The cause and the next step, for people.

    What has an unknown code, or lacks a parameter, is shown as it came, in English.
    """
    statement = said.statement if isinstance(said, NasfeError) else said
    try:
        parts = [
            words.format_map(_places(statement.parameters))
            for source in (statement.code, statement.code + REMEDY)
            if (words := QCoreApplication.translate(CONTEXT, source)) != source
        ]
    except (LookupError, ValueError, TypeError, AttributeError):
        parts = []
    return " ".join(part for part in parts if part) or str(statement)


def reason_words(reason: str) -> str:
    """A reason in the language of the window; as it came if it is none of ours."""
    return (
        QCoreApplication.translate(CONTEXT, reason.code) if isinstance(reason, Reason) else reason
    )


def _places(parameters: Mapping[str, Plain]) -> dict[str, Plain]:
    """What stands in the places: of a reason with a code the words of the window's language."""
    places = dict(parameters)
    for name in parameters:
        code = parameters.get(name + CODE_OF)
        if isinstance(code, str) and (words := QCoreApplication.translate(CONTEXT, code)) != code:
            places[name] = words
    return places


def setting_words(text: str) -> str:
    """A title or description of settings in the language of the window."""
    return QCoreApplication.translate(SETTINGS, text)


def check_name(name: str) -> str:
    """What a check of the doctor looked at, in the language of the window."""
    return QCoreApplication.translate(CHECKS, name)
