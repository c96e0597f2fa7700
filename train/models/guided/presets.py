"""The sizes of the guided network, and how it is built by name."""

from __future__ import annotations

from torch import nn

from train.models.guided.network import GuidedNasfe, GuidedSize
from train.models.guided.plain import PlainGuided, PlainSize
from train.models.nasfe.fusion_cell import Place
from train.models.nasfe.genotype import load_genotype
from train.models.nasfe.presets import GENOTYPES

GUIDED_SIZES: dict[str, GuidedSize] = {
    # In f32 on one core of a CPU without bf16 it takes 0.81 of the time of nasfe-lite; with 2.7
    # GMAC (encoders 32, cells 96 and 192, decoder 48 wide) it took 1.12.
    "nasfe-lite-guided": GuidedSize(
        encoder_channels=24,
        fusion_channels=80,
        cells=(Place(80, 8), Place(160, 16), Place(160, 16), Place(80, 8)),
        decoder_channels=40,
        decoder_blocks=2,
    ),
}


PLAIN_SIZES: dict[str, PlainSize] = {
    # Of the time of nasfe-lite it takes 0.77 in bf16 and 0.84 in INT8 on one core with AMX, 0.85
    # in INT8 with AVX2 and VNNI.
    "guided-unet": PlainSize(channels=(48, 96, 192), down=(2, 3, 4), up=(2, 3)),
    # As many operations and nearly as many parameters as nasfe-lite-guided.
    "plain-guided": PlainSize(channels=(40, 80, 160), down=(2, 3, 4), up=(2, 3)),
}


def build_guided(name: str, genotype: str | None = None) -> nn.Module:
    """Make an untrained network.

    Args:
        name: a key of `GUIDED_SIZES` or `PLAIN_SIZES`.
        genotype: name of a file in `train/genotypes`, without its ending; the
            size's own if None.
    """
    if name in PLAIN_SIZES:
        return PlainGuided(PLAIN_SIZES[name])
    path = GENOTYPES / f"{genotype or name}.toml"
    return GuidedNasfe(GUIDED_SIZES[name], load_genotype(path))
