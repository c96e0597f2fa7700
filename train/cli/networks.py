"""`nasfe-train networks`: what the size presets cost."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from train.models.counting import macs_of, parameters_of
from train.models.presets import GENOTYPES, SIZES, build


def networks() -> None:
    """Print learnable parameters and multiply-accumulate operations of every network."""
    table = Table("network", "parameters", "GMAC at 176 x 144", "GMAC at 256 x 256")
    for name in SIZES:
        if not (GENOTYPES / f"{name}.toml").exists():
            continue
        network = build(name).eval()
        table.add_row(
            name,
            f"{parameters_of(network) / 1e6:.2f} million",
            f"{macs_of(network, 176, 144) / 1e9:.2f}",
            f"{macs_of(network, 256, 256) / 1e9:.2f}",
        )
    Console().print(table)
