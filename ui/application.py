"""The Qt application: name, icon, colours and language."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtWidgets import QApplication

from ui.icons import application_icon
from ui.languages import install_language, wanted_language
from ui.theme import follow_desktop


def make_application(arguments: Sequence[str], language: str = "") -> QApplication:
    """Make the one application of this process.

    Args:
        arguments: of the command line, with the name of the program.
        language: chosen by the user; empty for that of the desktop.
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
    install_language(application, wanted_language(language))
    return application
