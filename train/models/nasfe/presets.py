"""The sizes that ship, and how a network is built by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from train.models.nasfe.fusion_cell import Place
from train.models.nasfe.fusion_network import FusionNetwork
from train.models.nasfe.genotype import load_genotype
from train.models.nasfe.network import Nasfe, NasfeSize
from train.models.nasfe.task_network import Task, TaskNetwork

GENOTYPES = Path(__file__).parents[2] / "genotypes"

_BY_HAND = NasfeSize(
    encoder_channels=32,
    encoder_blocks=1,
    fusion_channels=128,
    cells=(Place(64, 8),) * 4,
    decoder_channels=64,
    decoder_blocks=3,
)

# Half of the cells look at the face from further away, where a convolution of twice the
# width costs the same.
_LITE = replace(
    _BY_HAND,
    cells=(Place(96, 8), Place(192, 16), Place(192, 16), Place(96, 8)),
    decoder_blocks=2,
)

# About as many parameters as the paper's network and its B = 12 blocks a cell. Encoders and
# decoder are those of nasfe-lite, whose weights they begin with: on two cores the budget is for
# the fusion network.
_PAPER = replace(_LITE, cells=(Place(72, 8), Place(128, 16), Place(128, 16), Place(72, 8)))

SIZES: dict[str, NasfeSize] = {
    "nasfe-lite": _LITE,
    # The first one, before there was a search.
    "nasfe-lite-by-hand": _BY_HAND,
    # Table 6's baseline: four Res2Blocks where nasfe-lite has cells, as wide as an equal number
    # of parameters and of operations asks for.
    "nasfe-lite-baseline": replace(
        _LITE, cells=(Place(176, 8), Place(352, 16), Place(352, 16), Place(176, 8))
    ),
    "nasfe": _PAPER,
    # The space of its search, at less than half of its width.
    "nasfe-space": replace(
        _PAPER, cells=(Place(32, 8), Place(48, 16), Place(48, 16), Place(32, 8))
    ),
}


def build_task_network(name: str, task: Task) -> TaskNetwork:
    """One encoder of a size, to be trained on its own task."""
    return TaskNetwork(SIZES[name], task)


def build(name: str, genotype: str | None = None) -> Nasfe:
    """Make an untrained network.

    Args:
        name: a key of `SIZES`.
        genotype: name of a file in `train/genotypes`, without its ending; the
            size's own if None.
    """
    size = SIZES[name]
    path = GENOTYPES / f"{genotype or name}.toml"
    return Nasfe(size, FusionNetwork(size.entry, size.cells, load_genotype(path)))
