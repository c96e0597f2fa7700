"""Sentences are known by their codes, and every code is one class's."""

from __future__ import annotations

import re
from collections import Counter
from string import Formatter

import pytest

from nasfe_cam.core.errors import CameraBusy, NasfeError, UnexpectedFault, statement_of
from nasfe_cam.core.statement import Sentence
from website.error_family import error_classes, is_family, sentence_classes
from website.troubleshooting import SYMPTOMS

EXAMPLES = [error for symptom in SYMPTOMS for error in symptom.errors]


def test_no_two_classes_share_a_code() -> None:
    counts = Counter(kind.code for kind in sentence_classes())
    assert len(counts) > 150
    assert [code for code, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("kind", sentence_classes(), ids=lambda kind: kind.__name__)
def test_a_code_is_kebab_case_and_declared_by_its_own_class(kind: type[Sentence]) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind.code)
    assert "code" in vars(kind), "inherited, and so another class's"
    assert kind.text or kind.remedy


def test_what_has_no_code_is_never_raised_but_holds_others_together() -> None:
    for kind in error_classes():
        assert not is_family(kind) or any(kind in other.__bases__ for other in error_classes())


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_every_place_of_a_sentence_is_one_of_its_parameters(error: NasfeError) -> None:
    places = {name for _, name, _, _ in Formatter().parse(error.text + error.remedy) if name}
    assert places <= set(error.parameters)
    assert all(isinstance(value, str | int | float | bool) for value in error.parameters.values())


def test_the_words_are_made_of_the_class_and_the_parameters() -> None:
    said = CameraBusy("Nosy").statement
    assert (said.code, said.parameters) == ("camera-busy", {"name": "Nosy"})
    assert str(said) == str(CameraBusy("Nosy")) == f"{said.text} {said.next_step}"
    assert said.text.startswith("Camera 'Nosy' gives no picture")


def test_an_error_of_python_is_said_as_a_fault() -> None:
    said = statement_of(ZeroDivisionError("no\nway"))
    assert said == UnexpectedFault("ZeroDivisionError: no way").statement
