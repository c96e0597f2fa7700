"""What every paper's training is made of, for `train.papers.training`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from torch import Tensor, nn

from train.papers.samples import PaperBatch


@dataclass(frozen=True, slots=True)
class Group:
    """Parameters that learn alike fast.

    Attributes:
        parameters: of them.
        rate: factor of the experiment's learning rate.
    """

    parameters: list[nn.Parameter]
    rate: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """What a network made of a batch.

    Attributes:
        restored: N x 3 x S x S, RGB, 0..1, or what else is judged.
        beside: whatever the losses look at too, by name.
        lists: the same, where there are several of a kind.
    """

    restored: Tensor
    beside: dict[str, Tensor] = field(default_factory=dict)
    lists: dict[str, list[Tensor]] = field(default_factory=dict)


class Recipe(Protocol):
    """How one paper trains: network, discriminators and losses."""

    @property
    def network(self) -> nn.Module:
        """What is trained, averaged and kept."""

    @property
    def judges(self) -> nn.ModuleDict:
        """The discriminators by name; may be none."""

    def groups(self) -> list[Group]:
        """All that the network learns."""

    def judge_groups(self) -> list[Group]:
        """All that the discriminators learn."""

    def make(self, batch: PaperBatch) -> Made:
        """Run the network; under autocast."""

    def judge_loss(self, batch: PaperBatch, made: Made, step: int) -> Tensor:
        """What the discriminators minimise; what was made has no gradient."""

    def loss(self, batch: PaperBatch, made: Made, pictures: int) -> dict[str, Tensor]:
        """What the network minimises: weighted parts by name.

        Args:
            batch, made: of this step.
            pictures: seen before it.
        """


def of(*modules: nn.Module) -> list[nn.Parameter]:
    """All parameters of modules."""
    return [parameter for module in modules for parameter in module.parameters()]
