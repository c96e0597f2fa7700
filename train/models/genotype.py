"""Genotypes: which operators a fusion network uses, and how they are connected."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from train.models.operators import OPERATORS


@dataclass(frozen=True, slots=True)
class Connection:
    """One input of a block: an operator applied to a tensor.

    Attributes:
        operator: a name of `OPERATORS`.
        source: 0 is the cell before the previous one, 1 the previous cell,
            2 + i block i of the same cell.
    """

    operator: str
    source: int


@dataclass(frozen=True, slots=True)
class Block:
    """The tuple (I1, I2, O1, O2, M) of section 3.1; M is always addition."""

    first: Connection
    second: Connection


@dataclass(frozen=True, slots=True)
class Genotype:
    """A fusion network: the blocks of every `FusionCell`, from first to last."""

    cells: tuple[tuple[Block, ...], ...]


def load_genotype(path: Path) -> Genotype:
    """Read a genotype file.

    The file is TOML: `cells` is a list of cells, a cell a list of blocks, a
    block a list of two `["operator", source]` pairs.

    Raises:
        ValueError: unknown operator, or a source that does not exist yet.
    """
    return parse_genotype(tomllib.loads(path.read_text(encoding="utf-8"))["cells"])


def parse_genotype(cells: list[list[list[list[str | int]]]]) -> Genotype:
    """Build a genotype from nested lists; see `load_genotype` for form and errors."""
    parsed = []
    for cell in cells:
        blocks = []
        for index, block in enumerate(cell):
            first, second = (_connection(pair, 2 + index) for pair in block)
            blocks.append(Block(first, second))
        parsed.append(tuple(blocks))
    return Genotype(tuple(parsed))


def _connection(pair: list[str | int], sources: int) -> Connection:
    operator, source = str(pair[0]), int(pair[1])
    if operator not in OPERATORS:
        raise ValueError(f"unknown operator {operator!r}; known are {', '.join(OPERATORS)}")
    if not 0 <= source < sources:
        raise ValueError(f"source {source} is not one of the {sources} tensors made before it")
    return Connection(operator, source)
