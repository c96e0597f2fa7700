"""Every text of the window is there in every language."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PyQt6.QtCore import QCoreApplication, QLocale, QTranslator
from PyQt6.QtWidgets import QApplication, QDoubleSpinBox

from nasfe_cam.photo_errors import FaceTooSmall
from nasfe_cam.setting_names import setting_fields
from ui.collect_texts import collect_into
from ui.languages import FOLDER, LANGUAGES, install_language
from ui.sentences import template, translated
from ui.setting_editors import SettingEditor

OTHERS = [code for code in LANGUAGES if code != "en"]
PLACES = re.compile(r"\{\w+\}|%\d")


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
        assert sorted(PLACES.findall(source)) == sorted(PLACES.findall(translation)), source


@pytest.mark.parametrize("code", OTHERS)
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
        for translator in application.findChildren(QTranslator):
            application.removeTranslator(translator)
        QLocale.setDefault(before)


def test_a_sentence_keeps_what_it_is_about() -> None:
    sentence = str(FaceTooSmall(57, 96))
    assert template(sentence)[1] == ["57", "96"]
    assert translated(sentence) == sentence
    assert translated("Ada's 3 photos, 'x' and a-1.JPG (10 %)") == (
        "Ada's 3 photos, 'x' and a-1.JPG (10 %)"
    )
