"""Trains the classification head on prepared feature statistics."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F

from train.data.samples.classification_samples import ClassificationSamples
from train.models.classification import ClassificationHead

BATCH = 64


@dataclass(frozen=True, slots=True)
class ClassifierReport:
    """How the head does on unseen pictures.

    Attributes:
        accuracy: share of right answers at 0.5, for blur, noise and low light.
        clean_max_median, clean_max_p95: max(c) of clean pictures.
        degraded_max_p05: max(c) of degraded pictures.
    """

    accuracy: tuple[float, float, float]
    clean_max_median: float
    clean_max_p95: float
    degraded_max_p05: float


def train_head(
    samples: ClassificationSamples, epochs: int = 120, seed: int = 0
) -> ClassificationHead:
    """Fit the three layers with binary cross-entropy (the labels are not exclusive)."""
    torch.manual_seed(seed)
    head = ClassificationHead()
    optimiser = torch.optim.AdamW(head.parameters(), 1e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs)
    for _ in range(epochs):
        order = torch.randperm(len(samples.labels))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            logits = head.logits(samples.mean[rows], samples.std[rows], samples.gain[rows])
            loss = F.binary_cross_entropy_with_logits(logits, samples.labels[rows])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
        schedule.step()
    return head.eval()


@torch.inference_mode()
def examine_head(head: ClassificationHead, samples: ClassificationSamples) -> ClassifierReport:
    """Measure the head."""
    classes = head(samples.mean, samples.std, samples.gain)
    right = ((classes > 0.5) == (samples.labels > 0.5)).float().mean(0)
    worst = classes.amax(1)
    is_clean = samples.labels.amax(1) == 0
    return ClassifierReport(
        accuracy=(float(right[0]), float(right[1]), float(right[2])),
        clean_max_median=float(worst[is_clean].median()),
        clean_max_p95=float(worst[is_clean].quantile(0.95)),
        degraded_max_p05=float(worst[~is_clean].quantile(0.05)),
    )
