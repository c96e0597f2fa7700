"""Content-adaptive convolution of HiFaceGAN (Yang et al. 2020), eq. 2 and 3."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

KERNEL = 3


class AdaptiveConv(nn.Module):
    """S(F; W)_i = sum over j of phi(f_j, f_i) w_(j - i) f_j.

    phi(f_i, f_j) = sigmoid(G(f_i)^T G(f_j)), with G a perceptron of two layers, which
    acts on every pixel alike. Neighbours outside the picture are zeros, as for a plain
    convolution. It is computed one offset after the other: all windows at once take
    nine times the memory.

    Args:
        channels, outputs: C and C'.
        correlation: D, the dimension of the space of G.
        stride: way between two centres i.
        adaptive: false takes phi = 1 everywhere, which is eq. 1 (the paper's "FixConv").
    """

    def __init__(
        self, channels: int, outputs: int, correlation: int, stride: int = 1, adaptive: bool = True
    ) -> None:
        super().__init__()
        self.stride = stride
        plain = nn.Conv2d(channels, outputs, KERNEL, padding=KERNEL // 2)
        self.weight = plain.weight
        self.bias = plain.bias
        self.correlate = (
            nn.Sequential(
                nn.Conv2d(channels, correlation, 1),
                nn.ReLU(),
                nn.Conv2d(correlation, correlation, 1),
            )
            if adaptive
            else None
        )

    def forward(self, features: Tensor) -> Tensor:
        """N x C x H x W -> N x C' x H/stride x W/stride."""
        if self.correlate is None:
            return F.conv2d(features, self.weight, self.bias, self.stride, KERNEL // 2)
        edge = KERNEL // 2
        height, width = features.shape[-2:]
        correlated = self.correlate(features)
        centres = correlated[..., :: self.stride, :: self.stride]
        padded = F.pad(features, (edge, edge, edge, edge))
        padded_correlated = F.pad(correlated, (edge, edge, edge, edge))
        total: Tensor | None = None
        for dy in range(KERNEL):
            for dx in range(KERNEL):
                rows = slice(dy, dy + height, self.stride)
                columns = slice(dx, dx + width, self.stride)
                neighbours = padded_correlated[..., rows, columns]
                phi = torch.sigmoid((neighbours * centres).sum(1, keepdim=True))
                part = F.conv2d(
                    phi * padded[..., rows, columns], self.weight[..., dy : dy + 1, dx : dx + 1]
                )
                total = part if total is None else total + part
        assert total is not None and self.bias is not None
        return total + self.bias[:, None, None]
