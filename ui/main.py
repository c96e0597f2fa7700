"""`nasfe-cam-ui`: opens the window."""

from __future__ import annotations

import sys

from PyQt6.QtWidgets import QApplication

from ui.window import CameraWindow


def main() -> None:
    """Entry point."""
    application = QApplication(sys.argv)
    application.setApplicationName("NASFE Camera")
    window = CameraWindow(application.arguments()[1:])
    window.show()
    sys.exit(application.exec())
