"""MMRB, the codec, StyleGAN2 and FreezeD against their definitions."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
import torch.nn.functional as F

from train.checkpoint import CheckpointRefused
from train.models.mmrb.codec import DECODER_BLOCKS, Codec
from train.models.mmrb.discriminator import FROZEN, ConvLayer, StyleGAN2Discriminator
from train.models.mmrb.layers import Blur, ModulatedConv, ToRGB
from train.models.mmrb.mmrb import MMRB
from train.models.mmrb.network import MMRBNetwork, MMRBSize
from train.models.mmrb.presets import MMRB_SIZES
from train.models.mmrb.public_weights import PriorRefused, load_prior
from train.models.mmrb.stylegan2 import StyleGAN2, StyleGAN2Size
from train.papers.losses import local_fooling_loss, logistic_fooling_loss

PRIOR = StyleGAN2Size((8, 6, 4), 10, 2)
TINY = MMRBSize(PRIOR, (6, 4, 2))


def test_the_block_is_equations_4_to_10() -> None:
    torch.manual_seed(0)
    block = MMRB(6)
    features = torch.randn(2, 6, 7, 7)

    def branch(layers: torch.nn.Sequential, seen: torch.Tensor, padding: int) -> torch.Tensor:
        convolution, activation = layers[0], layers[1]
        out = F.conv2d(seen, convolution.weight, convolution.bias, padding=padding)
        return torch.where(out > 0, out, activation.weight[None, :, None, None] * out)

    one, two = features[:, :3], features[:, 3:]
    p1, p2 = branch(block.first3, one, 1), branch(block.first5, two, 2)
    both = torch.cat([p1, p2], 1)
    p1, p2 = branch(block.second3, both, 1), branch(block.second5, both, 2)
    wanted = features + branch(block.join, torch.cat([p1, p2], 1), 0)
    torch.testing.assert_close(block(features), wanted)


def test_the_block_has_the_parameters_that_its_equations_name() -> None:
    channels, half = 16, 8
    first = half * half * (9 + 25) + 2 * half
    second = channels * channels * (9 + 25) + 2 * channels
    join = 2 * channels * channels + channels
    activations = 2 * half + 2 * channels + channels
    count = sum(p.numel() for p in MMRB(channels).parameters())
    assert count == first + second + join + activations


def test_the_encoder_has_one_block_more_in_each_scale() -> None:
    codec = Codec((8, 6, 4), 10)
    for level in range(3):
        encoder = [m for m in codec.encode[2 - level].modules() if isinstance(m, MMRB)]
        decoder = [m for m in codec.decode[level].modules() if isinstance(m, MMRB)]
        assert len(encoder) == len(decoder) + 1 == DECODER_BLOCKS + 1


def test_modulated_convolution_is_its_definition() -> None:
    torch.manual_seed(0)
    layer = ModulatedConv(3, 5, 3, style=4)
    features, style = torch.randn(2, 3, 6, 6), torch.randn(2, 4)
    got = layer(features, style)
    scales = layer.modulation(style)
    for n in range(2):
        weight = layer.scale * layer.weight[0] * scales[n][None, :, None, None]
        demodulated = weight * torch.rsqrt(weight.square().sum(dim=(1, 2, 3), keepdim=True) + 1e-8)
        wanted = F.conv2d(features[n : n + 1], demodulated, padding=1)[0]
        torch.testing.assert_close(got[n], wanted, rtol=1e-4, atol=1e-5)


def test_demodulation_keeps_the_deviation_whatever_the_style_is() -> None:
    torch.manual_seed(0)
    layer = ModulatedConv(64, 64, 3, style=8)
    features = torch.randn(1, 64, 16, 16)
    for factor in (1.0, 30.0):
        out = layer(features, factor * torch.randn(1, 8))[..., 2:-2, 2:-2]
        assert out.std().item() == pytest.approx(1.0, abs=0.25)


def test_growing_is_zeros_between_pixels_and_the_binomial_filter() -> None:
    torch.manual_seed(0)
    layer = ModulatedConv(2, 3, 3, style=4, demodulate=False, up=True)
    features, style = torch.randn(1, 2, 4, 4), torch.randn(1, 4)
    weight = layer.scale * layer.weight[0] * layer.modulation(style)[0][None, :, None, None]
    spread = torch.zeros(1, 2, 9, 9)
    spread[..., 1:8:2, 1:8:2] = features
    # A transposed convolution is one with the flipped kernel over zeros between the pixels.
    wide = F.conv2d(F.pad(spread, (1, 1, 1, 1)), weight.flip(-1, -2))
    wanted = Blur((1, 1), gain=4.0)(wide)
    assert wanted.shape[-1] == 8
    torch.testing.assert_close(layer(features, style), wanted, rtol=1e-4, atol=1e-5)


def test_skips_add_the_smaller_picture_without_changing_its_mean() -> None:
    layer = ToRGB(4, 4)
    flat = torch.full((1, 3, 4, 4), 0.7)
    with torch.no_grad():
        layer.conv.weight.zero_()
    out = layer(torch.randn(1, 4, 8, 8), torch.randn(1, 4), flat)
    torch.testing.assert_close(out[..., 2:-2, 2:-2], torch.full((1, 3, 4, 4), 0.7))


def test_features_are_concatenated_not_added() -> None:
    """Eq. 3: the block after a noise branch sees Concat[x_hat, y_hat]."""
    torch.manual_seed(0)
    network = MMRBNetwork(TINY)
    assert network.prior.convs[0].conv.weight.shape[2] == 8 + 6  # type: ignore[union-attr]
    plain = StyleGAN2(PRIOR)
    assert plain.convs[0].conv.weight.shape[2] == 8  # type: ignore[union-attr]
    restored, coded = network.coded(torch.rand(2, 3, 16, 16))
    assert restored.shape == (2, 3, 16, 16)
    assert [tuple(level.shape[1:]) for level in coded.features] == [
        (6, 4, 4),
        (4, 8, 8),
        (2, 16, 16),
    ]
    assert [picture.shape[-1] for picture in coded.pictures] == [4, 8, 16]


def test_everything_but_nothing_else_learns() -> None:
    torch.manual_seed(0)
    network = MMRBNetwork(TINY)
    restored, coded = network.coded(torch.rand(2, 3, 16, 16))
    (restored.square().mean() + sum(p.square().mean() for p in coded.pictures)).backward()
    without = [name for name, p in network.named_parameters() if p.grad is None]
    assert without == []


def test_freeze_d_holds_five_convolutions_while_the_others_learn() -> None:
    torch.manual_seed(0)
    judge = StyleGAN2Discriminator((8, 8, 6, 6, 4))
    judge.freeze()
    before = {name: value.clone() for name, value in judge.state_dict().items()}
    optimiser = torch.optim.SGD([p for p in judge.parameters() if p.requires_grad], 0.1)
    judge(torch.rand(4, 3, 64, 64)).square().mean().backward()
    optimiser.step()
    held = {n for n, value in judge.state_dict().items() if torch.equal(value, before[n])}
    layers = {
        name: layer
        for name, layer in judge.named_modules()
        if isinstance(layer, ConvLayer) and ".skip" not in name
    }
    frozen = [name for name in layers if f"{name}.{_weight(layers[name])}" in held]
    # From the picture on: the layer at full size, then two blocks of two.
    assert frozen == ["convs.0", "convs.1.conv1", "convs.1.conv2", "convs.2.conv1", "convs.2.conv2"]
    assert len(frozen) == FROZEN
    moved = {name for name in before if name not in held}
    assert any(name.startswith("convs.3") for name in moved)
    assert any(name.startswith("final") for name in moved)


def _weight(layer: ConvLayer) -> str:
    return next(name for name, _ in layer.named_parameters() if name.endswith("weight"))


def save_public(path: Path, network: StyleGAN2) -> None:
    torch.save({"g_ema": network.state_dict()}, path)


def test_public_weights_draw_the_same_with_and_without_concatenation(tmp_path: Path) -> None:
    torch.manual_seed(0)
    public = StyleGAN2(PRIOR)
    save_public(tmp_path / "public.pt", public)
    network = StyleGAN2(PRIOR, (6, 4, 2))
    load_prior(network, tmp_path / "public.pt")
    style = public.map(torch.randn(2, 10))
    # Noise of the public network has weight 0 before training.
    features = [torch.randn(2, width, 4 * 2**n, 4 * 2**n) for n, width in enumerate((6, 4, 2))]
    with torch.no_grad():
        drawn = network(style, features)
    torch.testing.assert_close(drawn, public(style).detach(), rtol=1e-4, atol=1e-5)
    # From there on the features are learnt to be looked at.
    network(style, features).square().mean().backward()
    for block in (network.conv1, network.convs[0]):
        follows = network.convs[0] if block is network.conv1 else network.convs[1]
        gradient = follows.conv.weight.grad[0, :, -2:]  # type: ignore[union-attr, index]
        assert gradient.abs().max() > 0


def test_public_weights_of_other_shapes_are_refused_in_one_line(tmp_path: Path) -> None:
    save_public(tmp_path / "wide.pt", StyleGAN2(StyleGAN2Size((12, 6, 4), 10, 2)))
    with pytest.raises(PriorRefused) as refused:
        load_prior(StyleGAN2(PRIOR, (6, 4, 2)), tmp_path / "wide.pt")
    assert "(1, 12, 4, 4), not (1, 8, 4, 4)" in str(refused.value)
    assert "\n" not in str(refused.value)
    save_public(tmp_path / "small.pt", StyleGAN2(StyleGAN2Size((8, 6), 10, 2)))
    with pytest.raises(PriorRefused, match="there is no convs"):
        load_prior(StyleGAN2(PRIOR), tmp_path / "small.pt")
    torch.save({"weights": {}}, tmp_path / "other.pt")
    with pytest.raises(PriorRefused, match="holds no 'g_ema'"):
        load_prior(StyleGAN2(PRIOR), tmp_path / "other.pt")
    (tmp_path / "text.pt").write_text("no weights")
    with pytest.raises(CheckpointRefused):
        load_prior(StyleGAN2(PRIOR), tmp_path / "text.pt")


def test_a_network_that_fools_its_judges_has_less_loss() -> None:
    low, high = torch.full((3,), -2.0), torch.full((3,), 2.0)
    assert logistic_fooling_loss(high) < logistic_fooling_loss(low)
    assert local_fooling_loss(high) < local_fooling_loss(low)
    # log(1 - sigmoid(x)), eq. 12.
    wanted = torch.log(1 - torch.sigmoid(torch.tensor(2.0)))
    torch.testing.assert_close(local_fooling_loss(high), wanted)


def test_the_papers_size_is_512_pixels() -> None:
    assert MMRB_SIZES["mmrb"].side == 512
    assert len(MMRB_SIZES["mmrb"].codec) == len(MMRB_SIZES["mmrb"].prior.channels)
