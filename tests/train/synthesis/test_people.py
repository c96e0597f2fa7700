"""Who is drawn, and what is kept of their pictures; with a stand-in for the generator."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from nasfe_cam.core.frame import FloatArray
from train.synthesis.directions import DIRECTIONS, fit_directions
from train.synthesis.faces import FaceMaker, GeneratedFace
from train.synthesis.generator import COMPONENTS, LATENT
from train.synthesis.subjects import FRAMES, PHOTOS, Kind, Subject, draw_subjects

RNG = np.random.default_rng(0)
WAYS = (0.1 * RNG.standard_normal((DIRECTIONS, LATENT))).astype(np.float32)


def stand_in() -> Any:
    def latent(rng: np.random.Generator, spread: float) -> FloatArray:
        return (spread * rng.standard_normal(LATENT)).astype(np.float32)

    components = (0.01 * RNG.standard_normal((COMPONENTS, LATENT))).astype(np.float32)
    return SimpleNamespace(latent=latent, components=components, picture=lambda latent: latent)


def test_subjects_are_those_of_the_seed_and_of_their_kind() -> None:
    counts = {Kind.SINGLE: 3, Kind.PERSON: 2, Kind.CLIP: 2}
    generator = stand_in()
    drawn = draw_subjects(np.random.default_rng(5), generator, WAYS, counts)
    again = draw_subjects(np.random.default_rng(5), generator, WAYS, counts)
    for one, other in zip(drawn, again, strict=True):
        assert one.kind is other.kind and np.array_equal(one.latents, other.latents)
    for subject in drawn:
        low, high = {Kind.SINGLE: (1, 1), Kind.PERSON: PHOTOS, Kind.CLIP: FRAMES}[subject.kind]
        assert low <= len(subject.latents) <= high
    clip = next(subject for subject in drawn if subject.kind is Kind.CLIP)
    steps = np.linalg.norm(np.diff(clip.latents, axis=0), axis=1)
    away = np.linalg.norm(clip.latents - clip.latents[0], axis=1).max()
    # It moves, and smoothly: no step is a jump across the whole way.
    assert away > 0 and steps.max() < 0.6 * away


def test_directions_move_landmarks_and_keep_the_person() -> None:
    rng = np.random.default_rng(2)
    latents = rng.standard_normal((150, 20)).astype(np.float32)
    moving, changing = np.eye(20)[:8], np.eye(20)[8:16]
    landmarks = (latents @ moving.T @ rng.standard_normal((8, 956))).reshape(150, 478, 2)
    embeddings = latents @ changing.T @ rng.standard_normal((8, 128))
    directions = fit_directions(
        latents, landmarks.astype(np.float32), embeddings.astype(np.float32)
    )
    assert directions.shape == (DIRECTIONS, 20)
    assert np.linalg.norm(directions @ moving.T, axis=1).min() > 0.9
    assert np.linalg.norm(directions @ changing.T, axis=1).max() < 0.3


class Looks(FaceMaker):
    """Sees what the latent vector says: first number the person, second a shift, 9 no face."""

    def __init__(self) -> None:
        def embed(picture: FloatArray, landmarks: FloatArray) -> FloatArray:
            angle = float(picture[0])
            return np.array([np.cos(angle), np.sin(angle)], np.float32)

        super().__init__(stand_in(), None, SimpleNamespace(embed=embed))  # type: ignore[arg-type]

    def _look(self, picture: Any) -> GeneratedFace | None:
        if picture[0] == 9:
            return None
        rng = np.random.default_rng(0)
        landmarks = 512 + 200 * rng.uniform(-1, 1, (478, 2))
        # Only the outer points move: the alignment takes its own where they are.
        landmarks[400:] += 1000 * picture[1]
        return GeneratedFace(picture, landmarks.astype(np.float32))


def latents(*rows: tuple[float, float]) -> FloatArray:
    return np.array(rows, np.float32)


def test_another_person_and_no_face_are_not_the_same_person() -> None:
    subject = Subject(Kind.PERSON, latents((0, 0), (0.1, 0), (2, 0), (9, 0)))
    groups = Looks().make(subject)
    assert [(kind, len(faces)) for kind, faces in groups] == [(Kind.PERSON, 2), (Kind.SINGLE, 1)]


def test_a_person_with_one_photo_left_is_a_single_face() -> None:
    subject = Subject(Kind.PERSON, latents((0, 0), (2, 0), (9, 0)))
    assert [kind for kind, _ in Looks().make(subject)] == [Kind.SINGLE, Kind.SINGLE]


def test_a_clip_ends_before_it_jumps() -> None:
    calm = [(0, 0)] * 9
    (kind, faces), *others = Looks().make(Subject(Kind.CLIP, latents(*calm, (0, 1), (0, 1))))
    assert kind is Kind.CLIP and len(faces) == 9 and not others
    short = Looks().make(Subject(Kind.CLIP, latents((0, 0), (0, 1), *calm)))
    assert [kind for kind, _ in short] == [Kind.SINGLE]
