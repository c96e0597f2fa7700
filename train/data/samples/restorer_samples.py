"""Degraded crops with everything else that the camera gives the restorer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from engine.base import Engine
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.degradation.camera import degrade
from nasfe_cam.degradation.parameters import DegradationRanges
from nasfe_cam.degradation.webcam import WebcamRanges, add_webcam_artefacts
from nasfe_cam.enrolment.build_profile import normalise_features
from nasfe_cam.faces.crop_tensor import fill_face
from nasfe_cam.restoration.observer import OBSERVER_TENSORS, Extractor
from train.data.crop_store import Crop, by_person, read_crop

SIZE = 256
# Of the pictures; the rest show eq. 1 alone, as the test sets do.
WEBCAM_SHARE = 0.3
# Of the pictures of people with other photos; the rest is shown as if nobody were enrolled.
ENROLLED_SHARE = 0.5
MOST_REFERENCES = 4


@dataclass(frozen=True, slots=True, eq=False)
class RestorerSample:
    """One degraded crop.

    Attributes:
        inputs: by the names of `RESTORER_TENSORS`.
        clean: 3 x S x S float32, RGB, 0..1: the truth.
    """

    inputs: dict[str, FloatArray]
    clean: FloatArray


def draw_restorer_samples(
    crops: Sequence[Crop], observer: Engine, extractor: Extractor, count: int, seed: int
) -> Iterator[RestorerSample]:
    """Draw photos, degrade them and look at them as the camera does.

    Args:
        crops: of one split; only those stored at full size are drawn, every one once.
        observer: runs the shipped observer's `OBSERVER_TENSORS`.
        extractor: the shipped one.
        count: of samples.
        seed: of everything random.
    """
    rng = np.random.default_rng(seed)
    people = by_person(crops)
    large = [index for index, crop in enumerate(crops) if crop.side >= SIZE]
    for index in rng.permutation(large)[:count]:
        crop = crops[int(index)]
        clean = _picture(crop)
        noise = rng.standard_normal(clean.shape[:2], np.float32)
        seen = degrade(clean, DegradationRanges().sample(rng), noise)
        if rng.random() < WEBCAM_SHARE:
            seen = add_webcam_artefacts(seen, WebcamRanges().sample(rng))
        others = [crops[row] for row in people[crop.person] if row != index]
        enrolled = others and rng.random() < ENROLLED_SHARE
        fill_face(observer.inputs["face"], _captured(seen))
        observer.run()
        seen_by_camera = {**observer.inputs, **observer.outputs}
        yield RestorerSample(
            inputs={
                "identity": _identity(others[:MOST_REFERENCES] if enrolled else [], extractor),
                **{name: seen_by_camera[name].copy() for name in OBSERVER_TENSORS},
            },
            clean=np.ascontiguousarray(clean.transpose(2, 0, 1)),
        )


def _identity(photos: Sequence[Crop], extractor: Extractor) -> FloatArray:
    """N of eq. 7, 1 x 256 x S/8 x S/8; zeros for nobody."""
    if not photos:
        return np.zeros((1, 256, SIZE // 8, SIZE // 8), np.float32)
    features = [
        normalise_features(extractor.features(_captured(_picture(photo)))) for photo in photos
    ]
    mean: FloatArray = np.mean(np.stack(features), axis=0, keepdims=True)
    return mean


def _picture(crop: Crop) -> FloatArray:
    """S x S x 3 float32, RGB, 0..1."""
    picture = read_crop(crop)
    if picture.shape[0] != SIZE:
        picture = np.asarray(cv2.resize(picture, (SIZE, SIZE), interpolation=cv2.INTER_AREA))
    return np.asarray(picture, np.float32) / np.float32(255)


def _captured(picture: FloatArray) -> Image:
    """As the camera's pictures are: S x S x 3 uint8, BGR."""
    return np.asarray(np.round(picture[..., ::-1] * 255), np.uint8)
