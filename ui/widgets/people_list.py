"""The enrolled people, and what can be done with them."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QListWidget,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.core.errors import NasfeError, ProfileExists, ProfileOutdated
from nasfe_cam.core.user_files import home_folder
from nasfe_cam.profiles.store import SUFFIX, ProfileStore, profiles_folder
from nasfe_cam.profiles.transfer import export_profile, import_profile
from ui.i18n.translated_statements import worded
from ui.services.tasks import run_in_background

_FILLER = 3
_SPACING = 8
_BORDER = 2


class PeopleList(QFrame):
    """Lists the profiles.

    Signals:
        changed: a profile came or went.
        deleted: name of one that went.
        chosen: name of the person as whom the user wants to be restored.
        trouble: a `NasfeError`.
    """

    changed = pyqtSignal()
    deleted = pyqtSignal(str)
    chosen = pyqtSignal(str)
    trouble = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        heading = QLabel(self.tr("Enrolled people"))
        heading.setProperty("role", "heading")
        self.list = QListWidget()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Enrolled people"))
        self.list.currentRowChanged.connect(self._show_selected)
        self.empty = QLabel()
        self.empty.setProperty("role", "muted")
        self.empty.setWordWrap(True)
        self.about = QLabel()
        self.about.setProperty("role", "small")
        self.about.setWordWrap(True)
        self.use = QPushButton(self.tr("Use"))
        self.use.clicked.connect(lambda: self.chosen.emit(self._name()))
        self.export = QPushButton(self.tr("Export …"))
        self.export.clicked.connect(self._export)
        self.delete = QPushButton(self.tr("Delete …"))
        self.delete.clicked.connect(self._delete)
        take = QPushButton(self.tr("Import …"))
        take.clicked.connect(self._import)
        self.rebuild = QPushButton(self.tr("Rebuild from the stored photos"))
        self.rebuild.clicked.connect(self._rebuild)
        buttons = QGridLayout()
        buttons.setSpacing(_SPACING)
        for number in range(2):
            buttons.setColumnStretch(number, 1)
        self._buttons = (self.use, self.delete, self.export, take)
        for number, button in enumerate(self._buttons):
            buttons.addWidget(button, number // 2, number % 2)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        column.addWidget(self.about)
        column.addWidget(self.rebuild)
        column.addLayout(buttons)
        self.reload()

    def needed_width(self) -> int:
        """Of the two columns of buttons, in this language; in pixels."""
        margins = self._column.contentsMargins()
        for button in self._buttons:
            button.ensurePolished()
        widest = max(button.sizeHint().width() for button in self._buttons)
        return 2 * (widest + _BORDER) + _SPACING + margins.left() + margins.right()

    def reload(self, select: str = "") -> None:
        """Read the list again."""
        names: list[str] = []
        self.empty.setText(self.tr("Nobody yet. The camera also works without."))
        try:
            names = _store().names()
        except NasfeError as error:
            self.empty.setText(worded(error))
        wanted = select or self._name()
        self.list.clear()
        self.list.addItems(names)
        self.list.setVisible(bool(names))
        # Without a list, what is under it must not spread.
        self._column.setStretch(_FILLER, 0 if names else 1)
        self.empty.setVisible(not names)
        self.list.setCurrentRow(names.index(wanted) if wanted in names else len(names) - 1)
        self._show_selected()

    def _name(self) -> str:
        item = self.list.currentItem()
        return "" if item is None else item.text()

    def _show_selected(self) -> None:
        name = self._name()
        for button in (self.use, self.export, self.delete):
            button.setEnabled(bool(name))
        self.rebuild.hide()
        self.about.setText(self._about(name) if name else "")
        self.about.setVisible(bool(name))

    def _about(self, name: str) -> str:
        try:
            profile = _store().load(name)
            profile.require_extractor(find_model("observer.onnx").sha256)
        except ProfileOutdated as error:
            self.rebuild.setVisible(error.can_be_rebuilt)
            if error.can_be_rebuilt:
                return self.tr("Made by another version of this program.")
            return self.tr("Made by another version of this program. Please choose photos again.")
        except NasfeError:
            return self.tr("This profile cannot be read. Delete it and enrol again.")
        origin = self.tr("From {count} photos, {day}.")
        if profile.photo_count == 1:
            origin = self.tr("From 1 photo, {day}.")
        kept = self.tr("No photos stored.")
        if profile.can_be_rebuilt:
            kept = self.tr("Small copies stored.")
        words = origin.format(count=profile.photo_count, day=f"{profile.created:%Y-%m-%d}")
        return f"{words} {kept}"

    def _rebuild(self) -> None:
        name = self._name()
        self.rebuild.setEnabled(False)

        def done(_result: object = None) -> None:
            self.rebuild.setEnabled(True)
            self.reload(name)
            self.changed.emit()

        def failed(error: NasfeError) -> None:
            done()
            self.trouble.emit(error)

        run_in_background(self, lambda task: _rebuild(name), done, failed)

    def _delete(self) -> None:
        name = self._name()
        question = self.tr("Delete {name} and the stored photos for good?")
        answer = QMessageBox.question(self, self.tr("Delete"), question.format(name=name))
        if answer == QMessageBox.StandardButton.Yes:
            try:
                _store().delete(name)
                self.deleted.emit(name)
            except NasfeError as error:
                self.trouble.emit(error)
            self.reload()
            self.changed.emit()

    def _export(self) -> None:
        name = self._name()
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export"), str(home_folder() / f"{name}{SUFFIX}"), f"*{SUFFIX}"
        )
        if path:
            try:
                export_profile(_store(), name, Path(path), overwrite=True)
            except NasfeError as error:
                self.trouble.emit(error)

    def _import(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Import"), str(home_folder()), f"*{SUFFIX}"
        )
        if path:
            self.take_over(Path(path))

    def take_over(self, path: Path) -> None:
        """Import a profile; asks before another of the same name is replaced."""
        try:
            profile = import_profile(_store(), path)
        except ProfileExists:
            question = self.tr("A person with this name already exists. Replace it?")
            answer = QMessageBox.question(self, self.tr("Import"), question)
            if answer != QMessageBox.StandardButton.Yes:
                return
            try:
                profile = import_profile(_store(), path, overwrite=True)
            except NasfeError as error:
                self.trouble.emit(error)
                return
        except NasfeError as error:
            self.trouble.emit(error)
            return
        self.reload(profile.name)
        self.changed.emit()


def _rebuild(name: str) -> None:
    """Make a profile anew from its kept photos; raises NasfeError."""
    # Imported here: the networks' libraries take seconds, and most starts need none.
    from nasfe_cam.enrolment.build_profile import rebuild_profile
    from nasfe_cam.restoration.observer import Extractor

    store, model = _store(), find_model("observer.onnx")
    profile = store.load(name)
    extractor = Extractor(model)
    try:
        store.save(rebuild_profile(profile, extractor, model.sha256))
    finally:
        extractor.close()


def _store() -> ProfileStore:
    return ProfileStore(profiles_folder())
