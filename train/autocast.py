"""In which precision a training multiplies."""

from __future__ import annotations

import torch

CPU = torch.device("cpu")


def autocast(device: torch.device = CPU) -> torch.autocast:
    """bfloat16 where that is quicker than float32, which it is not on a CPU that emulates it."""
    return torch.autocast(device.type, torch.bfloat16, enabled=multiplies_bf16(device))


def multiplies_bf16(device: torch.device) -> bool:
    """Whether a device has instructions for bfloat16."""
    return device != CPU or bool(torch.cpu.get_capabilities().get("avx512_bf16"))
