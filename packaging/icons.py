"""Writes the icon of the program, which is drawn in `ui/style/icons.py`.

python packaging/icons.py FOLDER             an icon theme: SVG, and the usual sizes
python packaging/icons.py nasfe-cam.ico      Windows
python packaging/icons.py nasfe-cam.icns     macOS
"""

from __future__ import annotations

import sys
from pathlib import Path

from PyQt6.QtGui import QGuiApplication

from ui.style.icons import application_icon, application_svg

_THEME_SIZES = (48, 128, 256)
_LARGEST = 256


def main(target: Path) -> None:
    """Entry point."""
    application = QGuiApplication(sys.argv[:1])
    if target.suffix in (".ico", ".icns"):
        _draw(target, _LARGEST)
    else:
        scalable = target / "scalable" / "apps" / "nasfe-cam.svg"
        scalable.parent.mkdir(parents=True)
        scalable.write_text(application_svg(), encoding="utf-8")
        for size in _THEME_SIZES:
            _draw(target / f"{size}x{size}" / "apps" / "nasfe-cam.png", size)
    application.quit()


def _draw(path: Path, size: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not application_icon().pixmap(size).save(str(path)):
        raise OSError(f"The icon could not be written to {path}.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
