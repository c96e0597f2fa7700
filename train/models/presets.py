"""The sizes that ship, and how a network is built by name."""

from __future__ import annotations

from pathlib import Path

from train.models.genotype import load_genotype
from train.models.nasfe import Nasfe, NasfeSize

GENOTYPES = Path(__file__).parent.parent / "genotypes"

SIZES: dict[str, NasfeSize] = {
    "nasfe-lite": NasfeSize(
        encoder_channels=32,
        encoder_blocks=1,
        fusion_channels=128,
        cell_width=64,
        decoder_channels=64,
        decoder_blocks=3,
    ),
}


def build(name: str, genotype: str | None = None) -> Nasfe:
    """Make an untrained network.

    Args:
        name: a key of `SIZES`.
        genotype: name of a file in `train/genotypes`, without its ending; the
            size's own if None.
    """
    path = GENOTYPES / f"{genotype or name}.toml"
    return Nasfe(SIZES[name], load_genotype(path))
