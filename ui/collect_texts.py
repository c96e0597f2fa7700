"""Collects every text of the window for the translators: `python -m ui.collect_texts`.

Reads the sources with pylupdate6, adds the sentences of `nasfe_cam` that the window
shows, and merges both into `ui/translations/*.ts`. Then, if lrelease is found, writes
the `.qm` files that the window reads; it is in Debian's qt6-l10n-tools, since PyQt6
brings pylupdate6 but no lrelease.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from nasfe_cam import photo_errors
from nasfe_cam.enrolment.advice import Suggestion
from nasfe_cam.enrolment.guidance import Instruction
from nasfe_cam.errors import EnrolmentCancelled, ProfileNameRefused
from nasfe_cam.photo_errors import PhotoError
from nasfe_cam.setting_names import setting_fields
from nasfe_cam.settings import Settings
from ui.languages import FOLDER, LANGUAGES
from ui.sentences import CONTEXT, template
from ui.settings_page import TITLES

_SOURCES = Path(__file__).parent
_LRELEASE = ("lrelease", "/usr/lib/qt6/bin/lrelease")
_WITH_WORDS: tuple[type[StrEnum], ...] = (Suggestion, Instruction)


def sentences() -> list[str]:
    """The sentences of `nasfe_cam` that the window translates, with their places."""
    return list(dict.fromkeys(template(sentence)[0] for sentence in _sentences()))


def main() -> None:
    """Renew the files of all languages."""
    FOLDER.mkdir(exist_ok=True)
    for code in LANGUAGES:
        if code != "en":
            catalogue = FOLDER / f"nasfe_cam_{code}.ts"
            collect_into(catalogue)
            _release(catalogue)


def collect_into(catalogue: Path) -> None:
    """Add every text of the window to a .ts file, and drop those that are gone."""
    program = Path(sys.executable).parent / "pylupdate6"
    with tempfile.TemporaryDirectory() as folder:
        extra = Path(folder) / "nasfe_cam_sentences.py"
        extra.write_text(
            "".join(f"translate({CONTEXT!r}, {sentence!r})\n" for sentence in sentences())
        )
        sources = [*sorted(_SOURCES.glob("*.py")), extra]
        command = [str(part) for part in (program, "--no-obsolete", "--ts", catalogue, *sources)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    catalogue.write_text(_without_places(catalogue.read_text(encoding="utf-8")), encoding="utf-8")


def _release(catalogue: Path) -> None:
    release = next((found for name in _LRELEASE if (found := shutil.which(name))), None)
    if release is None:
        print("lrelease was not found (apt install qt6-l10n-tools); the .qm files are not renewed.")
    else:
        subprocess.run([release, "-silent", catalogue.name], cwd=FOLDER, check=True)


def _without_places(text: str) -> str:
    """Line numbers would change with every edit of the sources."""
    return "".join(line for line in text.splitlines(keepends=True) if "<location" not in line)


def _sentences() -> Iterator[str]:
    for outer in Settings.model_fields.values():
        yield ((outer.annotation.__doc__ if outer.annotation else "") or "").strip().rstrip(".")
    for name, field in setting_fields().items():
        last = name.partition(".")[2]
        yield TITLES.get(last, last.replace("_", " ").capitalize())
        yield field.description or ""
    for kind in _WITH_WORDS:
        for member in kind:
            yield str(member.words)  # type: ignore[attr-defined]
    yield from map(str, _photo_errors())
    yield str(EnrolmentCancelled())
    reasons = ("it is empty", "it is too long", "it ends with a space", "it holds 'x'")
    for reason in (*reasons, "it begins with 'x'", "Windows keeps this name for itself"):
        yield str(ProfileNameRefused("x", reason))


def _photo_errors() -> Iterator[PhotoError]:
    """One of each kind, with any values."""
    made: dict[str, PhotoError] = {
        "SeveralFacesInPhoto": photo_errors.SeveralFacesInPhoto(2),
        "FaceTooSmall": photo_errors.FaceTooSmall(50, 96),
        "DuplicatePhoto": photo_errors.DuplicatePhoto("a.jpg"),
        "BetterPhotosTaken": photo_errors.BetterPhotosTaken(10),
        "PhotoUnreadable": photo_errors.PhotoUnreadable("x"),
        "SeveralPeople": photo_errors.SeveralPeople([[Path("a.jpg")]]),
    }
    # The window never shows these.
    others = {"NoPhotoAccepted", "NoPhotosFound"}
    for kind in PhotoError.__subclasses__():
        if kind.__name__ not in others and kind.__module__ == photo_errors.__name__:
            yield made.get(kind.__name__) or kind()


if __name__ == "__main__":
    main()
