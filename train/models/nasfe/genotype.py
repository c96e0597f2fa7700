"""Genotypes: which operators a fusion network uses, and how they are connected."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nasfe_cam.core.atomic_files import write_text
from train.models.nasfe.operators.search_space import KNOWN_OPERATORS


@dataclass(frozen=True, slots=True)
class Connection:
    """One input of a block: an operator applied to a tensor.

    Attributes:
        operator: a name of `KNOWN_OPERATORS`.
        source: 0 or 1 is an input of the cell, 2 + i block i of the same cell.
    """

    operator: str
    source: int


@dataclass(frozen=True, slots=True)
class Block:
    """The tuple (I1, I2, O1, O2, M) of section 3.1; M is always addition."""

    first: Connection
    second: Connection


@dataclass(frozen=True, slots=True)
class CellGenotype:
    """One `FusionCell`.

    Attributes:
        inputs: where the cell's two inputs come from (network level): 0 is the
            fusion network's input, k the output of cell k, counted from 1.
        blocks: what it computes from them (cell level).
    """

    inputs: tuple[int, int]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Genotype:
    """A fusion network: its cells from first to last."""

    cells: tuple[CellGenotype, ...]


def load_genotype(path: Path) -> Genotype:
    """Read a genotype file.

    The file is TOML: every `[[cell]]` has `inputs`, a list of two numbers, and
    `blocks`, a list of blocks, each a list of two `["operator", source]` pairs.

    Raises:
        ValueError: unknown operator, or a tensor that does not exist yet.
    """
    return parse_genotype(tomllib.loads(path.read_text(encoding="utf-8"))["cell"])


def parse_genotype(cells: list[dict[str, Any]]) -> Genotype:
    """Build a genotype from nested lists; see `load_genotype` for form and errors."""
    parsed = []
    for number, cell in enumerate(cells):
        first, second = (int(index) for index in cell["inputs"])
        for index in (first, second):
            if not 0 <= index <= number:
                raise ValueError(f"cell {number + 1} cannot have cell {index} as its input")
        blocks = []
        for index, block in enumerate(cell["blocks"]):
            one, other = (_connection(pair, 2 + index) for pair in block)
            blocks.append(Block(one, other))
        parsed.append(CellGenotype((first, second), tuple(blocks)))
    return Genotype(tuple(parsed))


def save_genotype(genotype: Genotype, path: Path, comment: str) -> None:
    """Write what `load_genotype` reads; each line of the comment comes first after a "# "."""
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    for cell in genotype.cells:
        lines += ["", "[[cell]]", f"inputs = [{cell.inputs[0]}, {cell.inputs[1]}]", "blocks = ["]
        for block in cell.blocks:
            pairs = (f'["{c.operator}", {c.source}]' for c in (block.first, block.second))
            lines.append(f"  [{', '.join(pairs)}],")
        lines.append("]")
    write_text(path, "\n".join(lines) + "\n")


def _connection(pair: list[str | int], sources: int) -> Connection:
    operator, source = str(pair[0]), int(pair[1])
    if operator not in KNOWN_OPERATORS:
        raise ValueError(f"unknown operator {operator!r}; known are {', '.join(KNOWN_OPERATORS)}")
    if not 0 <= source < sources:
        raise ValueError(f"source {source} is not one of the {sources} tensors made before it")
    return Connection(operator, source)
