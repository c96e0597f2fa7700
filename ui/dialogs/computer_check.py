"""What `nasfe-cam doctor` finds on this computer, in a window."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from pydantic import BaseModel
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.statement import Statement
from nasfe_cam.processes.child_options import NO_WINDOW, child_environment
from ui.dialogs.text_dialog import TextDialog
from ui.i18n.translated_statements import check_name, worded
from ui.services.tasks import run_in_background
from ui.widgets.icon_widgets import IconLabel

_SECONDS = 120.0
_MARKS = {"ok": ("check", "good"), "note": ("cross", "warning"), "problem": ("cross", "bad")}


class ComputerNotChecked(NasfeError):
    code = "computer-not-checked"
    text = "This computer could not be checked."
    remedy = "Run in a terminal to see why: nasfe-cam doctor"


class Finding(BaseModel):
    """One check: what was looked at, "ok", "note" or "problem", and what was found."""

    name: str
    status: str
    line: str
    next_step: str
    found: tuple[Statement, ...]

    @property
    def words(self) -> str:
        """What was found and what to do, in the language of the window."""
        return "\n".join(worded(statement) for statement in self.found)


def check_computer(config: Path | None) -> list[Finding]:
    """Run the diagnosis in a process of its own; raises ComputerNotChecked."""
    command = [sys.executable, "-P", "-m", "nasfe_cam", "doctor", "--json"]
    command += [] if config is None else ["--config", str(config)]
    try:
        # Exit code 1 is a finding too.
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=_SECONDS,
            stdin=subprocess.DEVNULL,
            creationflags=NO_WINDOW,
            env=child_environment(),
            check=False,
        )
        return [Finding.model_validate(check) for check in json.loads(done.stdout)["checks"]]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError):
        raise ComputerNotChecked from None


class CheckDialog(TextDialog):
    """Shows every finding with its next step.

    Args:
        config: settings file; None for that of the user.
    """

    def __init__(self, config: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Check this computer"))
        self.setMinimumWidth(640)
        self.words = QLabel(self.tr("Checking cameras, files and settings …"))
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
            words = QLabel(finding.words)
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._rows.addWidget(IconLabel(icon, ink, 20), row, 0, Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(
                QLabel(check_name(finding.name)), row, 1, Qt.AlignmentFlag.AlignTop
            )
            self._rows.addWidget(words, row, 2)

    def _show_failure(self, error: NasfeError) -> None:
        self.words.setText(worded(error))
