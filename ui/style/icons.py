"""The pictures of the window: drawn here, in any colour and size."""

from __future__ import annotations

from PyQt6.QtCore import QByteArray, QRectF, Qt
from PyQt6.QtGui import QColor, QIcon, QPainter, QPixmap
from PyQt6.QtSvg import QSvgRenderer

_SIZES = (24, 48, 96)

_LINES = {
    "camera": "<rect x='2.5' y='6' width='13' height='12' rx='2.5'/>"
    "<path d='M15.5 10.5l6-3.5v10l-6-3.5z'/>",
    "people": "<circle cx='12' cy='8' r='4'/><path d='M4 20.5c.8-4.2 4-6 8-6s7.2 1.8 8 6'/>",
    "settings": "<path d='M4 7h9M17 7h3M4 12h3M11 12h9M4 17h9M17 17h3'/>"
    "<circle cx='15' cy='7' r='2'/><circle cx='9' cy='12' r='2'/><circle cx='15' cy='17' r='2'/>",
    "close": "<path d='M6 6l12 12M18 6L6 18'/>",
    "check": "<path d='M5 12.5l4.5 4.5L19 7.5'/>",
    "cross": "<circle cx='12' cy='12' r='9'/><path d='M12 7.5v5.5M12 16v.5'/>",
    "photos": "<rect x='3' y='5' width='18' height='14' rx='2.5'/>"
    "<circle cx='8.5' cy='10' r='1.6'/><path d='M4 18l5.5-5 3.5 3 3-2.5 4.5 4'/>",
}

_APPLICATION = """<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 64'>
<rect x='3' y='3' width='58' height='58' rx='15' fill='#2257c5'/>
<circle cx='32' cy='32' r='19' fill='none' stroke='#ffffff' stroke-width='4'/>
<path d='M32 13a19 19 0 0 1 0 38z' fill='#ffffff'/>
<circle cx='25.5' cy='28' r='2.6' fill='#ffffff'/><circle cx='38.5' cy='28' r='2.6' fill='#2257c5'/>
<path d='M24 37.5c2.2 3 5 4.4 8 4.4' fill='none' stroke='#ffffff' stroke-width='3'
 stroke-linecap='round'/>
<path d='M40 37.5c-2.2 3-5 4.4-8 4.4' fill='none' stroke='#2257c5' stroke-width='3'
 stroke-linecap='round'/></svg>"""


def line_icon(name: str, colour: str, checked: str | None = None) -> QIcon:
    """An icon of thin lines.

    Args:
        name: "camera", "people", "settings", "close", "check", "cross" or "photos".
        colour: such as "#57606b".
        checked: colour while a button with it is checked; None for the same.
    """
    icon = QIcon()
    for state, ink in ((QIcon.State.Off, colour), (QIcon.State.On, checked or colour)):
        svg = (
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><g fill='none' "
            f"stroke='{QColor(ink).name()}' stroke-width='1.8' stroke-linecap='round' "
            f"stroke-linejoin='round'>{_LINES[name]}</g></svg>"
        )
        for size in _SIZES:
            icon.addPixmap(_drawn(svg, size), QIcon.Mode.Normal, state)
    return icon


def application_icon() -> QIcon:
    """The icon of the program."""
    icon = QIcon()
    for size in (*_SIZES, 256):
        icon.addPixmap(_drawn(_APPLICATION, size))
    return icon


def application_svg() -> str:
    """The icon of the program as a picture file, for the desktop."""
    return _APPLICATION


def _drawn(svg: str, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
