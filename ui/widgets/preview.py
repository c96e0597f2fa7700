"""The live picture, before and after, with a divider that can be dragged."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QFont,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PyQt6.QtWidgets import QSizePolicy, QWidget

from nasfe_cam.control.client.preview_reader import PreviewPair
from ui.style.images import image_over
from ui.style.theme import current_colours

_POLL_MILLISECONDS = 16
_KEY_STEP = 0.05
_GRIP = 14.0
_RADIUS = 10.0
_MARGIN = 12
_WIDE = 16 / 9


class Preview(QWidget):
    """Shows the newest picture while it is visible; asks for none otherwise.

    Signals:
        wanted: pictures are (True) or are no longer (False) looked at.
        pictured: a picture is on the screen for the first time since `clear`.

    Args:
        newest: gives the newest picture, or None if there is no new one.
    """

    wanted = pyqtSignal(bool)
    pictured = pyqtSignal()

    def __init__(
        self, newest: Callable[[], PreviewPair | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._newest = newest
        self._pair: PreviewPair | None = None
        self._told = False
        self._divider = 0.5
        self._compares = True
        self._holds = False
        self._mirrored = True
        self._live = False
        self._message = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MILLISECONDS)
        self._timer.timeout.connect(self._poll)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(320, 180)
        self.setAccessibleName(self.tr("Preview"))
        self.setAccessibleDescription(
            self.tr("Left and right move the divider. Hold the space bar to see the original.")
        )

    @property
    def pair(self) -> PreviewPair | None:
        """The pictures on the screen."""
        return self._pair

    @property
    def divider(self) -> float:
        """Where the untouched picture ends, 0..1 of the width."""
        return self._divider

    def set_divider(self, place: float) -> None:
        """Move the divider."""
        self._divider = min(1.0, max(0.0, place))
        self.update()

    def set_compares(self, on: bool) -> None:
        """Show the divider with the untouched picture before it, or the restored one only."""
        self._compares = on
        self.update()

    def hold(self, on: bool) -> None:
        """Show the untouched picture only, while this is on."""
        self._holds = on
        self.update()

    def set_mirrored(self, on: bool) -> None:
        """Show the picture as a mirror would; only here, never to others."""
        self._mirrored = on
        self.update()

    def set_live(self, on: bool) -> None:
        """Take new pictures; off, what is left of a camera that has ended is not shown."""
        self._live = on

    def clear(self, message: str) -> None:
        """Forget the picture and show a sentence."""
        self._pair = None
        self._told = False
        self._message = message
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(720, 405)

    def heightForWidth(self, width: int) -> int:
        return round(width / self._proportion())

    # Pictures --------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self._timer.start()
        self.wanted.emit(True)

    def hideEvent(self, event: QHideEvent | None) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self.wanted.emit(False)

    def _poll(self) -> None:
        pair = self._newest()
        if pair is not None and self._live:
            resized = self._pair is None or self._pair.restored.shape != pair.restored.shape
            self._pair = pair
            if resized:
                self.updateGeometry()
            self.update()

    # Drawing ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        frame = self._frame()
        path = QPainterPath()
        path.addRoundedRect(frame, _RADIUS, _RADIUS)
        painter.save()
        painter.setClipPath(path)
        if self._pair is None:
            self._draw_message(painter, frame)
        else:
            self._draw_pair(painter, frame, self._pair)
        painter.restore()
        if self.hasFocus():
            painter.setPen(QPen(QColor(current_colours().accent), 2))
            painter.drawPath(path)
        painter.end()
        if self._pair is not None and not self._told:
            self._told = True
            self.pictured.emit()

    def _frame(self) -> QRectF:
        """Where the picture is: as large as fits, in its own proportions."""
        proportion = self._proportion()
        width = min(self.width() - 2.0, (self.height() - 2.0) * proportion)
        height = width / proportion
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _proportion(self) -> float:
        """Width over height of the picture."""
        if self._pair is None:
            return _WIDE
        height, width = self._pair.restored.shape[:2]
        return float(width / height)

    def _draw_message(self, painter: QPainter, frame: QRectF) -> None:
        colours = current_colours()
        painter.fillRect(frame, QColor(colours.raised))
        painter.setPen(QColor(colours.muted))
        inside = frame.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(inside, int(flags), self._message)

    def _draw_pair(self, painter: QPainter, frame: QRectF, pair: PreviewPair) -> None:
        share = 1.0 if self._holds else self._divider if self._compares else 0.0
        middle = frame.left() + share * frame.width()
        before = QRectF(frame.left(), frame.top(), middle - frame.left(), frame.height())
        after = QRectF(middle, frame.top(), frame.right() - middle, frame.height())
        self._draw_part(painter, pair.untouched, frame, before)
        self._draw_part(painter, pair.restored, frame, after)
        if self._compares and not self._holds:
            self._draw_divider(painter, frame, middle)
        if self._compares or self._holds:
            self._draw_label(painter, before, self.tr("Before"), at_left=True)
            self._draw_label(painter, after, self.tr("After"), at_left=False)

    def _draw_part(
        self, painter: QPainter, pixels: NDArray[np.uint8], frame: QRectF, part: QRectF
    ) -> None:
        if part.width() <= 0:
            return
        painter.save()
        painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
        if self._mirrored:
            painter.translate(frame.left() + frame.right(), 0)
            painter.scale(-1, 1)
        painter.drawImage(frame, image_over(pixels))
        painter.restore()

    def _draw_divider(self, painter: QPainter, frame: QRectF, x: float) -> None:
        painter.setPen(QPen(QColor(0, 0, 0, 90), 4))
        painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
        painter.setPen(QPen(QColor("white"), 2))
        painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
        centre = QPointF(x, frame.center().y())
        painter.setPen(QPen(QColor(0, 0, 0, 90), 1))
        painter.setBrush(QColor("white"))
        painter.drawEllipse(centre, _GRIP, _GRIP)
        painter.setPen(QPen(QColor("#1a1d21"), 2))
        for side in (-1, 1):
            tip = centre + QPointF(side * 8, 0)
            painter.drawLine(tip, tip + QPointF(-side * 4, -4))
            painter.drawLine(tip, tip + QPointF(-side * 4, 4))

    def _draw_label(self, painter: QPainter, part: QRectF, text: str, at_left: bool) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        size = painter.fontMetrics().size(0, text)
        width, height = size.width() + 18.0, size.height() + 8.0
        if part.width() < width + 2 * _MARGIN:
            return
        left = part.left() + _MARGIN if at_left else part.right() - _MARGIN - width
        pill = QRectF(left, part.top() + _MARGIN, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 165))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(QColor("white"))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)

    # Hands -----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        self._drag(event)

    def _drag(self, event: QMouseEvent | None) -> None:
        if event is None or not self._compares or self._pair is None:
            return
        if event.buttons() & Qt.MouseButton.LeftButton:
            frame = self._frame()
            self.set_divider((event.position().x() - frame.left()) / frame.width())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        match event.key():
            case Qt.Key.Key_Left:
                self.set_divider(self._divider - _KEY_STEP)
            case Qt.Key.Key_Right:
                self.set_divider(self._divider + _KEY_STEP)
            case Qt.Key.Key_Space:
                self.hold(True)
            case _:
                super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.hold(False)
        else:
            super().keyReleaseEvent(event)
