"""Several processes that train one network together (`torchrun`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import torch
import torch.distributed as distributed
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class Processes:
    """This process among all of them.

    Attributes:
        rank: from 0; only 0 writes files and reports.
        count: how many there are.
        device: where this one computes.
    """

    rank: int = 0
    count: int = 1
    device: torch.device = field(default_factory=lambda: torch.device("cpu"))

    def average(self, value: Tensor) -> Tensor:
        """The mean over all processes, in place; all have to call it."""
        if self.count > 1:
            distributed.all_reduce(value)
            value /= self.count
        return value

    def average_gradients(self, parameters: Iterable[nn.Parameter]) -> None:
        """Give every process the mean gradient; one message carries all of them.

        A parameter without a gradient counts as zero: an operator that one
        process did not use may have been used by another.
        """
        if self.count == 1:
            return
        used = list(parameters)
        for parameter in used:
            if parameter.grad is None:
                parameter.grad = torch.zeros_like(parameter)
        gradients = [p.grad for p in used if p.grad is not None]
        flat = self.average(torch.cat([gradient.flatten() for gradient in gradients]))
        parts = torch.split(flat, [gradient.numel() for gradient in gradients])
        for gradient, part in zip(gradients, parts, strict=True):
            gradient.copy_(part.view_as(gradient))


def join_processes(environment: Mapping[str, str]) -> Processes:
    """Join the others if `torchrun` started this process; take a GPU if there is one.

    Args:
        environment: of the process; torchrun sets RANK, LOCAL_RANK and WORLD_SIZE.
    """
    has_gpu = torch.cuda.is_available()
    local = int(environment.get("LOCAL_RANK", 0))
    device = torch.device("cuda", local) if has_gpu else torch.device("cpu")
    count = int(environment.get("WORLD_SIZE", 1))
    if count == 1:
        return Processes(device=device)
    distributed.init_process_group("nccl" if has_gpu else "gloo")
    return Processes(distributed.get_rank(), count, device)
