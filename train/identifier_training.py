"""Fine-tunes VGG-16 up to pool3 as a face identifier (section 3.2 needs identity features)."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from nasfe_cam.core.frame import FloatArray
from train.autocast import autocast
from train.checkpoint import load_checkpoint, save_state
from train.data.crop_store import Crop, by_person, read_crop
from train.models.face_identifier import EMBEDDING, FaceIdentifier, cosface_logits
from train.models.mobilefacenet import MobileFaceNet
from train.models.nasfe.identity_information import normalise_features
from train.models.vgg import VGGFeatures

SIDE = 128
FEWEST_PHOTOS = 2
CHECKPOINT_EVERY = 100
# The third block, whose features are used. Edges and colours, which the two before it see, are
# the same in faces as in ImageNet, and cost more than half of a training step.
FIRST_TRAINED = 10


@dataclass(frozen=True, slots=True)
class IdentifierOptions:
    """What decides a fine-tuning.

    Attributes:
        steps, batch: optimiser steps of how many faces.
        vgg_rate, head_rate: peak learning rates; the features start from a
            trained network, the head from nothing.
        teacher_weight: of the angle to the teacher's embedding beside the
            identification loss: 4,235 photos of 245 people alone teach names by heart.
        seed: of the batches.
    """

    steps: int = 1200
    batch: int = 24
    vgg_rate: float = 1e-4
    head_rate: float = 1e-3
    teacher_weight: float = 8.0
    seed: int = 0


class FaceSampler:
    """Draws aligned training faces, a batch from (seed, step) alone.

    Half of a batch shows people with several photos, whom identification learns
    from; half any, whom only the teacher knows.
    """

    def __init__(self, crops: Sequence[Crop], options: IdentifierOptions) -> None:
        people = [rows for rows in by_person(crops).values() if len(rows) >= FEWEST_PHOTOS]
        self.labels = {index: label for label, rows in enumerate(people) for index in rows}
        self.people = len(people)
        self._crops = crops
        self._named = sorted(self.labels)
        self._options = options

    def draw(self, step: int) -> tuple[Tensor, Tensor]:
        """N x 3 x 128 x 128 faces, RGB, 0..1, and N labels, -1 where there is none."""
        rng = np.random.default_rng((self._options.seed, step))
        named = rng.choice(self._named, self._options.batch // 2)
        others = rng.integers(len(self._crops), size=self._options.batch - len(named))
        chosen = [int(index) for index in (*named, *others)]
        faces = np.stack([_varied(rng, self._crops[index]) for index in chosen])
        labels = [self.labels.get(index, -1) for index in chosen]
        return torch.from_numpy(faces).permute(0, 3, 1, 2), torch.tensor(labels)


def _varied(rng: np.random.Generator, crop: Crop) -> FloatArray:
    """A face with another light, mirrored or not."""
    face = face_of(crop)
    if rng.random() < 0.5:
        face = face[:, ::-1]
    gain, gamma = rng.uniform(0.7, 1.2), rng.uniform(0.7, 1.4)
    return np.asarray(np.clip(face * gain, 0, 1) ** gamma, np.float32)


def face_of(crop: Crop) -> FloatArray:
    """128 x 128 x 3 float32, RGB, 0..1."""
    picture = read_crop(crop)
    shrinks = picture.shape[0] > SIDE
    scaled = cv2.resize(
        picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    )
    return np.asarray(scaled, np.float32) / np.float32(255)


def train_identifier(
    vgg: VGGFeatures,
    teacher: MobileFaceNet,
    crops: Sequence[Crop],
    options: IdentifierOptions,
    folder: Path,
    report: Callable[[int, float, float], None],
) -> VGGFeatures:
    """Fine-tune, or resume.

    Args:
        vgg: where to start; a trained network.
        teacher: a recogniser whose embeddings the identifier also learns to give.
        crops: training people only.
        folder: holds `last.pt`.
        report: told step, loss and images per second.

    Returns:
        The features, frozen.
    """
    torch.manual_seed(options.seed)
    sampler = FaceSampler(crops, options)
    network = FaceIdentifier(vgg)
    vgg.layers[FIRST_TRAINED:].requires_grad_(True)
    centres = nn.Parameter(torch.randn(sampler.people, EMBEDDING))
    optimiser = torch.optim.AdamW(
        [
            {"params": vgg.layers[FIRST_TRAINED:].parameters(), "peak": options.vgg_rate},
            {"params": [*network.embed.parameters(), centres], "peak": options.head_rate},
        ],
        weight_decay=1e-3,
    )
    checkpoint = folder / "last.pt"
    start = 0
    if checkpoint.exists():
        state = load_checkpoint(checkpoint)
        network.load_state_dict(state["network"])
        centres.data = state["centres"]
        optimiser.load_state_dict(state["optimiser"])
        start = state["step"]
    with ThreadPoolExecutor(1) as loader:
        upcoming = loader.submit(sampler.draw, start)
        for step in range(start, options.steps):
            began = time.monotonic()
            (faces, labels), upcoming = upcoming.result(), loader.submit(sampler.draw, step + 1)
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * 0.5 * (1 + math.cos(math.pi * step / options.steps))
            loss = _loss(network, centres, teacher, faces, labels, options.teacher_weight)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            if (step + 1) % CHECKPOINT_EVERY == 0 or step + 1 == options.steps:
                save_state(
                    checkpoint,
                    {
                        "step": step + 1,
                        "network": network.state_dict(),
                        "centres": centres.detach(),
                        "optimiser": optimiser.state_dict(),
                    },
                )
            report(step + 1, loss.item(), len(faces) / (time.monotonic() - began))
    return network.vgg.eval().requires_grad_(False)


def _loss(
    network: FaceIdentifier,
    centres: Tensor,
    teacher: MobileFaceNet,
    faces: Tensor,
    labels: Tensor,
    teacher_weight: float,
) -> Tensor:
    with torch.no_grad():
        known = teacher(faces)
    with autocast():
        embeddings = network(faces.contiguous(memory_format=torch.channels_last)).float()
    named = labels >= 0
    logits = cosface_logits(embeddings[named], centres, labels[named])
    to_teacher = (1 - (embeddings * known).sum(1)).mean()
    loss: Tensor = F.cross_entropy(logits, labels[named]) + teacher_weight * to_teacher
    return loss


@torch.inference_mode()
def nearest_neighbour_accuracy(vgg: VGGFeatures, crops: Sequence[Crop]) -> tuple[float, int]:
    """Leave-one-out Top-1 by the cosine of mean-pooled N (eq. 7, on a 4 x 4 grid).

    Args:
        vgg: pool3 features.
        crops: photos of people; only those with at least two are asked for.

    Returns:
        The share of photos whose nearest neighbour shows the same person, and
        how many were asked for. People with one photo are distractors.
    """
    vectors = []
    for crop in crops:
        face = torch.from_numpy(face_of(crop)).permute(2, 0, 1)[None]
        normalised, _, _ = normalise_features(vgg(face))
        vectors.append(F.adaptive_avg_pool2d(normalised, 4).flatten())
    matrix = F.normalize(torch.stack(vectors))
    cosines = matrix @ matrix.T
    cosines.fill_diagonal_(-1)
    nearest = cosines.argmax(1)
    asked = [i for rows in by_person(crops).values() if len(rows) >= FEWEST_PHOTOS for i in rows]
    right = [crops[int(nearest[i])].person == crops[i].person for i in asked]
    return sum(right) / len(right), len(right)
