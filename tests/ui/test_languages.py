"""Every text of the window is there in every language."""

from __future__ import annotations

import errno
import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest
from PyQt6.QtCore import QCoreApplication, QLocale, QTranslator
from PyQt6.QtWidgets import QApplication, QDoubleSpinBox

from engine.reasons import Int8InHardware
from nasfe_cam.config.names import setting_fields
from nasfe_cam.control.protocol.errors import SaidByCamera
from nasfe_cam.control.protocol.messages import Explanation, encode
from nasfe_cam.core.errors import CameraBusy, NasfeError, ProfileNotWritten
from nasfe_cam.core.photo_errors import FaceTooSmall
from nasfe_cam.core.statement import CODE_OF, Statement
from nasfe_cam.core.text.reasons import reason_of
from nasfe_cam.diagnostics.findings import SpaceLittle
from nasfe_cam.enrolment.webcam_steps import Instruction
from tools.update_translations import collect_into, sentences
from ui.i18n.english_wordings import WORDINGS
from ui.i18n.error_actions import problem_of
from ui.i18n.languages import FOLDER, LANGUAGES, install_language
from ui.i18n.translated_statements import (
    CHECKS,
    CONTEXT,
    REMEDY,
    SETTINGS,
    check_name,
    reason_words,
    worded,
)
from ui.widgets.setting_editors import SettingEditor
from website.error_family import sentence_classes
from website.photo_symptoms import PHOTO_SYMPTOMS
from website.symptoms import CAMERA_SYMPTOMS

OTHERS = [code for code in LANGUAGES if code != "en"]
PLACES = re.compile(r"\{\w+")
COUNTED = re.compile(r"\{\w+[^}]*\} (picture|photo|program|thread|frame|camera|person)s\b")


def messages(path: Path) -> dict[tuple[str, str], str]:
    """Translation by context and source text; empty where it is missing or unfinished."""
    found = {}
    for context in ElementTree.parse(path).getroot().findall("context"):
        for message in context.findall("message"):
            translation = message.find("translation")
            assert translation is not None
            done = translation.get("type") is None
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = (translation.text or "") if done else ""
    return found


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_translated_and_keeps_its_places(code: str, tmp_path: Path) -> None:
    catalogue = tmp_path / f"nasfe_cam_{code}.ts"
    shutil.copy(FOLDER / catalogue.name, catalogue)
    collect_into(catalogue)
    for (context, source), translation in messages(catalogue).items():
        assert translation, f"{context}: {source!r} has no translation"
        words = sentences()[source] if context == CONTEXT else source
        assert sorted(PLACES.findall(words)) == sorted(PLACES.findall(translation)), source


def test_the_english_catalogue_holds_every_sentence_of_the_classes() -> None:
    found = messages(FOLDER / "nasfe_cam_en.ts")
    assert found == {(CONTEXT, code): words for code, words in sentences().items()}


def test_every_wording_of_the_window_is_for_a_code_and_its_parameters() -> None:
    kinds = {kind.code: kind for kind in sentence_classes(("engine", "nasfe_cam", "ui"))}
    assert set(WORDINGS) <= set(kinds)
    for code, words in WORDINGS.items():
        own = PLACES.findall(kinds[code].text + kinds[code].remedy)
        assert set(PLACES.findall(words)) <= set(own), code


def test_what_is_counted_has_a_sentence_for_one() -> None:
    texts = {source for context, source in messages(FOLDER / "nasfe_cam_de.ts") if context}
    texts |= set(sentences().values())
    for text in texts:
        assert COUNTED.sub(r"1 \1", text) in texts, f"{text!r} for one reads wrong"


def test_network_is_what_the_computer_is_connected_to() -> None:
    """Not what repairs the face, where everybody reads it: "the network is shown your photos"."""
    german = {source: words for (_, source), words in messages(FOLDER / "nasfe_cam_de.ts").items()}
    everyday = {code: words for code, words in WORDINGS.items() if code != "source-not-local"} | {
        source: source
        for context, source in messages(FOLDER / "nasfe_cam_de.ts")
        if context not in (CONTEXT, SETTINGS, CHECKS)
    }
    for code, words in everyday.items():
        assert not re.search(r"\bnetworks?\b", words), words
        assert not re.search(r"\bNetz(es|e)?\b", german[code]), german[code]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_sources(
    code: str, application: QApplication
) -> None:
    translator = QTranslator()
    assert translator.load(f"nasfe_cam_{code}", str(FOLDER))
    application.installTranslator(translator)
    try:
        for (context, source), translation in messages(FOLDER / f"nasfe_cam_{code}.ts").items():
            assert QCoreApplication.translate(context, source) == translation
    finally:
        application.removeTranslator(translator)


