"""The window's own preferences; the camera's settings are in their own file."""

from __future__ import annotations

from PyQt6.QtCore import QByteArray, QSettings

from ui.style.theme import Theme


class Preferences:
    """Kept in the platform's place for such things; each value has a default.

    Args:
        path: an INI file instead of that place.
    """

    def __init__(self, path: str | None = None) -> None:
        self._store = (
            QSettings("nasfe-cam", "window")
            if path is None
            else QSettings(path, QSettings.Format.IniFormat)
        )

    @property
    def mirrored(self) -> bool:
        """Whether the preview is shown as a mirror would."""
        return self._truth("mirrored", True)

    @mirrored.setter
    def mirrored(self, on: bool) -> None:
        self._store.setValue("mirrored", on)

    @property
    def compares(self) -> bool:
        """Whether the preview shows before and after."""
        return self._truth("compares", True)

    @compares.setter
    def compares(self, on: bool) -> None:
        self._store.setValue("compares", on)

    @property
    def guided(self) -> bool:
        """Whether the guide of the first start was seen."""
        return self._truth("guided", False)

    @guided.setter
    def guided(self, on: bool) -> None:
        self._store.setValue("guided", on)

    @property
    def told_of_tray(self) -> bool:
        """Whether the user was told that the closed window lives on in the tray."""
        return self._truth("told_of_tray", False)

    @told_of_tray.setter
    def told_of_tray(self, on: bool) -> None:
        self._store.setValue("told_of_tray", on)

    @property
    def language(self) -> str:
        """Such as "de"; empty for that of the desktop."""
        return str(self._store.value("language", ""))

    @language.setter
    def language(self, code: str) -> None:
        self._store.setValue("language", code)

    @property
    def theme(self) -> Theme:
        """Light, dark, or that of the desktop."""
        value = str(self._store.value("theme", ""))
        return Theme(value) if value in set(Theme) else Theme.DESKTOP

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._store.setValue("theme", theme.value)

    @property
    def keeps_photos(self) -> bool:
        """Whether profiles keep small copies of the photos."""
        return self._truth("keeps_photos", True)

    @keeps_photos.setter
    def keeps_photos(self, on: bool) -> None:
        self._store.setValue("keeps_photos", on)

    @property
    def geometry(self) -> QByteArray:
        """Of the window; empty before it was first closed."""
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("geometry", geometry)

    def write(self) -> None:
        """Write what was changed now, not when Qt comes to it."""
        self._store.sync()

    def _truth(self, name: str, default: bool) -> bool:
        return bool(self._store.value(name, default, type=bool))
