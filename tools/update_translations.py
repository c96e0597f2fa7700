"""Collects every text of the window for the translators: `python -m tools.update_translations`.

Reads the sources with pylupdate6 and adds what other packages say that the window shows:
sentences by their codes, settings, and the names of the doctor's checks. Merges both into
`ui/translations/*.ts`; the English file is filled in, with the words of the classes or
those of `ui/i18n/english_wordings.py`. Then, if lrelease is found, writes the `.qm` files that the
window reads; it is in Debian's qt6-l10n-tools, since PyQt6 brings pylupdate6 but no lrelease.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nasfe_cam.config.names import setting_fields
from nasfe_cam.config.settings import Settings
from nasfe_cam.core.text.reasons import Reason
from nasfe_cam.enrolment.advice import Suggestion
from nasfe_cam.enrolment.webcam_steps import Instruction
from ui.i18n.english_wordings import WORDINGS
from ui.i18n.languages import FOLDER, LANGUAGES
from ui.i18n.translated_statements import CHECKS, CONTEXT, REMEDY, SETTINGS
from ui.pages.settings_page import TITLES
from website.error_family import sentence_classes

_SOURCES = Path(__file__).resolve().parent.parent / "ui"
_LRELEASE = ("lrelease", "/usr/lib/qt6/bin/lrelease")
_PACKAGES = ("engine", "nasfe_cam", "ui")
_CHECKS = (
    "system",
    "settings",
    "cameras",
    "face tracker",
    "model files",
    "engine",
    "GPU",
    "NVIDIA",
    "profile",
    "virtual camera",
    "disk",
)


@cache
def sentences() -> dict[str, str]:
    """The English sentences that the window shows, by code; a next step has a code of its own."""
    found: dict[str, str] = {}
    for kind in sentence_classes(_PACKAGES):
        if kind.code in WORDINGS:
            found[kind.code] = WORDINGS[kind.code]
        else:
            found |= {kind.code: kind.text, kind.code + REMEDY: kind.remedy}
    for member in (*Suggestion, *Instruction):
        found[member.statement.code] = member.words
    for reason in Reason:
        found[reason.code] = reason.value
    return {code: words for code, words in found.items() if words}


def main() -> None:
    """Renew the files of all languages."""
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        catalogue = FOLDER / f"nasfe_cam_{language}.ts"
        collect_into(catalogue)
        if language == "en":
            _fill_in(catalogue)
        _release(catalogue)


def collect_into(catalogue: Path) -> None:
    """Add every text of the window to a .ts file, and drop those that are gone."""
    program = Path(sys.executable).parent / "pylupdate6"
    with tempfile.TemporaryDirectory() as folder:
        extra = Path(folder) / "nasfe_cam_sentences.py"
        extra.write_text("\n".join(_as_sources()), encoding="utf-8")
        sources = [] if catalogue.stem.endswith("_en") else sorted(_SOURCES.rglob("*.py"))
        parts = (program, "--no-obsolete", "--ts", catalogue, *sources, extra)
        command = [str(part) for part in parts]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    catalogue.write_text(_without_places(catalogue.read_text(encoding="utf-8")), encoding="utf-8")


def _as_sources() -> Iterator[str]:
    """What pylupdate6 does not see in the sources of the window, as it would stand there."""
    for code, words in sentences().items():
        yield f"#: {words}"
        yield f"translate({CONTEXT!r}, {code!r})"
    for words in dict.fromkeys(_setting_words()):
        yield f"translate({SETTINGS!r}, {words!r})"
    for name in _CHECKS:
        yield f"translate({CHECKS!r}, {name!r})"


def _setting_words() -> Iterator[str]:
    for outer in Settings.model_fields.values():
        yield ((outer.annotation.__doc__ if outer.annotation else "") or "").strip().rstrip(".")
    for name, field in setting_fields().items():
        last = name.partition(".")[2]
        yield TITLES.get(last, last.replace("_", " ").capitalize())
        yield field.description or ""


def _fill_in(catalogue: Path) -> None:
    """Write the English words beside the codes; all else is in English already."""
    tree = ElementTree.parse(catalogue)
    root = tree.getroot()
    for context in root.findall("context"):
        if context.findtext("name") != CONTEXT:
            root.remove(context)
            continue
        for message in context.findall("message"):
            translation = message.find("translation")
            assert translation is not None
            translation.attrib.pop("type", None)
            translation.text = sentences()[message.findtext("source", "")]
    ElementTree.indent(tree)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    body = ElementTree.tostring(root, encoding="unicode")
    catalogue.write_text(f"{head}{body}\n", encoding="utf-8")


def _release(catalogue: Path) -> None:
    release = next((found for name in _LRELEASE if (found := shutil.which(name))), None)
    if release is None:
        print("lrelease was not found (apt install qt6-l10n-tools); the .qm files are not renewed.")
    else:
        subprocess.run([release, "-silent", catalogue.name], cwd=FOLDER, check=True)


def _without_places(text: str) -> str:
    """Line numbers would change with every edit of the sources."""
    return "".join(line for line in text.splitlines(keepends=True) if "<location" not in line)


if __name__ == "__main__":
    main()