def test_numbers_are_written_as_the_readers_of_the_language_do(application: QApplication) -> None:
    before = QLocale()
    install_language(application, "de")
    try:
        editor = SettingEditor(setting_fields()["source.fps"], lambda value: None)
        editor.show(29.97)
        assert isinstance(editor.widget, QDoubleSpinBox)
        assert (editor.widget.text(), editor.widget.value()) == ("29,97", 29.97)
    finally:
        install_language(application, "en")
        QLocale.setDefault(before)


@pytest.fixture(params=list(LANGUAGES))
def language(request: pytest.FixtureRequest, application: QApplication) -> Iterator[str]:
    """The window in each language; the translator on top is the one that counts."""
    translator = QTranslator()
    assert translator.load(f"nasfe_cam_{request.param}", str(FOLDER))
    application.installTranslator(translator)
    yield request.param
    application.removeTranslator(translator)


def sent(error: NasfeError) -> Statement:
    """The error as another process receives it, with words that nobody has seen before."""
    data = encode(Explanation.of(replace(error.statement, text="Quite other words.", next_step="")))
    return Explanation.model_validate_json(data, strict=True).statement


EXAMPLES = [error for symptom in CAMERA_SYMPTOMS + PHOTO_SYMPTOMS for error in symptom.errors]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_an_error_of_another_process_is_worded_by_its_code_and_names_its_parameters(
    language: str, error: NasfeError
) -> None:
    received = sent(error)
    words = worded(received)
    assert words == worded(error)
    if isinstance(error, SaidByCamera):
        return  # its code is that of the error that was said
    assert "Quite other words" not in words
    patterns = [sentences()[key] for key in (error.code, error.code + REMEDY) if key in sentences()]
    for _, name, form, _ in Formatter().parse(" ".join(patterns)):
        if name and name + CODE_OF in received.parameters:
            code = str(received.parameters[name + CODE_OF])
            assert QCoreApplication.translate(CONTEXT, code) in words
        elif name:
            shown = format(received.parameters[name], form or "")
            assert shown in words, f"{name} is not named"
    remedies = problem_of(received).remedies
    assert remedies and remedies == problem_of(error).remedies


def test_what_the_camera_says_is_shown_in_german(application: QApplication) -> None:
    translator = QTranslator()
    assert translator.load("nasfe_cam_de", str(FOLDER))
    application.installTranslator(translator)
    try:
        assert worded(CameraBusy("Nosy")) == (
            "Die Kamera „Nosy“ liefert kein Bild. Vielleicht wird sie von einem anderen Programm "
            "verwendet; schließen Sie es."
        )
        assert worded(FaceTooSmall(57, 96)).startswith(
            "Der Kopf ist nur 57 Pixel breit; nötig sind 96."
        )
        assert worded(Int8InHardware().statement) == "der Prozessor multipliziert selbst mit int8"
        assert worded(SpaceLittle(0.25, Path("/x")).statement).startswith("0.2 GB frei in /x")
        assert worded(Instruction.HOLD_STILL.statement) == "Halten Sie still."
        assert check_name("model files") == "Modelldateien"
        full = OSError(errno.ENOSPC, "as the system says it")
        assert worded(ProfileNotWritten(Path("/x"), reason_of(full))).startswith(
            "Die Profildatei /x lässt sich nicht schreiben oder löschen "
            "(kein Platz mehr auf dem Datenträger)."
        )
        assert reason_words(reason_of(full)) == "kein Platz mehr auf dem Datenträger"
        assert reason_words("what a driver says") == "what a driver says"
    finally:
        application.removeTranslator(translator)


@pytest.mark.parametrize(
    "received",
    [
        Statement("of-tomorrow", {"name": "x"}, "Something new. Do that."),
        Statement("camera-busy", {}, "Something new. Do that."),
        Statement("camera-busy", {"other": 1}, "Something new. Do that."),
        Statement("camera-did-not-answer", {"seconds": "no number"}, "Something new. Do that."),
        Statement("", {}, "Something new. Do that."),
        Statement("{name}", {"name": "x"}, "Something new. Do that."),
    ],
)
def test_what_is_not_understood_is_shown_as_it_came(language: str, received: Statement) -> None:
    assert worded(received) == "Something new. Do that."
    assert problem_of(received).remedies
