"""Derives the genotype of a searched network, and the weights that it already has."""

from __future__ import annotations

import torch
from torch import Tensor

from train.models.nasfe.genotype import Block, CellGenotype, Connection, Genotype
from train.search.relaxed_fusion import (
    CONNECTIONS,
    OPERATOR_NAMES,
    RelaxedCell,
    RelaxedFusionNetwork,
)

NONE = OPERATOR_NAMES.index("none")


def derive(network: RelaxedFusionNetwork) -> Genotype:
    """Take the most likely choice everywhere.

    Of every block the two most likely sources, each with its most likely
    operator; "none" is allowed for the second, so that a block may have one input.
    """
    return Genotype(tuple(_cell(cell) for cell in network.relaxed_cells()))


@torch.no_grad()
def _cell(cell: RelaxedCell) -> CellGenotype:
    blocks = []
    for sources, operators in zip(cell.source_logits, cell.operator_logits, strict=True):
        first, second = torch.topk(sources, CONNECTIONS).indices.tolist()
        something = operators[first].clone()
        something[NONE] = -torch.inf
        blocks.append(
            Block(
                Connection(OPERATOR_NAMES[int(something.argmax())], first),
                Connection(OPERATOR_NAMES[int(operators[second].argmax())], second),
            )
        )
    inputs = (int(cell.input_logits.argmax()), len(cell.input_logits) - 1)
    return CellGenotype(inputs, tuple(blocks))


def inherited_weights(relaxed: dict[str, Tensor], genotype: Genotype) -> dict[str, Tensor]:
    """The searched network's weights under the names of the derived `Nasfe`.

    Args:
        relaxed: state of a `Nasfe` with a `RelaxedFusionNetwork`.
        genotype: derived from it.
    """
    kept = {name: value for name, value in relaxed.items() if not name.startswith("fusion.")}
    for number, cell in enumerate(genotype.cells):
        old = new = f"fusion.cells.{number}."
        kept |= _moved(relaxed, f"{old}open_input.{cell.inputs[0]}.", f"{new}inputs.0.")
        kept |= _moved(relaxed, f"{old}previous_input.", f"{new}inputs.1.")
        for row, block in enumerate(cell.blocks):
            for name, connection in (("first", block.first), ("second", block.second)):
                operator = OPERATOR_NAMES.index(connection.operator)
                kept |= _moved(
                    relaxed,
                    f"{old}edges.{row}.{connection.source}.{operator}.",
                    f"{new}{name}.{row}.",
                )
    return kept


def _moved(state: dict[str, Tensor], old: str, new: str) -> dict[str, Tensor]:
    return {
        new + name.removeprefix(old): value for name, value in state.items() if name.startswith(old)
    }
