"""The parts of the network keep their equations."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from train.checkpoint import save_state
from train.models.classification import ClassificationHead, Observer
from train.models.counting import macs_of, parameters_of
from train.models.nasfe.exposure import LARGEST_GAIN, exposure_gain
from train.models.nasfe.fusion_network import FusionNetwork
from train.models.nasfe.genotype import (
    Block,
    CellGenotype,
    Connection,
    Genotype,
    load_genotype,
    parse_genotype,
)
from train.models.nasfe.identity_attention import IdentityAttention
from train.models.nasfe.identity_information import (
    IdentityInformation,
    adaptive_instance_norm,
    normalise_features,
)
from train.models.nasfe.network import Nasfe
from train.models.nasfe.operators.fft_op import wiener_by_fft, wiener_by_matrices
from train.models.nasfe.operators.search_space import KNOWN_OPERATORS
from train.models.nasfe.presets import GENOTYPES, SIZES, build
from train.models.vgg import VGGFeatures
from train.warm_start import take_over


@pytest.mark.parametrize("name", KNOWN_OPERATORS)
def test_every_operator_keeps_the_shape_and_passes_gradients(name: str) -> None:
    torch.manual_seed(0)
    operator = KNOWN_OPERATORS[name](32)
    features = torch.randn(2, 32, 12, 10, requires_grad=True)
    out = operator(features)
    assert out.shape == features.shape
    if name != "none":
        out.sum().backward()
        assert features.grad is not None and features.grad.abs().sum() > 0
    else:
        assert not out.any()


@pytest.mark.parametrize("size", [(16, 16), (22, 18), (32, 32)])
def test_the_fft_operator_by_matrices_is_the_one_by_fft(size: tuple[int, int]) -> None:
    torch.manual_seed(0)
    x1, x2 = torch.randn(2, 8, *size), torch.randn(2, 8, *size)
    difference = (wiener_by_matrices(x1, x2) - wiener_by_fft(x1, x2)).abs().max()
    assert difference <= 1e-5 * wiener_by_fft(x1, x2).abs().max() + 1e-5


def test_the_fft_operator_deconvolves() -> None:
    """Wiener deconvolution of a blurred picture by its kernel gives the picture back (eq. 2)."""
    torch.manual_seed(0)
    picture = torch.rand(1, 1, 32, 32)
    kernel = torch.zeros(1, 1, 32, 32)
    kernel[..., 0, 0], kernel[..., 0, 1], kernel[..., 1, 0] = 0.6, 0.25, 0.15
    # With the orthonormal transform a convolution carries a factor of sqrt(H W).
    spectrum = torch.fft.rfft2(picture) * torch.fft.rfft2(kernel)
    blurred = torch.fft.irfft2(spectrum, s=(32, 32))
    back = wiener_by_fft(blurred * 100, kernel * 100) / 32
    error = ((back - picture).abs().mean() / (blurred - picture).abs().mean()).item()
    assert error < 0.2


def test_normalised_features_come_back_by_adain() -> None:
    features = torch.randn(2, 256, 4, 4) * 3 + 5
    normalised, mean, std = normalise_features(features)
    torch.testing.assert_close(adaptive_instance_norm(normalised, mean, std), features)
    torch.testing.assert_close(normalised.mean((2, 3)), torch.zeros(2, 256), atol=1e-4, rtol=0)


def test_without_an_enrolled_person_the_statistics_do_not_matter() -> None:
    identity = IdentityInformation(16)
    fused, nobody = torch.randn(1, 16, 4, 4), torch.zeros(1, 256, 4, 4)
    first = identity(fused, nobody, torch.randn(1, 256), torch.rand(1, 256))
    second = identity(fused, nobody, torch.randn(1, 256), torch.rand(1, 256))
    assert torch.equal(first, second)
    somebody = identity(fused, torch.randn(1, 256, 4, 4), torch.randn(1, 256), torch.rand(1, 256))
    assert not torch.equal(first, somebody)


def test_identity_attention_begins_without_a_say_and_learns_one() -> None:
    torch.manual_seed(0)
    attention = IdentityAttention(16, 256)
    features, identity = torch.randn(1, 16, 6, 4), torch.randn(1, 256, 6, 4)
    before = attention(features, identity)
    assert not before.any()
    (before - 1).square().sum().backward()
    gradient = attention.leave.weight.grad
    assert gradient is not None and gradient.abs().sum() > 0


def test_identity_attention_looks_at_what_is_near() -> None:
    torch.manual_seed(0)
    attention = IdentityAttention(8, 256)
    torch.nn.init.normal_(attention.leave.weight)
    features, identity = torch.randn(1, 8, 16, 12), torch.randn(1, 256, 16, 12)
    changed = identity.clone()
    changed[..., 0, 0] += 5
    difference = (attention(features, changed) - attention(features, identity)).abs().amax(1)[0]
    assert difference[0, 0] > 100 * difference[10:].max()


def inputs(size: int = 64) -> tuple[torch.Tensor, ...]:
    grid = size // 8
    return (
        torch.rand(1, 3, size, size),
        torch.randn(1, 256, grid, grid),
        torch.randn(1, 256),
        torch.rand(1, 256),
        torch.rand(1, 3),
    )


def test_every_input_of_the_network_reaches_its_output() -> None:
    torch.manual_seed(0)
    network = build("nasfe-lite")
    tensors = [tensor.requires_grad_() for tensor in inputs()]
    network(*tensors).sum().backward()
    for tensor in tensors:
        assert tensor.grad is not None and tensor.grad.abs().sum() > 0


def test_the_whole_picture_has_a_say_at_every_pixel() -> None:
    """Through the means of the features: here no operator looks further than its neighbours."""
    torch.manual_seed(0)
    size = SIZES["nasfe-lite"]
    skip = Block(Connection("skip", 0), Connection("skip", 1))
    cells = tuple(CellGenotype((number, number), (skip,)) for number in range(4))
    network = Nasfe(size, FusionNetwork(size.entry, size.cells, Genotype(cells))).eval()
    face, identity, *others = inputs(256)
    other = face.clone()
    other[..., 192:] = other[..., 192:].flip(3)
    with torch.inference_mode():
        one = network(face, torch.zeros_like(identity), *others)
        two = network(other, torch.zeros_like(identity), *others)
    assert other.mean() == pytest.approx(face.mean().item(), abs=1e-6)
    assert (two - one)[..., :64].abs().max() > 1e-5


@pytest.mark.parametrize("light", [1.0, 0.5, 0.1, 0.06])
def test_a_dark_crop_is_brought_to_the_exposure_of_a_lit_one(light: float) -> None:
    torch.manual_seed(0)
    face = torch.rand(1, 3, 32, 32) * light
    lit = face * exposure_gain(face)
    assert lit.mean().item() == pytest.approx(max(0.4, 0.5 * light), rel=0.05)


def test_bright_crops_keep_their_exposure_and_black_ones_a_finite_gain() -> None:
    bright, black = torch.full((1, 3, 16, 16), 0.8), torch.zeros(1, 3, 16, 16)
    assert exposure_gain(bright).item() == 1
    assert exposure_gain(black).item() == LARGEST_GAIN


def test_a_network_with_more_inputs_begins_as_the_old_one(tmp_path: Path) -> None:
    torch.manual_seed(0)
    old, new = nn.Conv2d(3, 4, 3), nn.Conv2d(5, 4, 3)
    (tmp_path / "before").mkdir()
    save_state(tmp_path / "before" / "last.pt", {"average": old.state_dict()})
    assert take_over(new, tmp_path, ["before"]) == []
    picture = torch.rand(1, 5, 8, 8)
    torch.testing.assert_close(new(picture), old(picture[:, :3]))


def test_the_network_takes_the_papers_size() -> None:
    network = build("nasfe-lite").eval()
    out = network(
        torch.rand(1, 3, 176, 144),
        torch.zeros(1, 256, 22, 18),
        torch.zeros(1, 256),
        torch.zeros(1, 256),
        torch.ones(1, 3),
    )
    assert out.shape == (1, 3, 176, 144)


def test_the_lite_network_stays_within_its_budget() -> None:
    assert macs_of(build("nasfe-lite").eval(), 256, 256) <= 6e9


def test_multiplications_and_parameters_are_counted() -> None:
    class OneConvolution(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layer = nn.Conv2d(3, 4, 3, padding=1, bias=False)

        def forward(self, face: torch.Tensor, *_others: torch.Tensor) -> torch.Tensor:
            out: torch.Tensor = self.layer(face)
            return out

    assert parameters_of(OneConvolution()) == 3 * 4 * 9
    assert macs_of(OneConvolution(), 32, 16) == 3 * 4 * 9 * 32 * 16


def test_the_observer_gives_what_the_contract_names() -> None:
    observer = Observer(VGGFeatures(), ClassificationHead()).eval()
    features, mean, std, degradation = observer(torch.rand(1, 3, 64, 64))
    assert features.shape == (1, 256, 8, 8)
    assert mean.shape == std.shape == (1, 256)
    assert degradation.shape == (1, 3)
    assert degradation.min() >= 0 and degradation.max() <= 1


def test_the_shipped_genotype_is_readable() -> None:
    genotype = load_genotype(GENOTYPES / "nasfe-lite.toml")
    assert all(len(c.blocks) == len(genotype.cells[0].blocks) for c in genotype.cells)


@pytest.mark.parametrize(
    ("pair", "words"), [(["no_op", 0], "no_op"), (["skip", 2], "source 2"), (["skip", -1], "-1")]
)
def test_a_genotype_with_a_mistake_is_refused(pair: list[str | int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_genotype([{"inputs": [0, 0], "blocks": [[pair, ["skip", 0]]]}])


def test_the_vgg_file_is_the_one_that_models_md_names(shared_models: Path) -> None:
    from train.models.vgg import load_vgg_features

    vgg = load_vgg_features(shared_models / "vgg16_torchvision_pool3.safetensors")
    assert sum(p.numel() for p in vgg.parameters()) == 1_735_488
    assert vgg(torch.rand(1, 3, 64, 64)).shape == (1, 256, 8, 8)
