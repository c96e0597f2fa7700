"""The virtual camera is installed from the window."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from nasfe_cam.core.errors import VirtualCameraMissing
from nasfe_cam.virtual_camera.errors import (
    AdministratorDeclined,
    AdministratorNeeded,
    ModuleNotInstalled,
    NobodyAsksForPassword,
    SetupError,
)
from tests.ui.conftest import eventually
from ui.dialogs.camera_installation import InstallDialog
from ui.dialogs.guide import GuideDialog
from ui.i18n.error_actions import Remedy, problem_of, remedy_label
from ui.widgets.banner import Banner

LABEL = "NASFE Camera"


@pytest.fixture
def linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.dialogs.camera_installation.can_be_installed", lambda: True)


@pytest.mark.usefixtures("application", "linux")
def test_install_does_it_in_the_background_and_cannot_be_closed_meanwhile() -> None:
    asked: list[str] = []
    done: list[bool] = []
    go_on = threading.Event()

    def install(label: str) -> None:
        asked.append(label)
        go_on.wait(60)

    dialog = InstallDialog(LABEL, None, install)
    dialog.installed.connect(lambda: done.append(True))
    dialog.show()
    dialog.install.click()
    assert eventually(lambda: asked == [LABEL])
    dialog.close()
    dialog.reject()
    assert dialog.isVisible() and dialog.progress.isVisible() and not dialog.install.isEnabled()
    go_on.set()
    assert eventually(lambda: done) and not dialog.isVisible()


@pytest.mark.usefixtures("application", "linux")
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (AdministratorDeclined(), "Try again, and enter the password"),
        (AdministratorNeeded(), "The right password of an administrator was not given"),
        (NobodyAsksForPassword(), "This desktop cannot ask for the password"),
        (ModuleNotInstalled("E: no network"), "Check the connection to the Internet"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_failed_is_said_there_and_can_be_tried_again(error: SetupError, words: str) -> None:
    def install(_label: str) -> None:
        raise error

    dialog = InstallDialog(LABEL, None, install)
    dialog.show()
    dialog.install.click()
    assert eventually(lambda: words in dialog.state.text())
    assert dialog.isVisible() and dialog.install.isEnabled() and not dialog.progress.isVisible()
    assert "nasfe-cam camera install" in dialog.command.text(), "the second way stays"
    dialog.close()


@pytest.mark.usefixtures("application", "linux")
def test_the_enter_key_installs_and_the_command_works_in_a_new_terminal() -> None:
    dialog = InstallDialog(LABEL, None, lambda _label: None)
    dialog.show()
    assert dialog.focusWidget() is dialog.install
    program = Path(dialog.command.text().removesuffix(" camera install"))
    assert program.name == "nasfe-cam" and (program.is_file() or shutil.which(program))
    dialog.close()


@pytest.mark.usefixtures("application")
def test_the_preview_can_still_be_chosen_after_the_dialog() -> None:
    banner = Banner()
    banner.show_problem(problem_of(VirtualCameraMissing(LABEL)))
    chosen: list[Remedy] = []
    banner.chosen.connect(chosen.append)
    banner.buttons[0].click()
    assert chosen == [Remedy.INSTALL] and banner.isVisible()
    assert remedy_label(Remedy.PREVIEW_ONLY) in [button.text() for button in banner.buttons]
    banner.buttons[1].click()
    assert chosen[-1] is Remedy.PREVIEW_ONLY and not banner.isVisible()


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize("missing", [True, False])
def test_the_guide_installs_what_is_missing(missing: bool) -> None:
    guide = GuideDialog(camera_missing=missing)
    guide.show()
    wanted: list[bool] = []
    guide.install_wanted.connect(lambda: wanted.append(True))
    assert guide.install.isVisible() is missing
    if missing:
        guide.install.click()
        assert wanted and guide.isVisible(), "the guide waits behind it"
        guide.show_installed()
        assert not guide.install.isEnabled()
    guide.close()
