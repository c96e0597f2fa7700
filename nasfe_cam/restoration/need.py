"""Whether a face needs the network at all, and how much of it."""

from __future__ import annotations

from nasfe_cam.core.smoothing.smooth_step import smooth_step
from nasfe_cam.restoration.observer import Observation

# Position in the class vector c = {b, n, l}.
BLUR = 0
# A face that is blurred with less certainty than the first is left sharp as it is; from the second
# on it is restored in full.
SHARP, BLURRED = 0.15, 0.5
# Deviation of the noise in grey levels, as the picture is shown: a network costs a face more than
# the first, and brings more than it costs from the second on.
FINE_GRAIN, COARSE_GRAIN = 2.0, 10.0


def need_of(observation: Observation, visible_noise: float) -> float:
    """0 for a face that the network could only harm, 1 for one that surely gains, smooth between.

    Light is not asked: it is lifted without the network, for all of the frame
    (`nasfe_cam.compositing.light`). Noise is measured after that, since a little noise in the dark
    is much in the light.

    Args:
        observation: of the slow path, smoothed over time.
        visible_noise: deviation of the noise in grey levels, in the light that is shown.
    """
    blur = smooth_step(float(observation.degradation[BLUR]), SHARP, BLURRED)
    return max(blur, smooth_step(visible_noise, FINE_GRAIN, COARSE_GRAIN))
