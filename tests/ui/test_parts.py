"""The small parts of the window, each for itself."""

from __future__ import annotations

import shlex
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import QObject
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from engine.reasons import Int8InHardware
from nasfe_cam.config.errors import SettingUnknown
from nasfe_cam.control.client.camera_state import CameraState, Phase
from nasfe_cam.control.protocol.errors import CameraSilent
from nasfe_cam.control.protocol.messages import (
    Explanation,
    OutputCondition,
    OutputStatus,
    Percentiles,
    Status,
)
from nasfe_cam.core import errors
from nasfe_cam.core.errors import NasfeError
from nasfe_cam.pacing.quality_ladder import Restraint
from tests.ui.conftest import eventually
from ui.dialogs.camera_installation import InstallDialog
from ui.dialogs.guide import GuideDialog
from ui.i18n.error_actions import Remedy, problem_of
from ui.i18n.status_texts import Tone, device_words, state_words, status_line
from ui.services import autostart
from ui.services.tasks import Task, run_in_background
from ui.style.theme import DARK, LIGHT, Colours
from ui.widgets.elided_label import ElidedLabel
from ui.window import CameraWindow


class Outcome:
    """What a background task told, and in which thread."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.errors: list[NasfeError] = []
        self.news: list[object] = []
        self.cancelled = 0
        self.threads: set[int] = set()

    def run(self, parent: QObject, work: object) -> Task:
        def keep(into: list[object]) -> object:
            def take(value: object) -> None:
                into.append(value)
                self.threads.add(threading.get_ident())

            return take

        def count() -> None:
            self.cancelled += 1

        return run_in_background(
            parent,
            work,  # type: ignore[arg-type]
            keep(self.results),  # type: ignore[arg-type]
            keep(self.errors),  # type: ignore[arg-type]
            keep(self.news),  # type: ignore[arg-type]
            count,
        )


def test_work_ends_with_its_result_or_error_in_the_thread_of_the_window() -> None:
    parent, outcome = QObject(), Outcome()

    def work(task: Task) -> int:
        task.tell("half")
        assert threading.current_thread() is not threading.main_thread()
        return 7

    def refuse(task: Task) -> None:
        raise errors.NothingToEnrol

    def fault(task: Task) -> None:
        raise ZeroDivisionError("no")

    for one in (work, refuse, fault):
        outcome.run(parent, one)
    assert eventually(lambda: len(outcome.results) + len(outcome.errors) == 3, 60)
    assert outcome.results == [7] and outcome.news == ["half"] and outcome.cancelled == 0
    texts = sorted(str(error) for error in outcome.errors)
    assert texts[0] == str(errors.NothingToEnrol()) and "ZeroDivisionError: no" in texts[1]
    assert outcome.threads == {threading.get_ident()}


def test_cancelled_work_ends_at_its_next_word_and_tells_nothing_more() -> None:
    parent, outcome, go_on = QObject(), Outcome(), threading.Event()

    def work(task: Task) -> int:
        go_on.wait(10)
        task.tell("too late")
        return 1

    task = outcome.run(parent, work)
    task.cancel()
    go_on.set()
    assert eventually(lambda: outcome.cancelled == 1, 60)
    assert not (outcome.results or outcome.errors or outcome.news) and not task.running


class SomethingNew(NasfeError):
    code = "something-new"
    text = "Something new."
    remedy = "Do that."


@pytest.mark.parametrize(
    ("error", "said", "remedy"),
    [
        (errors.VirtualCameraMissing("My Cam"), "“My Cam” is not installed", Remedy.INSTALL),
        (errors.VirtualCameraTaken("My Cam", "busy"), "(busy)", Remedy.TRY_AGAIN),
        (errors.CameraNotFound("Nosy"), "“Nosy” was not found", Remedy.TRY_AGAIN),
        (errors.CameraNotFound("It's"), "“It's” was not found", Remedy.TRY_AGAIN),
        (errors.CameraBusy("Nosy"), "“Nosy” gives no picture", Remedy.TRY_AGAIN),
        (errors.CameraForbidden("C", Path("/dev/video0")), "(/dev/video0)", Remedy.CHOOSE_CAMERA),
        (errors.CameraIsOurOutput("NASFE"), "“NASFE” is the virtual", Remedy.CHOOSE_CAMERA),
        (errors.SourceNotFound(Path("/a b.mp4")), "file /a b.mp4.", Remedy.CHOOSE_CAMERA),
        (errors.SourceNotLocal("http://x"), "http://x is a network", Remedy.CHOOSE_CAMERA),
        (
            errors.VideoUnreadable(Path("/v"), "cut"),
            "/v cannot be shown (cut)",
            Remedy.CHOOSE_CAMERA,
        ),
        (errors.ProfileMissing("Ada"), "“Ada” cannot be used", Remedy.PEOPLE),
        (errors.ProfileOutdated("Ada"), "“Ada” cannot be used", Remedy.PEOPLE),
        (SettingUnknown("a.b"), "a.b", Remedy.SETTINGS),
        (SomethingNew(), "Something new. Do that.", Remedy.TRY_AGAIN),
    ],
)
def test_an_error_of_the_camera_is_recognised_and_gets_the_button_that_helps(
    error: NasfeError, said: str, remedy: Remedy
) -> None:
    problem = problem_of(error)
    assert said in problem.text and problem.remedies[0] is remedy
    assert "nasfe-cam " not in problem.text, "no command line for people with a window"


def status(watchers: int | None, condition: OutputCondition = OutputCondition.SHOWING) -> Status:
    return Status(
        fps=24.6,
        latency_ms=Percentiles(p50=41.7, p95=50, p99=60),
        shown=1,
        restored=1,
        carried=0,
        restore_every=1,
        restore_less_because=None,
        dropped={},
        device="CPU",
        device_reasons=(Explanation.of(Int8InHardware().statement),),
        source="0",
        source_lost=False,
        resting=False,
        outputs=(OutputStatus(name="virtual camera", condition=condition, watchers=watchers),),
        viewers=0,
        memory_mb=1,
        running_s=1,
        settings={},
        errors=(),
    )


def test_who_watches_is_said_in_words() -> None:
    running = CameraState(Phase.RUNNING)
    assert state_words(running, status(1)).text == "In use by 1 program"
    assert state_words(running, status(3)).text == "In use by 3 programs"
    assert "nobody is watching" in state_words(running, status(0)).text
    assert state_words(running, status(None)).tone is Tone.GOOD
    assert state_words(running, status(1, OutputCondition.LOST)).tone is Tone.BAD
    paused = state_words(running, status(0, OutputCondition.RESTING))
    assert paused.text == "Nobody is watching: paused" and paused.tone is Tone.IDLE
    assert state_words(CameraState(Phase.RUNNING, CameraSilent().statement), None).tone is Tone.BAD
    assert status_line(status(1)) == "25 pictures per second  ·  42 ms delay  ·  CPU"


def test_one_picture_is_no_pictures() -> None:
    slow = status(1).model_copy(update={"fps": 1.2})
    assert status_line(slow) == "1 picture per second  ·  42 ms delay  ·  CPU"


def test_a_lighter_repair_is_said_with_its_reason() -> None:
    busy = status(1).model_copy(update={"restore_less_because": Restraint.BUSY})
    spared = status(1).model_copy(update={"restore_less_because": Restraint.BATTERY})
    assert "busy" in status_line(busy) and "battery" in status_line(spared)


def test_a_camera_that_repairs_nothing_does_not_pass_for_one_that_does() -> None:
    overloaded = {"restore_less_because": Restraint.BUSY, "restore_every": 0}
    assert status_line(status(1).model_copy(update=overloaded)).startswith("Not repaired: ")
    loading = status(1).model_copy(update={"device": None})
    for words in (status_line(loading), device_words(loading)):
        assert "is starting" in words and "None" not in words


def test_every_phase_has_words_of_its_own() -> None:
    assert len({state_words(CameraState(phase), None).text for phase in Phase}) == len(Phase)


@pytest.mark.skipif(sys.platform != "linux", reason="a desktop entry")
def test_starting_with_the_computer_is_a_desktop_entry_that_comes_and_goes() -> None:
    assert not autostart.starts_with_computer()
    autostart.set_start_with_computer(True)
    assert autostart.starts_with_computer()
    lines = autostart.entry_path().read_text(encoding="utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]" and "Type=Application" in lines
    command = next(line.removeprefix("Exec=") for line in lines if line.startswith("Exec="))
    assert shlex.split(command) == autostart.start_command()
    autostart.set_start_with_computer(False)
    assert not autostart.starts_with_computer()


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_has_enough_contrast(colours: Colours) -> None:
    pairs = [
        (ink, paper)
        for ink in (colours.text, colours.muted, colours.good, colours.warning, colours.bad)
        for paper in (colours.window, colours.surface)
    ]
    pairs += [
        (colours.text, colours.raised),
        (colours.muted, colours.raised),
        (colours.accent, colours.surface),
        (colours.on_accent, colours.accent),
        (colours.on_notice, colours.notice),
    ]
    for ink, paper in pairs:
        assert contrast(ink, paper) >= 4.5, (ink, paper)
    assert contrast(colours.field_border, colours.surface) >= 3, "WCAG 1.4.11"


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_a_line_too_long_for_its_place_ends_in_dots_and_widens_nothing(
    application: QApplication,
) -> None:
    place = QWidget()
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, 0, 0)
    label = ElidedLabel()
    label.setText("22 pictures per second")
    row.addWidget(label)
    label.resize(label.fontMetrics().horizontalAdvance(label.text()) // 2, 60)
    assert label.shown_text.endswith("…") and label.text().startswith(label.shown_text[:-1])
    assert row.minimumSize().width() < label.width()
    label.resize(1000, 60)
    assert label.shown_text == label.text()


@pytest.mark.parametrize("make", [GuideDialog, lambda: InstallDialog("NASFE Camera")])
def test_no_text_of_a_dialog_is_cut_off_on_a_small_screen(
    application: QApplication, make: Callable[[], QDialog]
) -> None:
    dialog = make()
    dialog.show()
    dialog.resize(1, 1)
    QTest.qWait(50)
    for label in dialog.findChildren(QLabel):
        if label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    dialog.close()


def test_screen_readers_are_told_the_text_of_every_label(window: CameraWindow) -> None:
    """A name of its own would be read in the place of the text."""
    dialogs = [GuideDialog(window), InstallDialog("NASFE Camera", window)]
    labels = [one for parent in (window, *dialogs) for one in parent.findChildren(QLabel)]
    assert [one.accessibleName() for one in labels if one.accessibleName()] == []


def test_everything_that_takes_the_keyboard_has_a_name_for_screen_readers(
    window: CameraWindow,
) -> None:
    nameless = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QAbstractButton | QComboBox | QLineEdit):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        inside_spin_box = widget.objectName() == "qt_spinbox_lineedit"
        if not (text or widget.accessibleName() or inside_spin_box):
            nameless.append(widget)
    assert nameless == []
