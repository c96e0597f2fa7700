"""The page of what can go wrong is the errors themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nasfe_cam.core.errors import NasfeError
from website import troubleshooting
from website.error_family import error_classes
from website.named import Named, troubles_of_command
from website.symptom import Symptom
from website.troubleshooting import (
    SYMPTOMS,
    classes_without_example,
    troubleshooting_page,
)


def test_the_page_is_up_to_date(repository: Path) -> None:
    page = (repository / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    assert page == troubleshooting_page(), "run: python -m website.troubleshooting"


def test_every_error_class_is_on_the_page() -> None:
    assert not classes_without_example(), "add an example to website/*symptoms.py"
    page = troubleshooting_page()
    kinds = error_classes()
    assert len(kinds) > 100
    for kind in kinds:
        assert f"`{kind.__name__}`" in page, kind


def test_a_class_without_example_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = SYMPTOMS
    without = Symptom(first.title, first.advice, first.errors[1:])
    monkeypatch.setattr(troubleshooting, "SYMPTOMS", (without, *others))
    (missing,) = classes_without_example()
    assert missing.endswith(type(first.errors[0]).__name__)


def test_the_commands_that_errors_name_exist(repository: Path) -> None:
    """After a colon, a command goes to the end of the sentence."""
    seen = 0
    for error in _examples():
        for command in re.findall(r": ((?:sudo )?nasfe-(?:cam|train) [^.;,]*)", str(error)):
            seen += 1
            assert not list(troubles_of_command(Named(repository, command))), error
    assert seen > 20


def test_every_sentence_is_one_line() -> None:
    for error in _examples():
        assert "\n" not in str(error), type(error)


def _examples() -> list[NasfeError]:
    return [error for symptom in SYMPTOMS for error in symptom.errors]
