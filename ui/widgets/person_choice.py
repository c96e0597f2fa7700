"""The choice of the enrolled person."""

from __future__ import annotations

from contextlib import suppress

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QComboBox, QWidget

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.profiles.store import ProfileStore, profiles_folder

_NEW = "\0new"


class PersonChoice(QComboBox):
    """Lists the profiles of this user.

    Signals:
        chosen: a value for `restore.profile`; empty for nobody.
        new_wanted: somebody new is to be enrolled.
    """

    chosen = pyqtSignal(str)
    new_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Person"))
        self._name = ""
        self.activated.connect(self._take)
        self.reload()

    def show_name(self, name: str) -> None:
        """Show this person as the one that is chosen."""
        if name != self._name or self.currentData() != name:
            self._name = name
            self.reload()

    def reload(self) -> None:
        """Read the list of profiles again."""
        self.clear()
        self.addItem(self.tr("No profile"), "")
        # Why there are none, the page of people says.
        with suppress(NasfeError):
            for name in ProfileStore(profiles_folder()).names():
                self.addItem(name, name)
        if self.findData(self._name) < 0:
            self.addItem(self.tr("{name} (missing)").format(name=self._name), self._name)
        self.insertSeparator(self.count())
        self.addItem(self.tr("Add a person …"), _NEW)
        self.setCurrentIndex(self.findData(self._name))

    def _take(self, index: int) -> None:
        data = self.itemData(index)
        if data == _NEW:
            self.setCurrentIndex(self.findData(self._name))
            self.new_wanted.emit()
        elif isinstance(data, str) and data != self._name:
            self._name = data
            self.chosen.emit(data)
