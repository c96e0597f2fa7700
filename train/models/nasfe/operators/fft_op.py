"""FFT operator: Wiener deconvolution with learned operands."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

EPSILON = 0.01


class FFTOp(nn.Module):
    """x_out = F^-1(X1 conj(X2) / (|X2|^2 + eps)), eq. 2 and Fig. 4 (b) of the paper.

    The features are split into two halves, each passes a 3 x 3 convolution (to
    all channels, so that the operator keeps their number), and the first is
    deconvolved by the second. Eq. 2 prints X2 without the conjugate; the Wiener
    filter that it cites has it, and without it the phase of X2 would be doubled
    instead of removed.

    Set `use_matrices` before export: no engine that we support runs the ONNX
    DFT operator well, and constant matrix products are exact.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        half = channels // 2
        self.conv1 = nn.Conv2d(half, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels - half, channels, 3, padding=1)
        self.use_matrices = False

    def forward(self, features: Tensor) -> Tensor:
        half = self.conv1.in_channels
        first, second = features[:, :half], features[:, half:]
        x1, x2 = self.conv1(first), self.conv2(second)
        with torch.autocast(features.device.type, enabled=False):
            transform = wiener_by_matrices if self.use_matrices else wiener_by_fft
            return transform(x1.float(), x2.float()).to(features.dtype)


def wiener_by_fft(x1: Tensor, x2: Tensor) -> Tensor:
    """Deconvolve x1 by x2 with `torch.fft`; N x C x H x W float32, orthonormal transform."""
    spectrum1 = torch.fft.rfft2(x1, norm="ortho")
    spectrum2 = torch.fft.rfft2(x2, norm="ortho")
    power = spectrum2.real**2 + spectrum2.imag**2
    quotient = spectrum1 * spectrum2.conj() / (power + EPSILON)
    out: Tensor = torch.fft.irfft2(quotient, s=x1.shape[-2:], norm="ortho")
    return out


def wiener_by_matrices(x1: Tensor, x2: Tensor) -> Tensor:
    """The same with real constant matrices only, so that every engine can run it."""
    rows, columns = (_dft_matrices(n, x1.device) for n in x1.shape[-2:])
    real1, imag1 = _dft2(x1, rows, columns)
    real2, imag2 = _dft2(x2, rows, columns)
    scale = 1 / (real2**2 + imag2**2 + EPSILON)
    real = (real1 * real2 + imag1 * imag2) * scale
    imag = (imag1 * real2 - real1 * imag2) * scale
    # The inverse transform of a spectrum with Hermitian symmetry: its real part is all there is.
    cosine_rows, sine_rows = rows
    cosine_columns, sine_columns = columns
    left_real = cosine_rows @ real - sine_rows @ imag
    left_imag = cosine_rows @ imag + sine_rows @ real
    return left_real @ cosine_columns - left_imag @ sine_columns


def _dft2(
    x: Tensor, rows: tuple[Tensor, Tensor], columns: tuple[Tensor, Tensor]
) -> tuple[Tensor, Tensor]:
    cosine_rows, sine_rows = rows
    cosine_columns, sine_columns = columns
    left_real, left_imag = cosine_rows @ x, -(sine_rows @ x)
    real = left_real @ cosine_columns + left_imag @ sine_columns
    imag = left_imag @ cosine_columns - left_real @ sine_columns
    return real, imag


def _dft_matrices(length: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """cos and sin of the orthonormal DFT, length x length; both symmetric.

    The product of the indices is reduced modulo the length first: float32
    angles of many turns would lose the precision that the 1e-6 agreement needs.
    """
    index = torch.arange(length, device=device)
    turns = (index[:, None] * index[None, :]) % length
    angles = turns.double() * (2 * math.pi / length)
    scale = 1 / math.sqrt(length)
    return (angles.cos() * scale).float(), (angles.sin() * scale).float()
