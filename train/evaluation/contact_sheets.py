"""Contact sheets: every row a picture, every column the result of one method."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np

from nasfe_cam.core.atomic_files import output_file_error, write_bytes
from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.frame import FloatArray, Image

ROWS = 6
_REPOSITORY = Path(__file__).parent.parent.parent
_MARGIN, _LINE = 4, 18
_WHITE, _BLACK = 255, (0, 0, 0)


class SheetsInRepository(NasfeError):
    code = "sheets-in-repository"
    text = "Contact sheets show photos of people, and {folder} lies in the repository."
    remedy = "Give --sheets a folder outside of it."

    folder: Path


class ContactSheets:
    """Writes `<name>-<number>.jpg` files of six rows; what is not full is written by `close`.

    Args:
        folder: is made where it is missing.
        name: of the set of pictures.

    Raises:
        SheetsInRepository: the folder lies in this project.
        OutputFileFailed: it cannot be made.
    """

    def __init__(self, folder: Path, name: str) -> None:
        check_outside(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise output_file_error(folder, error) from None
        self._folder = folder
        self._name = name.replace(" ", "-")
        self._written = 0
        self._rows: list[Image] = []

    def add(self, title: str, pictures: Mapping[str, FloatArray]) -> None:
        """Add a row.

        Args:
            title: stands above it.
            pictures: H x W x 3 float32, RGB, 0..1 each, all of one size, by method.
        """
        cells = [_cell(label, picture) for label, picture in pictures.items()]
        self._rows.append(np.vstack([_text(title, _width(cells)), np.hstack(cells)]))
        if len(self._rows) == ROWS:
            self._write()

    def close(self) -> None:
        """Write the rows that are left."""
        if self._rows:
            self._write()

    def _write(self) -> None:
        width = max(row.shape[1] for row in self._rows)
        # A picture of somebody who is not enrolled has fewer columns.
        rows = [
            cv2.copyMakeBorder(
                row, 0, 0, 0, width - row.shape[1], cv2.BORDER_CONSTANT, value=(_WHITE,) * 3
            )
            for row in self._rows
        ]
        encoded = cv2.imencode(".jpg", np.vstack(rows), [cv2.IMWRITE_JPEG_QUALITY, 90])[1]
        write_bytes(self._folder / f"{self._name}-{self._written:02d}.jpg", encoded.tobytes())
        self._rows = []
        self._written += 1


def check_outside(folder: Path) -> None:
    """Raises SheetsInRepository where a sheet could be committed by mistake."""
    if folder.resolve().is_relative_to(_REPOSITORY.resolve()):
        raise SheetsInRepository(folder)


def _cell(label: str, picture: FloatArray) -> Image:
    levels = np.asarray(np.round(np.clip(picture, 0, 1) * 255), np.uint8)[..., ::-1]
    framed = cv2.copyMakeBorder(levels, 0, 0, 0, _MARGIN, cv2.BORDER_CONSTANT, value=(_WHITE,) * 3)
    return np.vstack([_text(label, framed.shape[1]), np.asarray(framed, np.uint8)])


def _text(text: str, width: int) -> Image:
    line = np.full((_LINE, width, 3), _WHITE, np.uint8)
    cv2.putText(line, text, (2, _LINE - 5), cv2.FONT_HERSHEY_SIMPLEX, 0.42, _BLACK, 1, cv2.LINE_AA)
    return line


def _width(cells: list[Image]) -> int:
    return sum(cell.shape[1] for cell in cells)
