"""The camera window: choose a source and a strength, start, and see how it goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QCloseEvent
from PyQt6.QtWidgets import (
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from ui.camera_process import CameraProcess


class CameraWindow(QWidget):
    """The main window; it steers a camera process and holds no picture itself.

    Args:
        extra_arguments: options of `nasfe-cam run` that the window has no field for.
    """

    def __init__(self, extra_arguments: Sequence[str] = ()) -> None:
        super().__init__()
        self._extra_arguments = tuple(extra_arguments)
        self.setWindowTitle("NASFE Camera")
        self.setMinimumWidth(420)
        self.camera = CameraProcess(self)
        self.camera.status.connect(self._show_status)
        self.camera.message.connect(self._show_message)
        self.camera.ended.connect(self._show_ended)

        self.source = QLineEdit("0")
        self.source.setAccessibleName("Camera")
        self.source.setToolTip("Camera number or name, or the path of a video or picture.")
        self.strength = QSlider(Qt.Orientation.Horizontal)
        self.strength.setAccessibleName("Strength")
        self.strength.setRange(0, 100)
        self.strength.setValue(100)
        self.button = QPushButton("Start")
        self.button.setDefault(True)
        self.button.clicked.connect(self._start_or_stop)
        self.line = QLabel("Stopped.")
        self.line.setWordWrap(True)
        self.line.setAccessibleName("Status")

        form = QFormLayout()
        form.addRow("&Camera", self.source)
        form.addRow("&Strength", self.strength)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.button)
        layout.addWidget(self.line)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """End the camera with the window."""
        self.camera.close()
        super().closeEvent(event)

    def _start_or_stop(self) -> None:
        if self.camera.running:
            self.line.setText("Stopping.")
            self.camera.stop()
            return
        self.line.setText("Starting.")
        self.button.setText("Stop")
        self.camera.start(
            [
                *("--source", self.source.text()),
                *("--strength", str(self.strength.value())),
                *self._extra_arguments,
            ]
        )

    def _show_status(self, status: dict[str, Any]) -> None:
        if not self.camera.running:
            return
        self.line.setText(
            f"{status['fps']:.0f} pictures per second, {status['latency_ms']['p50']:.0f} ms, "
            f"on {status['device']}"
        )

    def _show_message(self, message: str) -> None:
        self.line.setText(message)

    def _show_ended(self) -> None:
        self.button.setText("Start")
        if self.line.text() in ("Stopping.", "Starting.") or "per second" in self.line.text():
            self.line.setText("Stopped.")
