"""The degradation model of the paper (long version, eq. 1 and section 4).

`y = f(demosaic(M(r * f^-1(k * x)) + n))`: blur by a kernel k, inverse camera
response, mosaic M, low-light factor r, photon-Gaussian noise n, demosaic and
camera response f. This package is the NumPy/OpenCV reference that
`--simulate-bad-webcam` runs live; `train/degradation.py` is the batched PyTorch
twin, and a test shows that both give the same picture.
"""

from nasfe_cam.degradation.camera import degrade
from nasfe_cam.degradation.parameters import CLEAN, Degradation, DegradationRanges

__all__ = ["CLEAN", "Degradation", "DegradationRanges", "degrade"]
