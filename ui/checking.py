"""What `nasfe-cam doctor` finds on this computer, in a window."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nasfe_cam.errors import NasfeError
from ui.background import run_in_background
from ui.icon_widgets import IconLabel
from ui.words_dialog import WordsDialog

_SECONDS = 120.0
_MARKS = {"ok": ("check", "good"), "note": ("cross", "warning"), "problem": ("cross", "bad")}


class ComputerNotChecked(NasfeError):
    def __init__(self) -> None:
        super().__init__(
            "This computer could not be checked. Run in a terminal to see why: nasfe-cam doctor"
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: "ok", "note" or "problem", what was found, and what to do."""

    name: str
    status: str
    line: str
    next_step: str


def check_computer(config: Path | None) -> list[Finding]:
    """Run the diagnosis in a process of its own; raises ComputerNotChecked."""
    command = [sys.executable, "-P", "-m", "nasfe_cam", "doctor", "--json"]
    command += [] if config is None else ["--config", str(config)]
    try:
        # Exit code 1 is a finding too.
        done = subprocess.run(
            command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
        return [Finding(**check) for check in json.loads(done.stdout)["checks"]]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError):
        raise ComputerNotChecked from None


class CheckDialog(WordsDialog):
    """Shows every finding with its next step.

    Args:
        config: settings file; None for that of the user.
    """

    def __init__(self, config: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Check this computer"))
        self.setMinimumWidth(640)
        self.words = QLabel(self.tr("Looking at cameras, networks and settings …"))
        self.words.setWordWrap(True)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(8)
        self._rows.setColumnStretch(2, 1)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(self.words)
        column.addLayout(self._rows)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        run_in_background(
            self, lambda task: check_computer(config), self.show_findings, self._show_failure
        )

    def show_findings(self, findings: list[Finding]) -> None:
        """Show these findings."""
        troubles = sum(finding.status == "problem" for finding in findings)
        self.words.setText(
            self.tr("Problems found: {count}.").format(count=troubles)
            if troubles
            else self.tr("Everything is in order.")
        )
        for row, finding in enumerate(findings):
            icon, ink = _MARKS.get(finding.status, _MARKS["note"])
            text = "\n".join(part for part in (finding.line, finding.next_step) if part)
            words = QLabel(text)
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._rows.addWidget(IconLabel(icon, ink, 20), row, 0, Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(QLabel(finding.name), row, 1, Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(words, row, 2)

    def _show_failure(self, error: NasfeError) -> None:
        self.words.setText(str(error))
