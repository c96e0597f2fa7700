"""Reads public StyleGAN2 weights, where a user has them, into the prior.

The form is that of github.com/rosinality/stylegan2-pytorch: a file of `torch.save` with the
generator under `g_ema` and the discriminator under `d`. Weights that were fine-tuned
with concatenated features (GPEN, Yang et al. 2021) have the shapes of the network itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

from nasfe_cam.core.errors import NasfeError
from train.checkpoint import load_checkpoint
from train.models.mmrb.stylegan2 import StyleGAN2

GENERATOR, DISCRIMINATOR = "g_ema", "d"

_NOISE = "noise.weight"


class PriorRefused(NasfeError):
    code = "prior-refused"
    text = "The StyleGAN2 weights {path} do not fit the network: {reason}."
    remedy = (
        "Give weights of the same side and widths, in the form of rosinality's stylegan2-pytorch."
    )

    path: Path
    reason: str


def load_prior(network: StyleGAN2, path: Path) -> None:
    """Fill a generator with public weights.

    Where the network concatenates features and the weights do not, what follows gets zeros for
    them: at first the network draws what the weights alone would draw without noise.

    Args:
        network: changed.
        path: the file.

    Raises:
        CheckpointRefused: missing, cut short, or no file of torch.
        PriorRefused: weights of another network.
    """
    _fill(network, _part(path, GENERATOR), path)


def load_prior_discriminator(network: nn.Module, path: Path) -> None:
    """Fill a discriminator; errors as in `load_prior`."""
    _fill(network, _part(path, DISCRIMINATOR), path)


def _part(path: Path, name: str) -> dict[str, Tensor]:
    content = load_checkpoint(path)
    part = content.get(name)
    if not isinstance(part, dict) or not all(isinstance(one, Tensor) for one in part.values()):
        raise PriorRefused(path, f"it holds no {name!r}")
    return part


@torch.no_grad()
def _fill(network: nn.Module, weights: Mapping[str, Tensor], path: Path) -> None:
    wanted = network.state_dict()
    missing = sorted(set(wanted) - set(weights))
    if missing:
        raise PriorRefused(path, f"there is no {missing[0]}")
    for name, target in wanted.items():
        source = weights[name]
        if source.dim() != target.dim() or any(
            have > want for have, want in zip(source.shape, target.shape, strict=True)
        ):
            raise PriorRefused(
                path, f"{name} has {tuple(source.shape)}, not {tuple(target.shape)} values"
            )
        if name.endswith(_NOISE) and _is_widened_block(name, wanted, weights):
            # The strength of noise, which is no longer there: features go in as they are.
            target.fill_(1.0)
        elif source.shape == target.shape:
            target.copy_(source)
        elif _is_widened(name, source.shape, target.shape):
            # A style of 1 leaves what is multiplied by a weight of zero as it is.
            target.fill_(1.0 if name.endswith("modulation.bias") else 0.0)
            # The layer divides by the root of all its inputs, of which there are more now.
            more = (target.shape[2] / source.shape[2]) ** 0.5 if source.dim() == 5 else 1.0
            target[tuple(slice(side) for side in source.shape)] = more * source
        else:
            raise PriorRefused(
                path, f"{name} has {tuple(source.shape)}, not {tuple(target.shape)} values"
            )


def _is_widened_block(
    name: str, wanted: Mapping[str, Tensor], weights: Mapping[str, Tensor]
) -> bool:
    bias = name.removesuffix(_NOISE) + "activate.bias"
    return weights[bias].shape != wanted[bias].shape


def _is_widened(name: str, source: torch.Size, target: torch.Size) -> bool:
    """Whether only the place of concatenated features is missing."""
    differing = [axis for axis, side in enumerate(source) if side != target[axis]]
    if name.endswith(".conv.weight"):
        return differing == [2]
    return differing == [0] and name.endswith(
        ("modulation.weight", "modulation.bias", "activate.bias")
    )
