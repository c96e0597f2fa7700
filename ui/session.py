"""One run of the window: from Qt's start until the user ends it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from PyQt6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PyQt6.QtWidgets import QApplication

from nasfe_cam.control.protocol.endpoint import default_endpoint, make_private
from ui.application import make_application
from ui.services.fault_hook import FaultHook
from ui.services.preferences import Preferences
from ui.services.signals import EndSignals
from ui.services.single_window import SingleWindow
from ui.start import why_not_started
from ui.window import CameraWindow


def run_window(options: argparse.Namespace, for_camera: Sequence[str]) -> NoReturn:
    """Show the window until it ends, or the window that is open already; then end the process.

    Args:
        options: of `nasfe-cam-ui`.
        for_camera: options of `nasfe-cam run`.

    Raises:
        ControlError: the folder of the user's programs cannot be used.
    """
    preferences = Preferences(options.preferences)
    application = _start_qt(preferences)
    folder = default_endpoint().folder
    make_private(folder)
    single = SingleWindow(folder)
    if not single.first:
        if not options.hidden:
            single.ask_first()
        _end_process(0)
    window = CameraWindow(for_camera, options.config, preferences)
    FaultHook(window.show_fault, application)
    window.quit_wanted.connect(application.quit)
    single.wanted.connect(window.come_forward)
    # Through the event loop, which may not have begun: Qt forgets a `quit` before it.
    EndSignals(lambda: QTimer.singleShot(0, application.quit), application)
    if not (options.hidden and window.tray.available):
        window.show()
        if not options.start:
            QTimer.singleShot(0, window.welcome)
    if options.start:
        window.start_camera()
    code = application.exec()
    window.hide()
    single.close()
    window.let_go()
    preferences.write()
    _end_process(code)


def _end_process(code: int) -> NoReturn:
    """End the program when all is done, without taking Qt's objects apart.

    The order of that at the end of Python is left to chance, and once in some hundred times the
    program crashed inside PyQt.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a program with a window on Windows has none
            with suppress(OSError, ValueError):
                stream.flush()
    os._exit(code)


def _start_qt(preferences: Preferences) -> QApplication:
    """Make the application; where Qt ends the process for want of a screen, say why."""
    said: list[str] = []

    def listen(kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
        said.append(text or "")
        if kind is QtMsgType.QtFatalMsg:
            print(f"nasfe-cam-ui: {why_not_started(said[-1])}", file=sys.stderr, flush=True)
            os._exit(2)  # Qt would abort next, and an exception cannot pass through it

    before = qInstallMessageHandler(listen)
    try:
        return make_application(sys.argv[:1], preferences.language, preferences.theme)
    finally:
        qInstallMessageHandler(before)
