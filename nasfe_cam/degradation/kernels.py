"""Blur kernels: camera-shake trajectories and anisotropic Gaussians."""

from __future__ import annotations

import cmath

import numpy as np
from numpy.typing import NDArray

from nasfe_cam.core.frame import FloatArray

SMALLEST_MOTION_KERNEL = 13
LARGEST_MOTION_KERNEL = 27


def motion_kernel(rng: np.random.Generator, size: int) -> FloatArray:
    """Draw one camera-shake kernel.

    A particle moves at constant speed; inertia, a pull back to the start, a
    Gaussian disturbance and rare impulsive shakes turn it (the model of
    Boracchi and Foi, "Modeling the performance of image restoration from motion
    blur", 2012, cited by the paper as [1]). Its path is drawn with bilinear
    weights.

    Args:
        rng: source of randomness; the same state gives the same kernel.
        size: side of the square kernel, odd, 13..27 in the paper.

    Returns:
        size x size float32, not negative, sum 1.
    """
    steps = 400
    anxiety = 0.1 * rng.random()
    pull = 0.7 * rng.random() / steps
    disturbance = 10.0 * rng.random() / steps
    shake_probability = 0.2 * rng.random() / 10
    angle = rng.uniform(0, 2 * np.pi)
    velocity = cmath.rect(1, angle)
    # Python's complex numbers, not NumPy's: those ask the C runtime for functions that Wine lacks.
    turns = [complex(x, y) for x, y in (rng.standard_normal((steps, 2)) * disturbance).tolist()]
    shakes = rng.random(steps) < shake_probability * anxiety
    shake_angles = rng.uniform(np.pi / 2, 3 * np.pi / 2, steps).tolist()
    path = np.zeros((steps, 2))
    position = 0j
    for step in range(1, steps):
        velocity += turns[step] - pull * position
        if shakes[step]:
            velocity *= cmath.rect(1, shake_angles[step])
        velocity /= abs(velocity)
        position += velocity
        path[step] = position.real, position.imag
    extent = np.ptp(path, axis=0).max()
    length = rng.uniform(0.45, 0.95) * (size - 2)
    path *= length / extent
    path -= (path.max(axis=0) + path.min(axis=0)) / 2
    return _draw_path(path, size)


def _draw_path(path: NDArray[np.float64], size: int) -> FloatArray:
    x, y = path.T + (size - 1) / 2
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    kernel = np.zeros((size, size))
    for dy in (0, 1):
        for dx in (0, 1):
            weight = (1 - np.abs(x - left - dx)) * (1 - np.abs(y - top - dy))
            np.add.at(
                kernel,
                (np.clip(top + dy, 0, size - 1), np.clip(left + dx, 0, size - 1)),
                weight,
            )
    return np.asarray(kernel / kernel.sum(), np.float32)


def gaussian_kernel(
    sigma_long: float, sigma_short: float, angle: float, size: int = 19
) -> FloatArray:
    """An anisotropic Gaussian kernel (the paper's [88]).

    Args:
        sigma_long: standard deviation along `angle`, in pixels.
        sigma_short: standard deviation across it, in pixels.
        angle: in radians.
        size: side of the square kernel, odd.

    Returns:
        size x size float32, sum 1.
    """
    axis = np.arange(size) - (size - 1) / 2
    x, y = np.meshgrid(axis, axis)
    along = x * np.cos(angle) + y * np.sin(angle)
    across = -x * np.sin(angle) + y * np.cos(angle)
    kernel = np.exp(-0.5 * ((along / sigma_long) ** 2 + (across / sigma_short) ** 2))
    return np.asarray(kernel / kernel.sum(), np.float32)


def draw_kernel(rng: np.random.Generator, gaussian_share: float) -> FloatArray:
    """Draw a motion kernel of 13..27 pixels or, with `gaussian_share`, a Gaussian of sigma 1..3."""
    if rng.random() < gaussian_share:
        return gaussian_kernel(rng.uniform(1, 3), rng.uniform(1, 3), rng.uniform(0, np.pi))
    sizes = np.arange(SMALLEST_MOTION_KERNEL, LARGEST_MOTION_KERNEL + 1, 2)
    return motion_kernel(rng, int(rng.choice(sizes)))
