"""Takes pictures of every page, without a screen: `python -m tools.screenshots FOLDER`.

Light and dark, at 1x and 2x, in every language, with a real camera process on the
bundled clip as from a bad webcam and the bundled photos, which may be redistributed.
`--readme` renews `docs/pictures/window.png`, the first picture of the README. The
font is Inter where it is installed (Debian: fonts-inter), else that of the system.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PyQt6.QtCore import QEventLoop, QTimer
from PyQt6.QtGui import QFont, QFontDatabase
from PyQt6.QtWidgets import QWidget

from nasfe_cam.control.client.camera_state import Phase
from nasfe_cam.core.errors import VirtualCameraMissing
from ui.application import make_application
from ui.dialogs.camera_installation import InstallDialog
from ui.dialogs.face_choice import FaceChoice
from ui.dialogs.guide import GuideDialog
from ui.dialogs.webcam_enrolment import WebcamEnrolment
from ui.i18n.error_actions import problem_of
from ui.i18n.languages import LANGUAGES
from ui.services.preferences import Preferences
from ui.style.theme import apply_theme
from ui.window import CAMERA, PEOPLE, SETTINGS, CameraWindow

_HOME = Path(__file__).resolve().parent.parent
_CLIPS = _HOME / "nasfe_cam" / "assets" / "clips"
_README_PICTURE = _HOME / "docs" / "pictures" / "window.png"
_README_SIZE = (1180, 520)
_SECONDS = 180.0
_BRIGHTER = 1.3
# In time for the picture the person looks into the camera and the network runs at its pace.
_SETTLING_SECONDS = 12.0


def main() -> None:
    """Take the pictures, each scale and language in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("screenshots"))
    parser.add_argument("--readme", action="store_true", help="only the picture of the README")
    parser.add_argument("--language", choices=tuple(LANGUAGES), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.language:
        _take_all(options.folder, options.language, options.readme)
        return
    options.folder.mkdir(parents=True, exist_ok=True)
    runs = [("1", "en")] if options.readme else [(s, code) for code in LANGUAGES for s in "12"]
    for scale, code in runs:
        command = [
            sys.executable,
            "-m",
            "tools.screenshots",
            str(options.folder),
            "--language",
            code,
        ]
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
        subprocess.run(
            [*command, "--readme"] if options.readme else command,
            env=environment | _own_folders(options.folder.resolve()),
            check=True,
            cwd=_HOME,
        )


def _own_folders(folder: Path) -> dict[str, str]:
    """Neither profiles nor cameras of the user appear in the pictures."""
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME")
    runtime = tempfile.mkdtemp(prefix="nasfe-")
    return {name: str(folder / ".home") for name in names} | {"XDG_RUNTIME_DIR": runtime}


def _take_all(folder: Path, language: str, readme: bool) -> None:
    application = make_application(["nasfe-cam-ui"], language)
    if "Inter" in QFontDatabase.families():
        application.setFont(QFont("Inter"))
    config = folder / "settings.toml"
    config.write_text(
        f'[source]\nsource = "{(_CLIPS / "portrait.mp4").as_posix()}"\nloop = true\n'
        'simulate_bad_webcam = 60\n[restore]\nrate = "every-frame"\n'
        '[output]\noutputs = ["none"]\n'
    )
    # Nothing of an earlier run, such as the size of its window.
    preferences = Preferences(str(Path(tempfile.mkdtemp()) / "window.ini"))
    preferences.language = language
    window = CameraWindow([], config, preferences)
    window.show()
    try:
        window.start_camera()
        _until(lambda: _restored(window) > 10, "the camera")
        window.camera_page.setFocus()
        _wait(round(_SETTLING_SECONDS * 1000))
        if readme:
            window.resize(*_README_SIZE)
            _wait(500)
            _until(lambda: _shows_difference(window), "a restored picture")
            window.grab().save(str(_README_PICTURE))
            return
        _look_at_photos(window)
        for dark in (False, True):
            apply_theme(application, dark)
            scale = round(window.devicePixelRatioF())
            for name, widget in _views(window):
                _wait(300)
                mode = "dark" if dark else "light"
                widget.grab().save(str(folder / f"{name}-{mode}-{scale}x-{language}.png"))
    finally:
        window.camera.stop()
        _until(lambda: window.camera.state.phase is Phase.STOPPED, "the end")
        window.close()


def _views(window: CameraWindow) -> Iterator[tuple[str, QWidget]]:
    for name, page in (("camera", CAMERA), ("people", PEOPLE), ("settings", SETTINGS)):
        window.rail.buttons[page].click()
        if page == CAMERA:
            _until(lambda: _shows_difference(window), "a restored picture")
        yield name, window
    window.rail.buttons[CAMERA].click()
    window.banner.show_problem(problem_of(VirtualCameraMissing("NASFE Camera")))
    yield "problem", window
    window.banner.clear()
    webcam = WebcamEnrolment("Ada", window.camera, window.settings.now, False, window)
    webcam.show()
    webcam.begin()
    _until(lambda: not webcam.picture.pixmap().isNull(), "a picture of the webcam")
    yield "webcam", webcam
    webcam.reject()
    several = next(card for card in window.people_page.cards if card.path.name == "friends.png")
    assert several.verdict is not None and several.verdict.picture is not None
    for name, dialog in (
        ("guide", GuideDialog(window)),
        ("install", InstallDialog("NASFE Camera", window)),
        ("faces", FaceChoice(several.verdict.picture, several.verdict.boxes, window)),
    ):
        dialog.show()
        yield name, dialog
        dialog.close()


def _look_at_photos(window: CameraWindow) -> None:
    """Good and bad photos with their verdicts, as somebody sees them who enrols."""
    import cv2
    import numpy as np

    first, second = (cv2.imread(str(_CLIPS / f"reference_{number}.jpg")) for number in (1, 2))
    assert first is not None and second is not None
    folder = Path(tempfile.mkdtemp())
    cv2.imwrite(str(folder / "beach.png"), cv2.GaussianBlur(first, (0, 0), first.shape[0] / 60))
    same_size = cv2.resize(second, first.shape[1::-1])
    cv2.imwrite(str(folder / "friends.png"), np.hstack([first, same_size]))
    page = window.people_page
    page.add_photos([_CLIPS / "reference_1.jpg", *sorted(folder.iterdir())])
    page.name.setText("Ada")
    _until(lambda: all(card.verdict is not None for card in page.cards), "the photos")


def _shows_difference(window: CameraWindow) -> bool:
    """Whether the picture on the screen is restored, which makes it brighter.

    On a busy machine the camera shows it untouched when its clip begins anew.
    """
    pair = window.camera_page.preview.pair
    if pair is None:
        return False
    return float(pair.restored.mean()) > _BRIGHTER * float(pair.untouched.mean())


def _restored(window: CameraWindow) -> int:
    status = window.camera.status
    if status is None or window.camera_page.preview.pair is None:
        return 0
    return status.restored + status.carried


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _SECONDS
    while not condition():
        if time.monotonic() > deadline:
            sys.exit(f"{what} did not come within {_SECONDS:.0f} seconds")
        _wait(50)


if __name__ == "__main__":
    main()
