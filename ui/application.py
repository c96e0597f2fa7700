"""The Qt application: name, icon, colours and language."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtWidgets import QApplication

from ui.i18n.languages import install_language, wanted_language
from ui.style.icons import application_icon
from ui.style.theme import Theme, choose_theme, follow_desktop


def make_application(
    arguments: Sequence[str], language: str = "", theme: Theme = Theme.DESKTOP
) -> QApplication:
    """Make the one application of this process.

    Args:
        arguments: of the command line, with the name of the program.
        language: chosen by the user; empty for that of the desktop.
        theme: chosen by the user.
    """
    application = QApplication(list(arguments))
    application.setApplicationName("nasfe-cam-ui")
    application.setApplicationDisplayName("NASFE Camera")
    application.setDesktopFileName("nasfe-cam-ui")
    # One look on all desktops, and the only style that takes a palette everywhere.
    application.setStyle("Fusion")
    application.setWindowIcon(application_icon())
    application.setQuitOnLastWindowClosed(False)
    follow_desktop(application)
    choose_theme(application, theme)
    install_language(application, wanted_language(language))
    return application
