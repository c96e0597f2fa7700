"""Shows the progress of a training run: on the terminal, in a log file and in TensorBoard."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import torch
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from torch import nn
from torch.utils.tensorboard import SummaryWriter

from train.data.samples.batches import Batch
from train.degradation.sensor import DegradationBatch, degrade_as_captured
from train.models.vgg import VGGFeatures
from train.objective import network_inputs, restore
from train.training import Progress as Step

EVERY = 50
MOST_PICTURES = 4


class RunReport:
    """A progress bar on a terminal, a line per 50 steps elsewhere; scalars and pictures.

    Args:
        folder: of the run, for TensorBoard.
        steps: of the whole run.
        samples: a batch whose restored pictures are shown at every checkpoint.
        vgg: features for them.
    """

    def __init__(self, folder: Path, steps: int, samples: Batch, vgg: VGGFeatures) -> None:
        self._writer = SummaryWriter(folder)
        self._steps = steps
        self._samples = samples
        self._vgg = vgg
        self._console = Console()
        self._bar = Progress(
            TextColumn("step {task.completed}/{task.total}"),
            BarColumn(),
            TextColumn("loss {task.fields[loss]:.4f}  {task.fields[speed]:.0f} images/s"),
            TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("training", total=steps, loss=float("nan"), speed=0.0)
        self._recent: list[Step] = []

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()
        self._writer.close()

    def step(self, step: Step) -> None:
        """Tell about a step that is done."""
        self._recent.append(step)
        loss = sum(s.loss for s in self._recent) / len(self._recent)
        speed = sum(s.images_per_second for s in self._recent) / len(self._recent)
        self._bar.update(self._task, completed=step.step, loss=loss, speed=speed)
        if step.step % EVERY:
            return
        self._writer.add_scalar("loss", loss, step.step)
        self._writer.add_scalar("images_per_second", speed, step.step)
        if not self._console.is_terminal:
            print(
                f"step {step.step}/{self._steps}  loss {loss:.4f}  {speed:.0f} images/s", flush=True
            )
        self._recent.clear()

    @torch.no_grad()
    def checkpoint(self, network: nn.Module, step: int) -> None:
        """Show the sample pictures: degraded, restored and clean, one below the other."""
        batch = self._samples
        degraded = degrade_as_captured(
            batch.clean, DegradationBatch.of(batch.degradations), batch.noise
        )
        device = next(network.parameters()).device
        restored = restore(network, network_inputs(self._vgg, batch.to(device))).cpu()
        rows = [torch.cat(list(p[:MOST_PICTURES]), 2) for p in (degraded, restored, batch.clean)]
        self._writer.add_image("samples", torch.cat(rows, 1).clamp(0, 1), step)


class NoReport:
    """What the other processes of a run report: nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def step(self, step: Step) -> None:
        pass

    def checkpoint(self, network: nn.Module, step: int) -> None:
        pass
