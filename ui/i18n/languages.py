"""The languages of the window."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).parent.parent / "translations"

LANGUAGES = {"en": "English", "de": "Deutsch"}
"""By code; each by its own name."""


def wanted_language(chosen: str) -> str:
    """The code of the language to use.

    Args:
        chosen: by the user; empty for that of the desktop.
    """
    for code in (chosen, *(name.partition("-")[0] for name in QLocale.system().uiLanguages())):
        if code in LANGUAGES:
            return code
    return "en"


def install_language(application: QCoreApplication, code: str) -> None:
    """Translate every text that is made from now on, and write numbers as its readers do."""
    QLocale.setDefault(QLocale(code))
    # What the new language lacks must not come from the one before.
    for before in application.findChildren(QTranslator):
        application.removeTranslator(before)
        before.setParent(None)
    places = (
        ("nasfe_cam", str(FOLDER)),
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
    )
    for name, folder in places:
        translator = QTranslator(application)
        if translator.load(f"{name}_{code}", folder):
            application.installTranslator(translator)
