"""The adversarial stage: a discriminator that learns beside the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from train.autocast import autocast
from train.distributed import Processes
from train.losses import adversarial_loss, discriminator_loss, feature_matching_loss
from train.models.discriminator import PatchDiscriminator


@dataclass(frozen=True, slots=True)
class AdversarialWeights:
    """Weights of eq. 6 of HiFaceGAN (Yang et al. 2020), and the discriminator's learning rate.

    Attributes:
        adversarial: of L_GAN.
        matching: of L_FM.
        learning_rate: of the discriminator's Adam.
    """

    adversarial: float
    matching: float
    learning_rate: float


class Adversary:
    """Owns the discriminator and what it has learnt.

    Args:
        weights: of the losses.
        seed: of the discriminator's first weights.
        processes: that learn one discriminator together.
    """

    def __init__(
        self, weights: AdversarialWeights, seed: int, processes: Processes | None = None
    ) -> None:
        self._weights = weights
        self._processes = processes or Processes()
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            self._discriminator = PatchDiscriminator()
        self._discriminator.to(self._processes.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._optimiser = torch.optim.Adam(
            self._discriminator.parameters(), weights.learning_rate, betas=(0.5, 0.99)
        )

    def loss(self, restored: Tensor, clean: Tensor) -> Tensor:
        """Teach the discriminator these pictures, then ask it.

        Args:
            restored, clean: N x 3 x H x W float32, RGB, 0..1.

        Returns:
            What the network has to add to its loss: L_GAN and L_FM, weighted.
        """
        self._learn(restored.detach(), clean)
        self._discriminator.requires_grad_(False)
        with autocast(restored.device):
            with torch.no_grad():
                wanted = self._discriminator(clean)
            got = self._discriminator(restored)
        self._discriminator.requires_grad_(True)
        return self._weights.adversarial * adversarial_loss(
            got
        ) + self._weights.matching * feature_matching_loss(got, wanted)

    def state(self) -> dict[str, Any]:
        """Everything that the next step depends on, for a checkpoint."""
        return {
            "discriminator": self._discriminator.state_dict(),
            "optimiser": self._optimiser.state_dict(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from a checkpoint's state."""
        self._discriminator.load_state_dict(state["discriminator"])
        self._optimiser.load_state_dict(state["optimiser"])

    def _learn(self, restored: Tensor, clean: Tensor) -> None:
        self._optimiser.zero_grad(set_to_none=True)
        with autocast(restored.device):
            verdicts = self._discriminator(restored), self._discriminator(clean)
        discriminator_loss(*verdicts).backward()  # type: ignore[no-untyped-call]
        self._processes.average_gradients(self._discriminator.parameters())
        self._optimiser.step()
