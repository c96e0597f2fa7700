"""`nasfe-cam-ui`: opens the window."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from PyQt6.QtCore import QTimer

from ui.application import make_application
from ui.preferences import Preferences
from ui.window import CameraWindow


def main() -> None:
    """Entry point."""
    options, for_camera = _parser().parse_known_args()
    preferences = Preferences(options.preferences)
    application = make_application(sys.argv[:1], preferences.language)
    window = CameraWindow(for_camera, options.config, preferences)
    window.quit_wanted.connect(application.quit)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: application.quit())
    # Python looks at signals only while it runs, which it does not while Qt waits.
    pulse = QTimer()
    pulse.start(1000)
    pulse.timeout.connect(lambda: None)
    if not (options.hidden and window.tray.available):
        window.show()
        if not options.start:
            QTimer.singleShot(0, window.welcome)
    if options.start:
        window.start_camera()
    code = application.exec()
    window.let_go()
    sys.exit(code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nasfe-cam-ui",
        description="The window of NASFE Camera. Every other option goes to nasfe-cam run.",
    )
    parser.add_argument("--start", action="store_true", help="switch the camera on at once")
    parser.add_argument("--hidden", action="store_true", help="begin in the system tray")
    parser.add_argument("--config", type=Path, help="settings file to use instead of your own")
    parser.add_argument("--preferences", help="file for what the window remembers of itself")
    return parser
