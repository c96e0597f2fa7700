"""What the benchmark of profiles compares, and how it counts."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from benchmarks.page_section import replace_section
from benchmarks.people.profiles import (
    BAD,
    ENROLMENT,
    MEASURES,
    NOBODY,
    OWN,
    PICTURES,
    SECTION,
    STRANGER,
    Scores,
    differences_table,
    interval,
    stranger_to,
    verdict,
)
from nasfe_cam.profiles.profile import Profile


def profile(name: str, angle: float) -> Profile:
    """Of somebody whose embedding is turned by so many degrees."""
    embedding = np.zeros(128, np.float32)
    embedding[:2] = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    return Profile(
        name, datetime.now(UTC), np.zeros((256, 32, 32), np.float32), embedding, "0" * 64, 1
    )


def scores(people: int, own: float, nobody: float, stranger: float) -> Scores:
    """The same for every person and measure."""
    found = np.zeros((people, len(PICTURES), len(MEASURES)))
    for picture, value in ((BAD, 0.0), (NOBODY, nobody), (OWN, own), (STRANGER, stranger)):
        found[:, picture] = value
    return found


def test_the_stranger_is_the_most_alike_who_is_surely_somebody_else() -> None:
    me = profile("me", 0)
    others = [me, profile("me again", 40), profile("alike", 75), profile("unlike", 120)]
    assert stranger_to(me, others).name == "alike"


def test_people_are_counted_who_gain_from_their_own_profile() -> None:
    mixed = np.concatenate([scores(3, 2, 1, 0), scores(2, 2, 0, 1), scores(4, 0, 1, 2)])
    rows = differences_table({"9": {60: mixed}}).splitlines()[2:]
    cells = [row.split(" | ")[-1].strip(" |") for row in rows]
    assert cells[0].endswith(", 5 of 9") and cells[2:] == ["5 of 9", "3 of 9"]


def test_the_words_say_it_when_the_own_profile_is_worse() -> None:
    words = verdict({"9": {60: scores(9, 1, 2, 0)}})
    assert "by PSNR of the face beats none in 0 of 1 cases and loses in 1" in words
    assert "beats a stranger's in 1 of 1 cases and loses in 0" in words


def test_the_interval_holds_the_mean_and_shrinks_with_more_people() -> None:
    values = np.random.default_rng(3).normal(1, 1, 400)
    mean, low, high = interval(values)
    assert low < mean < high
    _, narrow_low, narrow_high = interval(values[:16])
    assert high - low < narrow_high - narrow_low


def test_the_documentation_has_a_place_for_the_tables() -> None:
    replace_section(ENROLMENT.read_text(encoding="utf-8"), SECTION, "new")
