"""The recogniser tells people apart."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product
from pathlib import Path

import cv2
import numpy as np
import pytest

from nasfe_cam.config.shipped_models import ModelFile
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.enrolment.photos import read_photo
from nasfe_cam.faces.recogniser import (
    SAME_PERSON,
    Recogniser,
    cosine,
    recognition_crop,
    unit,
)
from nasfe_cam.faces.still_detector import StillDetector

Embed = Callable[[Image], FloatArray]
PEOPLE = ("celeba_wild_c07234", "celeba_wild_c07270", "deepface_p2", "deepface_p4")


@pytest.fixture
def embed(finder: StillDetector, recogniser: Recogniser) -> Embed:
    return lambda image: recogniser.embed(image, finder.find(image)[0].landmarks)


@pytest.mark.shared
def test_photos_of_one_person_are_alike_and_of_two_people_are_not(
    photos_of: Callable[[str, int], list[Path]], embed: Embed
) -> None:
    people = {name: [embed(read_photo(path)) for path in photos_of(name, 3)] for name in PEOPLE}
    same = [cosine(*pair) for each in people.values() for pair in combinations(each, 2)]
    different = [
        cosine(*pair)
        for one, other in combinations(people.values(), 2)
        for pair in product(one, other)
    ]
    assert min(same) >= SAME_PERSON > max(different)
    assert np.mean(same) - np.mean(different) > 0.5


@pytest.mark.shared
def test_embeddings_are_those_of_opencvs_own_sface(
    photos_of: Callable[[str, int], list[Path]],
    finder: StillDetector,
    recogniser: Recogniser,
    recogniser_file: ModelFile,
) -> None:
    image = read_photo(photos_of(PEOPLE[0], 1)[0])
    landmarks = finder.find(image)[0].landmarks
    reference = cv2.FaceRecognizerSF.create(str(recogniser_file.path), "")
    expected = unit(reference.feature(recognition_crop(image, landmarks))[0])
    # With red and blue swapped it would be 0.92.
    assert cosine(recogniser.embed(image, landmarks), expected) > 0.999


@pytest.mark.shared
def test_an_embedding_does_not_depend_on_where_the_face_is_or_how_large(
    photos_of: Callable[[str, int], list[Path]], embed: Embed
) -> None:
    image = read_photo(photos_of(PEOPLE[0], 1)[0])
    moved = cv2.copyMakeBorder(image, 40, 0, 90, 0, cv2.BORDER_CONSTANT)
    larger = np.asarray(cv2.resize(moved, None, fx=3, fy=3), np.uint8)
    assert cosine(embed(image), embed(larger)) > 0.9


@pytest.mark.shared
def test_an_embedding_has_length_one_and_is_no_view_of_the_engine(
    photos_of: Callable[[str, int], list[Path]], embed: Embed
) -> None:
    first = embed(read_photo(photos_of(PEOPLE[0], 1)[0]))
    kept = first.copy()
    embed(read_photo(photos_of(PEOPLE[2], 1)[0]))
    assert np.array_equal(first, kept)
    assert np.linalg.norm(first) == pytest.approx(1, abs=1e-5)
    assert first.shape == (128,) and first.dtype == np.float32
