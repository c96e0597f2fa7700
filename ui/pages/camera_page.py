"""The first page: the live picture, and the settings that change while it runs."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nasfe_cam.control.client.camera_state import CameraState, Phase
from nasfe_cam.control.protocol.messages import Status
from ui.i18n.status_texts import StatusText, device_words, state_words, status_line
from ui.services.camera_proxy import ACTIVE, Camera
from ui.services.preferences import Preferences
from ui.style.theme import set_property
from ui.widgets.amount_slider import AmountSlider
from ui.widgets.camera_choice import CameraChoice
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.person_choice import PersonChoice
from ui.widgets.preview import Preview
from ui.widgets.text_room import TextRoom

_CONTROLS_WIDTH = 300


class CameraPage(QWidget):
    """Shows the camera and its controls; what is chosen is told, not done here.

    Signals:
        start_wanted: the camera is to be switched on (True) or off.
        setting_chosen: dotted name and new value of a setting.
        people_wanted: somebody is to be enrolled.
    """

    start_wanted = pyqtSignal(bool)
    setting_chosen = pyqtSignal(str, object)
    people_wanted = pyqtSignal()

    def __init__(
        self, camera: Camera, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.preview = Preview(camera.newest)
        self.preview.set_mirrored(preferences.mirrored)
        self.preview.set_compares(preferences.compares)
        self.condition = QLabel()
        self.condition.setWordWrap(True)
        self.line = ElidedLabel()
        self.line.setProperty("role", "small")

        controls = QFrame()
        controls.setProperty("role", "card")
        controls.setFixedWidth(_CONTROLS_WIDTH)
        self._room = TextRoom(controls)
        column = QVBoxLayout(controls)
        column.setContentsMargins(18, 18, 18, 18)
        column.setSpacing(6)
        self._add_choices(column)
        self._add_amounts(column)
        self._add_views(column)
        column.addStretch(1)
        self.button = QPushButton()
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self._start_or_stop)
        column.addWidget(self.button)

        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.condition)
        left.addWidget(self.preview)
        left.addWidget(self.line)
        left.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 24, 20)
        row.setSpacing(20)
        row.addLayout(left, 1)
        row.addWidget(controls)
        self.setTabOrder(self.framing, self.compare)
        self.setTabOrder(self.compare, self.mirror)
        self.setTabOrder(self.mirror, self.hold)
        self.setTabOrder(self.hold, self.button)
        self.setTabOrder(self.button, self.preview)
        self._phase = Phase.STOPPED
        self.show_state(CameraState(Phase.STOPPED))

    def show_state(self, state: CameraState, status: Status | None = None) -> None:
        """Show what the camera does."""
        self._phase = state.phase
        words = state_words(state, status)
        self._show_words(words)
        active = state.phase in ACTIVE
        self.button.setText(self.tr("Stop") if active else self.tr("Start"))
        set_property(self.button, "role", "" if active else "primary")
        self.button.setEnabled(state.phase is not Phase.ENDING)
        self.preview.set_live(state.phase is Phase.RUNNING)
        if state.phase is not Phase.RUNNING:
            self.line.setText(self.tr("Nothing leaves this computer."))
            self.line.setToolTip("")
            self.preview.clear(self._empty_words(state.phase))
        elif self.preview.pair is None:
            self.preview.clear(self.tr("Waiting for the first picture …"))

    def show_status(self, state: CameraState, status: Status) -> None:
        """Show how the camera does."""
        self._show_words(state_words(state, status))
        self.line.setText(status_line(status))
        self.line.setToolTip(f"{status_line(status)}\n{device_words(status)}")
        self.line.setAccessibleDescription(device_words(status))

    def show_setting(self, name: str, value: object) -> None:
        """Show the value of a setting, also one that another program has changed."""
        match name:
            case "restore.light":
                self.light.show_amount(value)
            case "restore.retouch":
                self.retouch.show_amount(value)
            case "output.auto_framing":
                self.framing.setChecked(value is True)
            case "source.source":
                self.cameras.show_source(str(value))
            case "restore.profile":
                self.people.show_name(str(value))

    def _add_choices(self, column: QVBoxLayout) -> None:
        self.cameras = CameraChoice()
        self.cameras.chosen.connect(
            lambda source: self.setting_chosen.emit("source.source", source)
        )
        _add_labelled(column, self.tr("&Camera"), self.cameras)
        column.addSpacing(10)
        self.people = PersonChoice()
        self.people.chosen.connect(lambda name: self.setting_chosen.emit("restore.profile", name))
        self.people.new_wanted.connect(self.people_wanted)
        _add_labelled(column, self.tr("&Person"), self.people)

    def _add_amounts(self, column: QVBoxLayout) -> None:
        column.addSpacing(10)
        self.light = AmountSlider(
            self.tr("&Light"),
            self.tr("Light, in percent"),
            self.tr("How much darkness is lifted, in the whole picture."),
        )
        self.light.chosen.connect(lambda value: self.setting_chosen.emit("restore.light", value))
        self.retouch = AmountSlider(
            self.tr("&Retouch"),
            self.tr("Retouch, in percent"),
            self.tr("How much noise and blur are removed."),
        )
        self.retouch.chosen.connect(
            lambda value: self.setting_chosen.emit("restore.retouch", value)
        )
        column.addWidget(self.light)
        column.addSpacing(4)
        column.addWidget(self.retouch)

    def _add_views(self, column: QVBoxLayout) -> None:
        column.addSpacing(12)
        self.compare = QCheckBox(self.tr("Show &before and after"))
        self.compare.setChecked(self._preferences.compares)
        self.compare.toggled.connect(self._choose_compare)
        self.mirror = QCheckBox(self.tr("&Mirror the preview"))
        self.mirror.setToolTip(
            self.tr("Only your preview is mirrored; others see you the right way round.")
        )
        self.mirror.setChecked(self._preferences.mirrored)
        self.mirror.toggled.connect(self._choose_mirror)
        self.hold = QPushButton(self.tr("&Hold to see the original"))
        self.hold.pressed.connect(lambda: self.preview.hold(True))
        self.hold.released.connect(lambda: self.preview.hold(False))
        self.hold.setAutoDefault(False)
        self.framing = QCheckBox(self.tr("&Follow my face"))
        self.framing.setToolTip(self.tr("A gentle crop keeps your face in the middle."))
        self.framing.clicked.connect(
            lambda on: self.setting_chosen.emit("output.auto_framing", bool(on))
        )
        for widget in (self.framing, self.compare, self.mirror):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(self.hold)
        blur = QLabel(self.tr("Your meeting can blur the background itself."))
        blur.setProperty("role", "small")
        blur.setWordWrap(True)
        column.addWidget(blur)

    def _empty_words(self, phase: Phase) -> str:
        match phase:
            case Phase.STARTING | Phase.RESTARTING:
                return self.tr("One moment …")
            case Phase.FAILED:
                return self.tr("No picture")
        return self.tr("Press Start to see yourself.")

    def _show_words(self, words: StatusText) -> None:
        self.condition.setText("●  " + words.text)
        set_property(self.condition, "tone", words.tone.value)

    def _start_or_stop(self) -> None:
        self.start_wanted.emit(self._phase not in ACTIVE)

    def _choose_compare(self, on: bool) -> None:
        self._preferences.compares = on
        self.preview.set_compares(on)

    def _choose_mirror(self, on: bool) -> None:
        self._preferences.mirrored = on
        self.preview.set_mirrored(on)


def _add_labelled(column: QVBoxLayout, text: str, widget: QWidget) -> None:
    label = QLabel(text)
    label.setBuddy(widget)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    column.addWidget(label)
    column.addWidget(widget)
