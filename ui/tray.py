"""The icon in the system tray: start, stop and retouch without the window."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QAction, QActionGroup
from PyQt6.QtWidgets import QMenu, QSystemTrayIcon

from nasfe_cam.config.settings import AUTO, Amount
from nasfe_cam.control.client.camera_state import CameraState
from nasfe_cam.control.protocol.messages import Status
from ui.i18n.status_texts import state_words
from ui.services.camera_proxy import ACTIVE
from ui.style.icons import application_icon

_AMOUNTS: tuple[Amount, ...] = (AUTO, 0, 25, 50, 75, 100)


class Tray(QObject):
    """Shown where the desktop has a tray.

    Signals:
        window_wanted: the window is to be shown.
        start_wanted: the camera is to be switched on (True) or off.
        retouch_chosen: percent, or "auto".
        quit_wanted: the window is to end; the camera goes on.
    """

    window_wanted = pyqtSignal()
    start_wanted = pyqtSignal(bool)
    retouch_chosen = pyqtSignal(object)
    quit_wanted = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._active = False
        self.menu = QMenu()
        self.open = QAction(self.tr("Open NASFE Camera"), self)
        self.open.triggered.connect(self.window_wanted)
        self.toggle = QAction(self)
        self.toggle.triggered.connect(lambda: self.start_wanted.emit(not self._active))
        amounts = QMenu(self.tr("Retouch"), self.menu)
        group = QActionGroup(self)
        self.amounts: dict[object, QAction] = {}
        for value in _AMOUNTS:
            action = QAction(self.tr("Auto") if value == AUTO else f"{value} %", group)
            action.setCheckable(True)
            action.triggered.connect(lambda _, value=value: self.retouch_chosen.emit(value))
            amounts.addAction(action)
            self.amounts[value] = action
        leave = QAction(self.tr("Quit"), self)
        leave.triggered.connect(self.quit_wanted)
        self._leave = leave
        self.menu.addAction(self.open)
        self.menu.addAction(self.toggle)
        self.menu.addMenu(amounts)
        self.menu.addSeparator()
        self.menu.addAction(leave)
        self.icon = QSystemTrayIcon(application_icon(), self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activate)
        self.available = QSystemTrayIcon.isSystemTrayAvailable()
        if self.available:
            self.icon.show()

    def show_state(self, state: CameraState, status: Status | None) -> None:
        """Show what the camera does."""
        self._active = state.phase in ACTIVE
        self.toggle.setText(
            self.tr("Stop the camera") if self._active else self.tr("Start the camera")
        )
        self._leave.setText(
            self.tr("Quit, keep the camera running") if self._active else self.tr("Quit")
        )
        self.icon.setToolTip("NASFE Camera: " + state_words(state, status).text)

    def show_retouch(self, amount: object) -> None:
        """Mark this amount in the menu, if it is there."""
        for value, action in self.amounts.items():
            action.setChecked(value == amount)

    def say(self, text: str) -> None:
        """Show a passing notice."""
        if self.available:
            self.icon.showMessage("NASFE Camera", text, application_icon())

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.window_wanted.emit()
