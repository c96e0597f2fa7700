"""Directions of W that move a face and keep the person.

Principal components of W turn heads, but they also change sex, age and glasses: looked at,
one person's photos along the first twelve showed several people. So a few hundred faces are
made, linear maps from their latent vectors to landmarks and to the recogniser's embedding are
fitted, and the directions are those along which landmarks move most for the least change of
the embedding: a generalised eigenvalue problem, as in linear discriminant analysis (Fisher,
1936).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

from nasfe_cam.core.atomic_files import FileBeside
from nasfe_cam.core.frame import FloatArray
from train.synthesis.generator import FaceGenerator

DIRECTIONS = 8
"""Of 200 faces, landmarks move 0.23 (crops, root of the sum) along the first, 0.03 the last."""

FACES, SPREAD, SEED = 200, 0.8, 1

_RIDGE, _LEAST_CHANGE = 60.0, 0.3


def fit_directions(
    latents: FloatArray, landmarks: FloatArray, embeddings: FloatArray
) -> FloatArray:
    """The directions.

    Args:
        latents: N x K, in deviations of each component.
        landmarks: N x 478 x 2, 0..1 from edge to edge of the crop.
        embeddings: N x 128, of length 1.

    Returns:
        8 x K float32 of length 1.
    """
    moving = _slopes(latents, landmarks.reshape(len(landmarks), -1))
    changing = _slopes(latents, embeddings)
    gain, cost = _scatter(moving), _scatter(changing)
    _, directions = eigh(gain, cost + _LEAST_CHANGE * np.eye(len(cost)))
    best = directions[:, : -DIRECTIONS - 1 : -1].T
    return np.asarray(best / np.linalg.norm(best, axis=1, keepdims=True), np.float32)


Look = Callable[[FloatArray], tuple[FloatArray, FloatArray] | None]
"""Makes the face of a latent vector: unit landmarks and embedding, None where it failed."""


def load_or_fit(
    path: Path, generator: FaceGenerator, look: Look, progress: Callable[[int], None]
) -> FloatArray:
    """8 x 512 float32: one deviation along each direction; fitted once and kept in a file."""
    if not path.exists():
        rng = np.random.default_rng(SEED)
        latents: list[FloatArray] = []
        landmarks: list[FloatArray] = []
        embeddings: list[FloatArray] = []
        while len(latents) < FACES:
            latent = generator.latent(rng, SPREAD)
            seen = look(latent)
            if seen is not None:
                latents.append(latent)
                landmarks.append(seen[0])
                embeddings.append(seen[1])
                progress(len(latents))
        save_directions(
            path, generator, np.array(latents), np.array(landmarks), np.array(embeddings)
        )
    loaded: FloatArray = np.load(path)
    return loaded


def save_directions(
    path: Path,
    generator: FaceGenerator,
    latents: FloatArray,
    landmarks: FloatArray,
    embeddings: FloatArray,
) -> None:
    """Fit to N faces (`latents` N x 512, points of W) and write beside, then rename."""
    lengths = np.linalg.norm(generator.components, axis=1, keepdims=True)
    whitened = (latents - generator.mean) @ (generator.components / lengths**2).T / SPREAD
    directions = fit_directions(whitened, landmarks, embeddings) @ generator.components
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileBeside(path) as file, file.temporary.open("wb") as stream:
        np.save(stream, directions)


def _slopes(inputs: FloatArray, outputs: FloatArray) -> NDArray[np.float64]:
    """K x D, ridge regression of centred outputs."""
    x = inputs.astype(np.float64)
    y = outputs - outputs.mean(0)
    slopes: NDArray[np.float64] = np.linalg.solve(x.T @ x + _RIDGE * np.eye(x.shape[1]), x.T @ y)
    return slopes


def _scatter(slopes: NDArray[np.float64]) -> NDArray[np.float64]:
    scatter = slopes @ slopes.T
    scaled: NDArray[np.float64] = scatter / np.trace(scatter) * len(scatter)
    return scaled
