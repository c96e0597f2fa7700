"""Runs the face generator: latent vectors in, pictures out."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.openvino.runtime import openvino
from nasfe_cam.core.frame import FloatArray, Image
from train.synthesis.package import GeneratorFiles

LATENT = 512
COMPONENTS = 80
"""Principal components of W that are kept: the others are hardly seen."""

SIDE = 1024

_SAMPLES, _PART = 8192, 256
# The components are part of what a seed means: they come from a seed of their own.
_SEED = 20210721


class FaceGenerator:
    """Holds MobileStyleGAN's mapping and synthesis networks.

    Args:
        files: from `read_generator`.
        threads: CPU threads.

    Attributes:
        mean: 512 float32, the mean of W.
        components: 80 x 512 float32, the first principal components of W, each as long
            as the deviation of W along it.
    """

    def __init__(self, files: GeneratorFiles, threads: int = 1) -> None:
        core = openvino.Core()
        # float32: the pictures are to be the same on every machine, as far as they can be.
        options = {"INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": "f32"}
        mapping = core.read_model(*files.mapping)
        mapping.reshape({"var": [_PART, LATENT]})
        self._mapping = core.compile_model(mapping, "CPU", options)
        self._synthesis = core.compile_model(core.read_model(*files.synthesis), "CPU", options)
        sampled = self._sampled(np.random.default_rng(_SEED), _SAMPLES)
        self.mean: FloatArray = sampled.mean(0)
        _, deviations, directions = np.linalg.svd(sampled - self.mean, full_matrices=False)
        lengths = deviations[:COMPONENTS, None] / np.sqrt(len(sampled))
        self.components: FloatArray = (directions[:COMPONENTS] * lengths).astype(np.float32)

    def latent(self, rng: np.random.Generator, spread: float) -> FloatArray:
        """Draw a face.

        Args:
            rng: source of randomness.
            spread: 0 gives the mean face, 1 the whole variety with its failures
                (the truncation of Karras and others, "A Style-Based Generator", 2019).

        Returns:
            512 float32, a point of W.
        """
        drawn = self._sampled(rng, 1)[0]
        latent: FloatArray = self.mean + np.float32(spread) * (drawn - self.mean)
        return latent

    def picture(self, latent: FloatArray) -> Image:
        """The face of a point of W: 1024 x 1024 x 3 uint8 BGR."""
        planes = self._synthesis({"style": latent[None]})[0][0]
        levels = [cv2.convertScaleAbs(np.maximum(p, -1) + 1, alpha=127.5) for p in planes[::-1]]
        return np.asarray(cv2.merge(levels), np.uint8)

    def _sampled(self, rng: np.random.Generator, count: int) -> FloatArray:
        parts: list[NDArray[np.float32]] = []
        for start in range(0, count, _PART):
            noise = np.zeros((_PART, LATENT), np.float32)
            size = min(_PART, count - start)
            noise[:size] = rng.standard_normal((size, LATENT), np.float32)
            parts.append(np.array(self._mapping({"var": noise})[0][:size]))
        return np.concatenate(parts)
