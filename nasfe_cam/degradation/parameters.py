"""The degradation of one picture, and the ranges from which training draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nasfe_cam.core.frame import FloatArray
from nasfe_cam.degradation.kernels import draw_kernel


@dataclass(frozen=True, slots=True, eq=False)
class Degradation:
    """The parameters of eq. 1 for one picture.

    Attributes:
        kernel: k x k float32 blur kernel with sum 1 and odd k, or None for no blur.
        light: low-light factor r in (0, 1]; 1 keeps the light.
        signal_noise: sigma_s, deviation of the photon noise at irradiance 1.
        constant_noise: sigma_c, deviation of the stationary noise.
        gamma: exponent of the camera response f(L) = L ** (1 / gamma).
    """

    kernel: FloatArray | None = None
    light: float = 1.0
    signal_noise: float = 0.0
    constant_noise: float = 0.0
    gamma: float = 1.0

    @property
    def has_noise(self) -> bool:
        return self.signal_noise > 0 or self.constant_noise > 0

    @property
    def label(self) -> tuple[float, float, float]:
        """The class vector c = {b, n, l} of the paper, each 0 or 1."""
        return (float(self.kernel is not None), float(self.has_noise), float(self.light < 1))


CLEAN = Degradation()


@dataclass(frozen=True, slots=True)
class DegradationRanges:
    """Training ranges; the defaults are those of Yasarla, Vaezi Joze and Patel 2021, section 4.

    The paper is silent about how often each degradation is present, and about
    the camera response. Most of the samples carry all three here, since that is
    the product's case; the rest draw each one by itself, so that single
    degradations and clean pictures are seen as well. The response is linear in
    most samples (with 2.2 and a light of 0.05 nothing but noise is left to learn
    from) and drawn up to 2.2 in the rest: only a nearly linear one gives the input PSNR that
    the paper prints for Test-L and Test-BNL (8.25 and 8.17 dB; here 8.8 dB
    linear, 11.1 dB at 2.2), while real webcams are near 2.2.
    """

    light: tuple[float, float] = (0.05, 0.5)
    signal_noise: tuple[float, float] = (0.01, 0.16)
    constant_noise: tuple[float, float] = (0.01, 0.06)
    gamma: tuple[float, float] = (1.0, 2.2)
    linear_response_share: float = 0.8
    all_three_share: float = 0.65
    single_probability: float = 0.5
    gaussian_kernel_share: float = 0.25
    present: tuple[bool, bool, bool] | None = None
    """Draw just these of blur, noise and low light, whatever the shares say; None goes by them."""

    def sample(
        self, rng: np.random.Generator, kernels: Sequence[FloatArray] | None = None
    ) -> Degradation:
        """Draw the degradation of one training picture.

        Args:
            rng: source of randomness.
            kernels: drawn from if given (the paper draws from 25,000 prepared
                kernels); else a new kernel is made.
        """
        present = (
            np.ones(3, bool)
            if rng.random() < self.all_three_share
            else rng.random(3) < self.single_probability
        )
        if self.present is not None:
            present = np.array(self.present)
        kernel = None
        if present[0]:
            kernel = (
                draw_kernel(rng, self.gaussian_kernel_share)
                if kernels is None
                else kernels[int(rng.integers(len(kernels)))]
            )
        linear = rng.random() < self.linear_response_share
        return Degradation(
            kernel=kernel,
            light=rng.uniform(*self.light) if present[2] else 1.0,
            signal_noise=rng.uniform(*self.signal_noise) if present[1] else 0.0,
            constant_noise=rng.uniform(*self.constant_noise) if present[1] else 0.0,
            gamma=1.0 if linear else rng.uniform(*self.gamma),
        )
