"""HiFaceGAN's parts against their equations written out."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from train.models.hifacegan.adaptive_convolution import AdaptiveConv
from train.models.hifacegan.discriminator import MultiScaleDiscriminator
from train.models.hifacegan.network import HiFaceGAN, HiFaceGANSize
from train.models.hifacegan.presets import HIFACEGAN_SIZES
from train.models.hifacegan.spade import Spade
from train.papers.losses import matching_loss, mean_square_of_features

TINY = HiFaceGANSize((4, 6, 8), (4, 6, 8), 3, 4, 1, batch_norm=False)


@pytest.mark.parametrize("stride", [1, 2])
def test_adaptive_convolution_is_equation_2_pixel_by_pixel(stride: int) -> None:
    torch.manual_seed(0)
    layer = AdaptiveConv(3, 5, correlation=2, stride=stride)
    features = torch.randn(2, 3, 6, 8)
    got = layer(features)
    assert layer.correlate is not None and layer.bias is not None
    # G works on every pixel alike: a perceptron, written with its two matrices.
    first, _, second = layer.correlate

    def perceptron(vector: torch.Tensor) -> torch.Tensor:
        hidden = torch.relu(first.weight[:, :, 0, 0] @ vector + first.bias)
        return second.weight[:, :, 0, 0] @ hidden + second.bias

    for n in range(2):
        for row in range(0, 6, stride):
            for column in range(0, 8, stride):
                centre = perceptron(features[n, :, row, column])
                total = layer.bias.clone()
                for dy in (-1, 0, 1):
                    for dx in (-1, 0, 1):
                        y, x = row + dy, column + dx
                        if not (0 <= y < 6 and 0 <= x < 8):
                            continue
                        neighbour = features[n, :, y, x]
                        phi = torch.sigmoid(perceptron(neighbour) @ centre)
                        total = total + phi * (layer.weight[:, :, dy + 1, dx + 1] @ neighbour)
                torch.testing.assert_close(got[n, :, row // stride, column // stride], total)


def test_correlation_is_symmetric() -> None:
    """Eq. 3: phi(f_i, f_j) = phi(f_j, f_i). With two pixels, each has the other's phi."""
    torch.manual_seed(1)
    layer = AdaptiveConv(2, 1, correlation=2)
    with torch.no_grad():
        layer.weight.zero_()
        layer.weight[..., 1, 0] = 1  # Only the left neighbour,
        layer.weight[..., 1, 2] = 1  # and the right one.
        assert layer.bias is not None
        layer.bias.zero_()
    one, other = torch.randn(2), torch.randn(2)
    row = torch.stack([one, other], dim=1)[None, :, None]
    left, right = layer(row)[0, 0, 0]
    assert (left / other.sum()).item() == pytest.approx((right / one.sum()).item(), rel=1e-4)


def test_without_adaption_it_is_a_plain_convolution() -> None:
    layer = AdaptiveConv(3, 4, 2, stride=2, adaptive=False)
    features = torch.randn(1, 3, 8, 8)
    wanted = nn.functional.conv2d(features, layer.weight, layer.bias, 2, 1)
    torch.testing.assert_close(layer(features), wanted)
    assert layer.correlate is None


@pytest.mark.parametrize("batch", [True, False])
def test_spade_is_its_definition(batch: bool) -> None:
    torch.manual_seed(0)
    layer = Spade(3, 2, hidden=4, batch=batch)
    features, guide = 5 + 2 * torch.randn(2, 3, 4, 4), torch.randn(2, 2, 4, 4)
    got = layer(features, guide)
    shared = torch.relu(layer.shared[0](guide))
    gamma, beta = layer.gamma(shared), layer.beta(shared)
    for channel in range(3):
        for n in range(2):
            seen = features[:, channel] if batch else features[n, channel]
            normal = (features[n, channel] - seen.mean()) / torch.sqrt(
                seen.var(unbiased=False) + 1e-5
            )
            wanted = normal * (1 + gamma[n, channel]) + beta[n, channel]
            torch.testing.assert_close(got[n, channel], wanted, rtol=1e-4, atol=1e-5)


def test_every_level_of_the_guide_reaches_the_picture() -> None:
    torch.manual_seed(0)
    network = HiFaceGAN(TINY).eval()
    face = torch.rand(1, 3, 16, 16)
    guides = [level.detach().requires_grad_() for level in network.suppression(2 * face - 1)]
    network.suppression.forward = lambda _picture: guides  # type: ignore[method-assign]
    network(face).square().sum().backward()
    assert [tuple(guide.shape[1:]) for guide in guides] == [(4, 16, 16), (6, 8, 8), (8, 4, 4)]
    assert all(guide.grad is not None and guide.grad.abs().max() > 0 for guide in guides)


@pytest.mark.parametrize(("adaptive", "spade"), [(False, True), (True, False)])
def test_rows_of_the_ablation_leave_their_part_out(adaptive: bool, spade: bool) -> None:
    size = HiFaceGANSize((4, 6, 8), (4, 6, 8), 3, 4, 1, False, adaptive=adaptive, spade=spade)
    network = HiFaceGAN(size)
    kinds = {type(module).__name__ for module in network.modules()}
    assert ("Spade" in kinds) == spade
    with_mlp = [m for m in network.modules() if isinstance(m, AdaptiveConv) and m.correlate]
    assert bool(with_mlp) == adaptive
    network(torch.rand(2, 3, 16, 16)).mean().backward()
    assert all(p.grad is not None for p in network.parameters())


def test_the_papers_size_has_the_authors_widths() -> None:
    size = HIFACEGAN_SIZES["hifacegan"]
    assert size.suppressed == (48, 96, 192, 384, 768, 768)
    assert size.batch_norm


def test_feature_losses_are_equation_5() -> None:
    torch.manual_seed(0)
    wanted = [torch.randn(2, 3, 4, 5), torch.randn(2, 6, 2, 2)]
    got = [torch.randn(2, 3, 4, 5), torch.randn(2, 6, 2, 2)]
    expected = sum(
        (((a - b) ** 2).sum(dim=(1, 2, 3)) / a[0].numel()).mean()
        for a, b in zip(wanted, got, strict=True)
    )
    torch.testing.assert_close(mean_square_of_features(wanted, got), torch.as_tensor(expected))
    # The verdicts are no features.
    ends = [*wanted, torch.zeros(1)], [*got, torch.ones(1)]
    torch.testing.assert_close(matching_loss([ends[0]], [ends[1]]), torch.as_tensor(expected))


def test_the_discriminator_sees_the_degraded_picture_at_two_scales() -> None:
    judge = MultiScaleDiscriminator((4, 6, 8))
    picture = torch.rand(2, 3, 32, 32)
    dark, light = judge(0 * picture, picture), judge(picture, picture)
    assert len(dark) == 2 and dark[0][0].shape[-1] == 2 * dark[1][0].shape[-1]
    assert all(one[-1].shape[1] == 1 for one in dark)
    assert not torch.allclose(dark[0][-1], light[0][-1])
