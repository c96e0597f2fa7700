"""Uses the window as somebody does who has just installed it: first_start.py CLIP PHOTOS... FOLDER.

First start, Start on a clip, enrolment, settings; a picture of each goes into the folder.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QEventLoop, QTimer
from PyQt6.QtWidgets import QApplication, QWidget

from nasfe_cam.control.client.camera_state import Phase
from ui.application import make_application
from ui.dialogs.guide import GuideDialog
from ui.services.preferences import Preferences
from ui.window import PEOPLE, SETTINGS, CameraWindow

SECONDS = 300


def main() -> None:
    clip, *photos, folder = map(Path, sys.argv[1:])
    application = make_application(["nasfe-cam-ui"], "en")
    config = folder / "settings.toml"
    config.write_text(
        f'[source]\nsource = "{clip.as_posix()}"\nloop = true\n[output]\noutputs = ["none"]\n'
    )
    window = CameraWindow([], config, Preferences(str(folder / "window.ini")))
    window.show()
    window.welcome()
    until(lambda: guide(application) is not None, "the guide of the first start")
    take(guide(application), folder / "guide.png")
    guide(application).close()
    window.start_camera()
    until(lambda: window.camera_page.preview.pair is not None, "a picture of the camera")
    take(window, folder / "camera.png")
    window.rail.buttons[PEOPLE].click()
    page = window.people_page
    page.add_photos(photos)
    page.name.setText("Zoë")
    until(lambda: all(card.verdict is not None for card in page.cards), "what the photos are like")
    page.enrol()
    until(lambda: "Zoë is enrolled" in page.result.text(), "the enrolment")
    take(window, folder / "people.png")
    window.rail.buttons[SETTINGS].click()
    take(window, folder / "settings.png")
    window.camera.stop()
    until(lambda: window.camera.state.phase is Phase.STOPPED, "the end of the camera")
    window.let_go()
    window.close()


def guide(application: QApplication) -> GuideDialog:
    shown = [one for one in application.topLevelWidgets() if isinstance(one, GuideDialog)]
    return next((one for one in shown if one.isVisible()), None)  # type: ignore[return-value]


def take(widget: QWidget, path: Path) -> None:
    wait(500)
    widget.grab().save(str(path))
    print(path.name, flush=True)


def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        if time.monotonic() > deadline:
            sys.exit(f"{what} did not come within {SECONDS} seconds")
        wait(50)


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
