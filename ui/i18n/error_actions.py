"""Errors of the camera in the words of the window, each with the buttons that help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PyQt6.QtCore import QCoreApplication

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.statement import Statement
from ui.i18n.translated_statements import worded

translate = QCoreApplication.translate


class Remedy(StrEnum):
    """A button that helps."""

    TRY_AGAIN = "try-again"
    INSTALL = "install"
    PREVIEW_ONLY = "preview-only"
    CHOOSE_CAMERA = "choose-camera"
    PEOPLE = "people"
    SETTINGS = "settings"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, and what to do.

    Attributes:
        text: one or two sentences.
        remedies: the buttons, the most helpful first.
    """

    text: str
    remedies: tuple[Remedy, ...] = ()


def problem_of(said: Statement | NasfeError) -> Problem:
    """A problem in the words of the window, with the buttons that help.

    Args:
        said: an error, or what the camera said, which may be of an unknown code.
    """
    statement = said.statement if isinstance(said, NasfeError) else said
    return Problem(
        worded(statement), _REMEDIES.get(statement.code, (Remedy.TRY_AGAIN, Remedy.CHECK))
    )


def remedy_label(remedy: Remedy) -> str:
    """What stands on the button."""
    match remedy:
        case Remedy.TRY_AGAIN:
            return translate("remedies", "Try again")
        case Remedy.INSTALL:
            return translate("remedies", "Install it …")
        case Remedy.PREVIEW_ONLY:
            return translate("remedies", "Show the preview only")
        case Remedy.CHOOSE_CAMERA:
            return translate("remedies", "Choose another camera")
        case Remedy.PEOPLE:
            return translate("remedies", "See the people")
        case Remedy.SETTINGS:
            return translate("remedies", "See the settings")
        case Remedy.CHECK:
            return translate("remedies", "Check this computer …")


_CHOOSE = (Remedy.CHOOSE_CAMERA,)
_CAMERA = (Remedy.TRY_AGAIN, Remedy.CHOOSE_CAMERA)
_PEOPLE = (Remedy.PEOPLE,)
_SETTINGS = (Remedy.SETTINGS,)

_REMEDIES: Mapping[str, tuple[Remedy, ...]] = {
    "virtual-camera-missing": (Remedy.INSTALL, Remedy.PREVIEW_ONLY),
    "virtual-camera-taken": (Remedy.TRY_AGAIN, Remedy.PREVIEW_ONLY),
    "virtual-camera-forbidden": (Remedy.PREVIEW_ONLY,),
    "camera-not-found": _CAMERA,
    "camera-busy": _CAMERA,
    "camera-lost": _CAMERA,
    "camera-forbidden": _CHOOSE,
    "camera-is-our-output": _CHOOSE,
    "source-not-found": _CHOOSE,
    "source-not-local": _CHOOSE,
    "video-unreadable": _CHOOSE,
    "picture-unreadable": _CHOOSE,
    "profile-missing": _PEOPLE,
    "profile-damaged": _PEOPLE,
    "profile-outdated": _PEOPLE,
    "profile-outdated-with-photos": _PEOPLE,
    "profile-too-new": _PEOPLE,
    "settings-file-unreadable": _SETTINGS,
    "settings-file-invalid": _SETTINGS,
    "setting-unknown": _SETTINGS,
    "setting-ambiguous": _SETTINGS,
    "setting-out-of-range": _SETTINGS,
    "setting-refused": _SETTINGS,
}
"""By code; what is not here may help itself, or a look at the computer helps."""
