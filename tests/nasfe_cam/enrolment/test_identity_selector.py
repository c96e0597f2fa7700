"""Among several faces the enrolled person is chosen; with one face nothing is computed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from engine.errors import EngineRunFailed
from nasfe_cam.config.shipped_models import ModelFile
from nasfe_cam.core.frame import FloatArray, Frame, Image
from nasfe_cam.core.meter import Meter
from nasfe_cam.core.supervised import Supervised
from nasfe_cam.enrolment.photos import read_photo
from nasfe_cam.faces.identity_selector import IdentitySelector
from nasfe_cam.faces.recogniser import Recogniser, unit
from nasfe_cam.faces.still_detector import StillDetector
from nasfe_cam.faces.tracker import Face

Photos = Callable[[str, int], list[Path]]
PERSON, STRANGER, OTHER = "celeba_wild_c07234", "deepface_p4", "celeba_wild_c07270"
BLACK: Image = np.zeros((100, 300, 3), np.uint8)
ENROLLED = unit(np.eye(128, dtype=np.float32)[0])


class NamedFaces:
    """A recogniser to whom every face right of x = 100 is the enrolled person."""

    def __init__(self) -> None:
        self.looks = 0
        self.failing = False
        self.closed = False

    def embed(self, image: Image, landmarks: FloatArray) -> FloatArray:
        self.looks += 1
        if self.failing:
            raise EngineRunFailed("CPU", "test")
        return ENROLLED if landmarks[0, 0] > 100 else np.roll(ENROLLED, 1)

    def close(self) -> None:
        self.closed = True


class Bench:
    """A choosing thread whose wishes and failures are collected."""

    def __init__(self, make: Callable[[], Recogniser], embedding: FloatArray | None) -> None:
        self.made = 0
        self.wishes: list[FloatArray | None] = []
        self.failures: list[Exception] = []
        self.meter = Meter()
        self._make = make
        self._time = 0.0
        self.choosing = IdentitySelector(
            lambda: Supervised(self._counted, self.failures.append, "make-recogniser"),
            embedding,
            self.wishes.append,
            self.meter,
            self.failures.append,
        )
        self.choosing.start()

    def _counted(self) -> Recogniser:
        self.made += 1
        return self._make()

    def offer(self, image: Image, faces: Sequence[Face], seconds: float) -> None:
        """Frames at 30 per second of capture time, ten times as fast as live."""
        end = self._time + seconds
        while self._time < end:
            self.choosing.offer(Frame(image, self._time, 0), faces)
            self._time += 1 / 30
            time.sleep(1 / 300)

    def offer_until(self, image: Image, faces: Sequence[Face], done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 20
        while not done():
            assert time.monotonic() < deadline
            self.offer(image, faces, 1 / 30)


@pytest.fixture
def bench() -> Iterator[Callable[..., Bench]]:
    benches: list[Bench] = []

    def make(recogniser: Callable[[], object], embedding: FloatArray | None = ENROLLED) -> Bench:
        benches.append(Bench(cast(Callable[[], Recogniser], recogniser), embedding))
        return benches[-1]

    yield make
    for one in benches:
        one.choosing.close()


def face_at(x: float) -> Face:
    return Face(np.full((478, 2), x, np.float32), 0.0)


@pytest.mark.shared
@pytest.mark.parametrize("enrolled_is_left", [True, False])
def test_the_enrolled_one_of_two_people_is_preferred_though_the_other_is_larger(
    photos_of: Photos,
    finder: StillDetector,
    recogniser: Recogniser,
    recogniser_file: ModelFile,
    side_by_side: Callable[[Image, Image], Image],
    bench: Callable[..., Bench],
    enrolled_is_left: bool,
) -> None:
    enrolled, seen = (read_photo(path) for path in photos_of(PERSON, 2))
    embedding = recogniser.embed(enrolled, finder.find(enrolled)[0].landmarks)
    other = read_photo(photos_of(OTHER, 1)[0])
    image = side_by_side(seen, other) if enrolled_is_left else side_by_side(other, seen)
    faces = finder.find(image)
    wanted = (min if enrolled_is_left else max)(faces, key=lambda face: float(face.centre[0]))
    assert len(faces) == 2 and wanted is not faces[0]

    choosing = bench(lambda: Recogniser(recogniser_file), embedding)
    choosing.offer_until(image, faces, lambda: bool(choosing.wishes))

    wish = choosing.wishes[0]
    assert wish is not None and np.allclose(wish, wanted.centre)


@pytest.mark.shared
def test_nobody_is_preferred_among_strangers(
    photos_of: Photos,
    finder: StillDetector,
    recogniser: Recogniser,
    recogniser_file: ModelFile,
    side_by_side: Callable[[Image, Image], Image],
    bench: Callable[..., Bench],
) -> None:
    enrolled, one, other = (
        read_photo(photos_of(person, 1)[0]) for person in (PERSON, STRANGER, OTHER)
    )
    embedding = recogniser.embed(enrolled, finder.find(enrolled)[0].landmarks)
    image = side_by_side(one, other)

    choosing = bench(lambda: Recogniser(recogniser_file), embedding)
    choosing.offer_until(image, finder.find(image), lambda: bool(choosing.wishes))

    assert choosing.wishes[0] is None


def test_with_one_face_or_nobody_enrolled_the_network_is_not_even_loaded(
    bench: Callable[..., Bench],
) -> None:
    alone, unknown = bench(NamedFaces), bench(NamedFaces, None)
    alone.offer(BLACK, [face_at(50)], 3)
    unknown.offer(BLACK, [face_at(50), face_at(200)], 3)
    assert (alone.made, unknown.made) == (0, 0)
    assert alone.wishes == unknown.wishes == []


def test_faces_are_compared_about_once_a_second(bench: Callable[..., Bench]) -> None:
    recogniser = NamedFaces()
    choosing = bench(lambda: recogniser)
    faces = [face_at(50), face_at(200)]
    choosing.offer_until(BLACK, faces, lambda: bool(choosing.wishes))
    choosing.offer(BLACK, faces, 10)
    assert 4 <= len(choosing.wishes) <= 12
    assert recogniser.looks == 2 * len(choosing.wishes)
    assert "choose" in choosing.meter.stages()


def test_a_failing_recogniser_is_reported_and_made_again(bench: Callable[..., Bench]) -> None:
    made: list[NamedFaces] = []

    def make() -> NamedFaces:
        made.append(NamedFaces())
        made[-1].failing = len(made) == 1
        return made[-1]

    choosing = bench(make)
    choosing.offer_until(BLACK, [face_at(50), face_at(200)], lambda: bool(choosing.wishes))
    wish = choosing.wishes[0]
    assert wish is not None and wish[0] == 200
    assert [type(failure) for failure in choosing.failures] == [EngineRunFailed]
    assert made[0].closed and not made[1].closed
    choosing.choosing.close()
    assert made[1].closed
