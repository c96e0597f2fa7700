"""The adversarial stage: the discriminator learns to tell, and pulls towards clean pictures."""

from __future__ import annotations

import copy

import torch
from torch import Tensor

from train.adversary import AdversarialWeights, Adversary
from train.losses import adversarial_loss, discriminator_loss
from train.models.discriminator import SCALES, PatchDiscriminator


def textured(count: int = 4) -> Tensor:
    return torch.rand(count, 3, 32, 32, generator=torch.Generator().manual_seed(1))


def smooth(pictures: Tensor) -> Tensor:
    return torch.nn.functional.avg_pool2d(pictures, 5, stride=1, padding=2)


def test_it_judges_patches_at_two_scales() -> None:
    seen = PatchDiscriminator()(torch.zeros(2, 3, 64, 48))
    assert len(seen) == SCALES
    assert seen[0][-1].shape == (2, 1, 8, 6) and seen[1][-1].shape == (2, 1, 4, 3)


def test_the_discriminator_learns_to_tell_smooth_from_textured_pictures() -> None:
    adversary = Adversary(AdversarialWeights(1.0, 0.0, 1e-3), seed=0)
    clean = textured()
    for _ in range(40):
        adversary.loss(smooth(clean), clean)
    discriminator = PatchDiscriminator()
    discriminator.load_state_dict(adversary.state()["discriminator"])
    verdicts_on_smooth = [seen[-1].mean() for seen in discriminator.eval()(smooth(clean))]
    verdicts_on_clean = [seen[-1].mean() for seen in discriminator(clean)]
    assert max(verdicts_on_smooth) < 0.3 and min(verdicts_on_clean) > 0.7


def test_its_gradient_reaches_the_picture_and_never_the_discriminator() -> None:
    adversary = Adversary(AdversarialWeights(1.0, 1.0, 1e-3), seed=0)
    clean = textured()
    restored = smooth(clean).requires_grad_(True)
    loss = adversary.loss(restored, clean)
    before = adversary.state()["discriminator"]
    kept = {name: value.clone() for name, value in before.items()}
    loss.backward()
    assert restored.grad is not None and restored.grad.abs().sum() > 0
    for name, value in adversary.state()["discriminator"].items():
        assert torch.equal(value, kept[name])


def test_two_adversaries_of_one_seed_and_one_state_do_the_same() -> None:
    weights = AdversarialWeights(1.0, 1.0, 1e-3)
    clean = textured()
    first = Adversary(weights, seed=0)
    first.loss(smooth(clean), clean)
    other = Adversary(weights, seed=5)
    other.restore(copy.deepcopy(first.state()))
    assert torch.equal(first.loss(smooth(clean), clean), other.loss(smooth(clean), clean))


def test_the_losses_are_least_where_everybody_has_got_what_they_want() -> None:
    ones, zeros = [[torch.ones(1, 1, 2, 2)]], [[torch.zeros(1, 1, 2, 2)]]
    assert discriminator_loss(zeros, ones) == 0 < discriminator_loss(ones, zeros)
    assert adversarial_loss(ones) == 0 < adversarial_loss(zeros)
