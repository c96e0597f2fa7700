"""Runs all methods over a test set, one picture at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch import nn

from nasfe_cam.frame import FloatArray
from train.data.archives import Crop, read_crop
from train.data.test_sets import DegradedPicture
from train.evaluation.classical import Method
from train.evaluation.scores import Judge, Row, Score, summarise
from train.models.classification import Observer
from train.models.identity_information import normalise_features

MOST_REFERENCES = 4


@dataclass(frozen=True, slots=True)
class Network:
    """A restoring network under test.

    Attributes:
        name: in the table.
        restorer, observer: in eval mode. The restorer gets the class vector that
            the observer sees in the degraded picture, as at work.
        uses_classes: false shows it zeros instead.
        uses_identity: false leaves the rows with identity features out.
    """

    name: str
    restorer: nn.Module
    observer: Observer
    uses_classes: bool = True
    uses_identity: bool = True


def evaluate(
    test_set: str,
    pictures: Iterable[DegradedPicture],
    networks: Iterable[Network],
    classical: Mapping[str, Method],
    judge: Judge,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Row]:
    """Measure the degraded input, classical methods and networks.

    A network appears with the identity features of nobody, and on the pictures
    of people who have other photos with their own and with a stranger's; the row
    "none, same pictures" is the network without features on exactly those.

    Args:
        test_set: name for the table.
        pictures: may be a generator; none is kept.
        networks, classical: what is compared.
        judge: scores the results.
        progress: told the number of pictures done.
    """
    scores: dict[tuple[str, str], list[Score]] = {}
    tested = list(networks)
    for done, picture in enumerate(pictures, start=1):
        truth = judge.truth(picture)

        def note(
            method: str,
            identity: str,
            result: FloatArray,
            picture: DegradedPicture = picture,
            truth: FloatArray = truth,
        ) -> Score:
            score = judge.score(picture, result, truth)
            scores.setdefault((method, identity), []).append(score)
            return score

        note("input", "none", picture.degraded)
        for name, method in classical.items():
            note(name, "none", method(picture.degraded))
        for network in tested:
            without = note(network.name, "none", restored(network, picture.degraded, None))
            if not picture.references or not network.uses_identity:
                continue
            scores.setdefault((network.name, "none, same pictures"), []).append(without)
            own = reference_features(network, picture.references, picture.clean.shape)
            note(network.name, "own", restored(network, picture.degraded, own))
            strange = reference_features(network, picture.stranger, picture.clean.shape)
            note(network.name, "stranger", restored(network, picture.degraded, strange))
        progress(done)
    return [summarise(method, test_set, who, rows) for (method, who), rows in scores.items()]


@torch.inference_mode()
def restored(network: Network, degraded: FloatArray, identity: torch.Tensor | None) -> FloatArray:
    """Restore an H x W x 3 float32 picture, RGB, 0..1; `identity` is N, or None for nobody."""
    face = _tensor(degraded)
    _, mean, std, degradation = network.observer(face)
    if identity is None:
        identity = torch.zeros(1, 256, face.shape[2] // 8, face.shape[3] // 8)
    classes = degradation * network.uses_classes
    out = network.restorer(face, identity, mean, std, classes).clamp(0, 1)
    return np.ascontiguousarray(out[0].permute(1, 2, 0).numpy())


@torch.inference_mode()
def reference_features(
    network: Network, references: tuple[Crop, ...], shape: tuple[int, ...]
) -> torch.Tensor:
    """N of eq. 7 from photos of a person, cut like the picture: 1 x 256 x H/8 x W/8."""
    height, width = shape[:2]
    normalised = []
    for crop in references[:MOST_REFERENCES]:
        photo = cv2.resize(read_crop(crop), (height, height), interpolation=cv2.INTER_AREA)
        features = network.observer.vgg(_tensor(np.asarray(photo, np.float32) / np.float32(255)))
        normalised.append(normalise_features(features)[0])
    mean = torch.stack(normalised).mean(0)
    left = (height - width) // 2 // 8
    return mean[..., left : left + width // 8]


def _tensor(picture: FloatArray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(picture.transpose(2, 0, 1)))[None]
