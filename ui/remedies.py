"""Errors of the camera in the words of the window, each with the buttons that help."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PyQt6.QtCore import QCoreApplication

from nasfe_cam.errors import (
    CameraBusy,
    CameraForbidden,
    CameraIsOurOutput,
    CameraNotFound,
    NasfeError,
    PictureUnreadable,
    ProfileDamaged,
    ProfileMissing,
    ProfileOutdated,
    SourceNotFound,
    SourceNotLocal,
    VideoUnreadable,
    VirtualCameraMissing,
    VirtualCameraTaken,
)

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


def problem_of(sentence: str) -> Problem:
    """A problem in the words of the window.

    Args:
        sentence: of an error; that of the camera arrives from another process, so
            that it is recognised by its words.
    """
    for pattern, make in _KNOWN:
        match = pattern.fullmatch(sentence)
        if match is not None:
            return make(*match.groups())
    if sentence.startswith(("Settings file ", "Setting ", "Unknown setting ")):
        return Problem(sentence, (Remedy.SETTINGS,))
    return Problem(sentence, (Remedy.TRY_AGAIN, Remedy.CHECK))


def remedy_label(remedy: Remedy) -> str:
    """What stands on the button."""
    match remedy:
        case Remedy.TRY_AGAIN:
            return translate("remedies", "Try again")
        case Remedy.INSTALL:
            return translate("remedies", "How to install it …")
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


def _missing_output(label: str) -> Problem:
    text = translate(
        "remedies",
        "The virtual camera “{label}” is not installed, so other programs cannot see the picture.",
    )
    return Problem(text.format(label=label), (Remedy.INSTALL, Remedy.PREVIEW_ONLY))


def _taken_output(label: str, reason: str) -> Problem:
    text = translate(
        "remedies",
        "The virtual camera “{label}” cannot be opened ({reason}). "
        "Close the program that writes to it.",
    )
    return Problem(text.format(label=label, reason=reason), (Remedy.TRY_AGAIN, Remedy.PREVIEW_ONLY))


def _no_camera(name: str) -> Problem:
    text = translate("remedies", "Camera “{name}” was not found. Plug it in, or choose another.")
    return Problem(text.format(name=name), (Remedy.TRY_AGAIN, Remedy.CHOOSE_CAMERA))


def _busy_camera(name: str) -> Problem:
    text = translate(
        "remedies",
        "Camera “{name}” gives no picture; another program may be using it. Close that program.",
    )
    return Problem(text.format(name=name), (Remedy.TRY_AGAIN, Remedy.CHOOSE_CAMERA))


def _forbidden_camera(name: str, path: str) -> Problem:
    text = translate(
        "remedies",
        "You may not open camera “{name}” ({path}). Add yourself to its group, usually with: "
        "sudo usermod -aG video $USER, then log in again.",
    )
    return Problem(text.format(name=name, path=path), (Remedy.CHOOSE_CAMERA,))


def _own_output(label: str) -> Problem:
    text = translate(
        "remedies", "“{label}” is the virtual camera that this program itself writes to."
    )
    return Problem(text.format(label=label), (Remedy.CHOOSE_CAMERA,))


def _no_file(path: str) -> Problem:
    text = translate("remedies", "There is no file {path}.")
    return Problem(text.format(path=path), (Remedy.CHOOSE_CAMERA,))


def _not_local(source: str) -> Problem:
    text = translate(
        "remedies", "{source} is a network address; nothing is ever read from a network."
    )
    return Problem(text.format(source=source), (Remedy.CHOOSE_CAMERA,))


def _unreadable(path: str, reason: str) -> Problem:
    text = translate("remedies", "{path} cannot be shown ({reason}).")
    return Problem(text.format(path=path, reason=reason), (Remedy.CHOOSE_CAMERA,))


def _no_profile(name: str, *_reason: str) -> Problem:
    text = translate(
        "remedies",
        "The profile “{name}” cannot be used; the camera goes on without it. Enrol again.",
    )
    return Problem(text.format(name=name), (Remedy.PEOPLE,))


_FIRST, _SECOND = "\x01", "\x02"


def _pattern(error: NasfeError) -> re.Pattern[str]:
    """What every error of this class says, whatever it was made with."""
    words = re.escape(str(error))
    for place in (_FIRST, _SECOND):
        shown = re.escape(repr(place)), re.escape(place)
        words = words.replace(shown[0], "['\"](.*?)['\"]").replace(shown[1], "(.*?)")
    return re.compile(words.replace("(.*?)", "(.*?)", 1), re.DOTALL)


_KNOWN: tuple[tuple[re.Pattern[str], Callable[..., Problem]], ...] = (
    (_pattern(VirtualCameraMissing(_FIRST)), _missing_output),
    (_pattern(VirtualCameraTaken(_FIRST, _SECOND)), _taken_output),
    (_pattern(CameraNotFound(_FIRST)), _no_camera),
    (_pattern(CameraBusy(_FIRST)), _busy_camera),
    (_pattern(CameraForbidden(_FIRST, Path(_SECOND))), _forbidden_camera),
    (_pattern(CameraIsOurOutput(_FIRST)), _own_output),
    (_pattern(SourceNotFound(Path(_FIRST))), _no_file),
    (_pattern(SourceNotLocal(_FIRST)), _not_local),
    (_pattern(VideoUnreadable(Path(_FIRST), _SECOND)), _unreadable),
    (_pattern(PictureUnreadable(Path(_FIRST), _SECOND)), _unreadable),
    (_pattern(ProfileMissing(_FIRST)), _no_profile),
    (_pattern(ProfileDamaged(Path(_FIRST), _SECOND)), _no_profile),
    (_pattern(ProfileOutdated(_FIRST, True)), _no_profile),
    (_pattern(ProfileOutdated(_FIRST, False)), _no_profile),
)
