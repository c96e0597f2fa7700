"""The degradation model of the paper (long version, eq. 1 and section 4).

`y = f(demosaic(M(r * f^-1(k * x)) + n))`: blur by a kernel k, inverse camera
response, mosaic M, low-light factor r, photon-Gaussian noise n, demosaic and
camera response f. This package is the NumPy/OpenCV reference that
`--simulate-bad-webcam` runs live; `train/degradation.py` is the batched PyTorch
twin, and a test shows that both give the same picture.

`add_webcam_artefacts` adds what webcams do after their sensor. It is no part of
eq. 1 and only there where it is called.
"""

from nasfe_cam.degradation.camera import degrade
from nasfe_cam.degradation.parameters import CLEAN, Degradation, DegradationRanges
from nasfe_cam.degradation.webcam import (
    NO_ARTEFACTS,
    WebcamArtefacts,
    WebcamRanges,
    add_webcam_artefacts,
    add_webcam_artefacts_to_clip,
)

__all__ = [
    "CLEAN",
    "NO_ARTEFACTS",
    "Degradation",
    "DegradationRanges",
    "WebcamArtefacts",
    "WebcamRanges",
    "add_webcam_artefacts",
    "add_webcam_artefacts_to_clip",
    "degrade",
]
