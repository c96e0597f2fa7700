"""The window: the list of pages and the open page. It controls the camera, and computes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt6.QtCore import QEvent, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nasfe_cam.config.names import SettingValue, live_settings, setting_values
from nasfe_cam.config.settings import Settings
from nasfe_cam.control.client.camera_state import CameraState, Phase
from nasfe_cam.control.protocol.messages import ErrorRecord, Status
from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.statement import Statement
from nasfe_cam.core.text.reasons import reason_of
from nasfe_cam.virtual_camera.installation import can_be_installed
from nasfe_cam.virtual_camera.state import find_virtual_camera
from ui.dialogs.camera_installation import InstallDialog
from ui.dialogs.computer_check import CheckDialog
from ui.dialogs.guide import GuideDialog
from ui.i18n.error_actions import Problem, Remedy, problem_of
from ui.i18n.languages import wanted_language
from ui.i18n.translated_statements import reason_words, worded
from ui.pages.camera_page import CameraPage
from ui.pages.page_rail import PageRail
from ui.pages.people_page import PeoplePage
from ui.pages.settings_page import SettingsPage
from ui.services.autostart import set_start_with_computer, starts_with_computer
from ui.services.camera_proxy import Camera
from ui.services.preferences import Preferences
from ui.services.settings_model import SettingsModel
from ui.style.icons import application_icon
from ui.style.theme import Theme, choose_theme
from ui.tray import Tray
from ui.widgets.banner import Banner

CAMERA, PEOPLE, SETTINGS = range(3)

_KEPT_BY_RESET = ("source.source", "restore.profile")

_LOOK_FOR_CAMERAS_MILLISECONDS = 4000


class CameraWindow(QMainWindow):
    """The main window; closing it leaves the camera running.

    Signals:
        quit_wanted: the program is to end.

    Args:
        arguments: options of `nasfe-cam run` that count beside the settings file.
        config: the settings file; None for that of the user.
        preferences: of the window itself.
    """

    quit_wanted = pyqtSignal()

    def __init__(
        self,
        arguments: Sequence[str] = (),
        config: Path | None = None,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__()
        self._preferences = preferences or Preferences()
        self._config = config
        self.settings = SettingsModel(config, self)
        self._restarts = False
        self._quits = False
        given = [] if config is None else ["--config", str(config)]
        self.camera = Camera([*given, *arguments], self)
        self.setWindowTitle("NASFE Camera")
        self.setWindowIcon(application_icon())
        self.resize(1180, 580)
        self.restoreGeometry(self._preferences.geometry)
        self._make_pages()
        self.tray = Tray(self)
        self._connect()
        self.settings.read()
        self.tray.show_state(CameraState(Phase.STOPPED), None)
        self.camera.begin()
        self.camera_page.button.setFocus()
        QTimer.singleShot(_LOOK_FOR_CAMERAS_MILLISECONDS, self.camera_page.cameras.look)

    def start_camera(self, preview_only: bool = False) -> None:
        """Have a camera run.

        Args:
            preview_only: without the virtual camera.
        """
        self.settings.save()
        self.banner.clear()
        self.settings_page.show_restart_needed(False)
        self.camera.start(["--output", "none"] if preview_only else [])

    def choose_setting(self, name: str, value: SettingValue) -> None:
        """Change a setting: in the file, and in the running camera where it can take it up."""
        try:
            self.settings.choose(name, value)
        except NasfeError as error:
            self.banner.show_problem(problem_of(error))
            self.settings_page.show_value_again(name)
            return
        if name in live_settings():
            self.camera.change(name, value)
        elif self.camera.active:
            self.settings_page.show_restart_needed(True)

    def welcome(self) -> None:
        """Show the guide, if this is the first start."""
        if self._preferences.guided:
            return
        self._preferences.guided = True
        label = self.settings.now.output.label
        missing = can_be_installed() and not find_virtual_camera(label).present
        guide = GuideDialog(self, camera_missing=missing)
        guide.install_wanted.connect(lambda: self._install(guide.show_installed, guide))
        guide.photos_wanted.connect(lambda: self._open(PEOPLE))
        guide.start_wanted.connect(self.start_camera)
        guide.open()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Hide in the tray where there is one; the camera goes on in any case."""
        self._preferences.geometry = self.saveGeometry()
        self.settings.save()
        if self.tray.available and not self._quits:
            self.hide()
            if not self._preferences.told_of_tray:
                self._preferences.told_of_tray = True
                self.tray.say(self.tr("The camera keeps running. Open the window again from here."))
            if event is not None:
                event.ignore()
            return
        self.let_go()
        super().closeEvent(event)
        self.quit_wanted.emit()

    def let_go(self) -> None:
        """End what the window does in the background; the camera goes on."""
        self.settings.save()
        self.people_page.close_work()
        self.camera.close()
        self.tray.icon.hide()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.WindowStateChange:
            self._look(self.camera_page.preview.isVisible())

    # Making ----------------------------------------------------------------------------

    def _make_pages(self) -> None:
        self.banner = Banner()
        self.camera_page = CameraPage(self.camera, self._preferences)
        self.people_page = PeoplePage(self.camera, lambda: self.settings.now)
        self.settings_page = SettingsPage()
        self.pages = QStackedWidget()
        for page in (self.camera_page, self.people_page, self.settings_page):
            self.pages.addWidget(page)
        self.rail = PageRail(
            (
                ("camera", self.tr("Camera")),
                ("people", self.tr("People")),
                ("settings", self.tr("Settings")),
            )
        )
        self.rail.chosen.connect(self._open)
        notices = QVBoxLayout()
        notices.setContentsMargins(24, 16, 24, 0)
        notices.addWidget(self.banner)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(notices)
        right.addWidget(self.pages, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        camera, page = self.camera, self.camera_page
        self.settings.changed.connect(self._show_settings)
        self.settings.trouble.connect(lambda error: self.banner.show_problem(problem_of(error)))
        camera.state_changed.connect(self._show_state)
        camera.status_changed.connect(self._show_status)
        camera.error_told.connect(self._show_error)
        camera.change_refused.connect(self._show_refusal)
        page.preview.wanted.connect(self._look)
        page.start_wanted.connect(self._start_or_stop)
        page.setting_chosen.connect(self.choose_setting)
        page.people_wanted.connect(lambda: self._open(PEOPLE))
        self.people_page.changed.connect(page.people.reload)
        self.people_page.person_chosen.connect(self._use_person)
        self.people_page.person_deleted.connect(self._forget_person)
        self.people_page.trouble.connect(lambda error: self._show_problem(problem_of(error)))
        self.settings_page.setting_chosen.connect(self.choose_setting)
        self.settings_page.restart_wanted.connect(self._restart)
        self.settings_page.reset_wanted.connect(self._reset_settings)
        self.settings_page.check_wanted.connect(lambda: self._help(Remedy.CHECK))
        self.settings_page.autostart_chosen.connect(self._set_autostart)
        self.settings_page.language_chosen.connect(self._set_language)
        self.settings_page.theme_chosen.connect(self._set_theme)
        for page_with_photos in (self.settings_page, self.people_page):
            page_with_photos.keeping_chosen.connect(self._set_keeping)
        self.banner.chosen.connect(self._help)
        self.tray.window_wanted.connect(self.come_forward)
        self.tray.start_wanted.connect(self._start_or_stop)
        self.tray.retouch_chosen.connect(
            lambda amount: self.choose_setting("restore.retouch", amount)
        )
        self.tray.quit_wanted.connect(self._quit)
        for number in range(self.pages.count()):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            shortcut.activated.connect(lambda number=number: self._open(number))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Quit), self).activated.connect(self._quit)

    # What the camera tells -------------------------------------------------------------

    def _show_state(self, state: CameraState) -> None:
        self.camera_page.show_state(state, self.camera.status)
        self.tray.show_state(state, self.camera.status)
        if state.phase is Phase.FAILED:
            if state.problem is not None:
                self.banner.show_problem(problem_of(state.problem))
            self.come_forward()
        elif state.phase is Phase.RUNNING:
            self.banner.clear()
        elif state.phase is Phase.STOPPED and self._restarts:
            self._restarts = False
            self.start_camera()

    def _show_status(self, status: Status) -> None:
        state = self.camera.state
        if state.phase is not Phase.RUNNING:
            return
        self.camera_page.show_status(state, status)
        self.tray.show_state(state, status)
        self.settings.follow(status)

    def _show_error(self, record: ErrorRecord) -> None:
        self._show_problem(problem_of(record.error.statement))

    def show_fault(self, error: NasfeError) -> None:
        """Show a fault of ours; the window goes on."""
        self.banner.show_problem(problem_of(error))

    def _show_problem(self, problem: Problem) -> None:
        # While the camera runs there is nothing to be started again.
        remedies = tuple(one for one in problem.remedies if one is not Remedy.TRY_AGAIN)
        self.banner.show_problem(Problem(problem.text, remedies))

    def _show_refusal(self, name: str, reason: Statement) -> None:
        self._show_problem(problem_of(reason))
        self.settings.forget(name)

    # What the user wants ---------------------------------------------------------------

    def _open(self, number: int) -> None:
        self.rail.show_chosen(number)
        self.pages.setCurrentIndex(number)
        # Not to a button of the page: a frame around it would point there.
        page = self.pages.currentWidget()
        if page is not None:
            page.setFocus()

    def _start_or_stop(self, start: bool) -> None:
        if start:
            self.start_camera()
        else:
            self.camera.stop()

    def _restart(self) -> None:
        self._restarts = True
        self.settings_page.show_restart_needed(False)
        self.camera.stop()

    def _look(self, visible: bool) -> None:
        self.camera.look(visible and not self.isMinimized())

    def _use_person(self, name: str) -> None:
        self.choose_setting("restore.profile", name)
        self.camera_page.people.reload()

    def _forget_person(self, name: str) -> None:
        if self.settings.now.restore.profile == name:
            self._use_person("")

    def _help(self, remedy: Remedy) -> None:
        match remedy:
            case Remedy.TRY_AGAIN:
                self.start_camera()
            case Remedy.PREVIEW_ONLY:
                self.start_camera(preview_only=True)
            case Remedy.INSTALL:
                self._install(self.start_camera, self)
            case Remedy.CHOOSE_CAMERA:
                self._open(CAMERA)
                self.camera_page.cameras.look()
                self.camera_page.cameras.setFocus()
                self.camera_page.cameras.showPopup()
            case Remedy.PEOPLE:
                self._open(PEOPLE)
            case Remedy.SETTINGS:
                self._open(SETTINGS)
            case Remedy.CHECK:
                CheckDialog(self._config, self).open()

    def _install(self, then: Callable[[], object], parent: QWidget) -> None:
        dialog = InstallDialog(self.settings.now.output.label, parent)
        dialog.installed.connect(then)
        dialog.open()

    def _reset_settings(self) -> None:
        now = setting_values(self.settings.now)
        for name, value in setting_values(Settings()).items():
            # Who one is and which camera one has are no settings that can be wrong.
            if name not in _KEPT_BY_RESET and now[name] != value:
                self.choose_setting(name, value)

    def _set_autostart(self, on: bool) -> None:
        try:
            set_start_with_computer(on)
        except (OSError, NasfeError) as error:
            text = self.tr("Starting with the computer could not be changed ({reason}).")
            reason = (
                worded(error) if isinstance(error, NasfeError) else reason_words(reason_of(error))
            )
            self.banner.show_problem(Problem(text.format(reason=reason)))
        self._show_settings()

    def _set_language(self, code: str) -> None:
        self._preferences.language = code

    def _set_theme(self, theme: Theme) -> None:
        self._preferences.theme = theme
        application = QApplication.instance()
        if isinstance(application, QApplication):
            choose_theme(application, theme)

    def _set_keeping(self, on: bool) -> None:
        self._preferences.keeps_photos = on
        self._show_settings()

    def come_forward(self) -> None:
        """Show the window, also from the tray."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _quit(self) -> None:
        self._quits = True
        self.close()

    def _show_settings(self) -> None:
        values = setting_values(self.settings.now)
        self.settings_page.show_values(values)
        own = self._preferences
        self.settings_page.show_own(
            starts_with_computer(), wanted_language(own.language), own.theme, own.keeps_photos
        )
        self.people_page.keep.setChecked(own.keeps_photos)
        for name in live_settings():
            self.camera_page.show_setting(name, values[name])
        self.tray.show_retouch(self.settings.now.restore.retouch)
