"""Measures with SFace, which no loss uses, whether a restored face still looks like the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnxruntime

from engine.errors import ModelFileDamaged, ModelFileMissing
from nasfe_cam.core.frame import FloatArray
from nasfe_cam.faces.alignment import similarity_transform
from nasfe_cam.faces.recogniser import unit
from train.data.crop_store import Crop, by_person, read_crop
from train.models.mobilefacenet import (
    ARCFACE_POINTS,
    ARCFACE_SIDE,
    canonical_five_points,
)


class SFace:
    """The recogniser.

    Args:
        path: `sface_2021dec_fp16w.onnx`.
        threads: CPU threads; 0 takes all.

    Raises:
        ModelFileMissing, ModelFileDamaged: no such file, or no network in it.
    """

    def __init__(self, path: Path, threads: int = 0) -> None:
        if not path.exists():
            raise ModelFileMissing(path)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's errors have no common base
            raise ModelFileDamaged(path, str(error).splitlines()[0]) from None

    def embed(self, picture: FloatArray) -> FloatArray:
        """Embedding of length 1 of an aligned crop H x W x 3 float32, RGB, 0..1.

        The five points are where the canonical face has them: finding them anew
        would measure the detector on the degraded picture. A picture narrower
        than high is the middle of a square crop.
        """
        tensor = np.ascontiguousarray(_arcface_crop(picture).transpose(2, 0, 1)[None] * 255)
        outputs: list[Any] = self._session.run(None, {"data": tensor.astype(np.float32)})
        return unit(np.asarray(outputs[0][0], np.float32))


def _arcface_crop(picture: FloatArray) -> FloatArray:
    height, width = picture.shape[:2]
    points = canonical_five_points() * height
    points[:, 0] -= (height - width) / 2
    transform = similarity_transform(points, ARCFACE_POINTS)
    return np.asarray(cv2.warpAffine(picture, transform, (ARCFACE_SIDE, ARCFACE_SIDE)), np.float32)


@dataclass(frozen=True, slots=True)
class Gallery:
    """One clean photo of every test person, as embeddings.

    Attributes:
        people: P labels.
        embeddings: P x 128, of the photo that is shown to most probes.
        spare: of the people with several photos, the embedding of another one,
            for the probe that is the first.
        names: name of the photo behind each embedding.
    """

    people: tuple[str, ...]
    embeddings: FloatArray
    spare: dict[str, FloatArray]
    names: tuple[str, ...]

    def rank(self, embedding: FloatArray, crop: Crop) -> int | None:
        """How many people look more like the embedding than the crop's own person.

        Args:
            embedding: of a restored picture of the crop.
            crop: the probe; its own photo is never in the gallery.

        Returns:
            0 is Top-1; None for people with one photo, who are distractors only.
        """
        if crop.person not in self.spare:
            return None
        row = self.people.index(crop.person)
        cosines = self.embeddings @ embedding
        if self.names[row] == crop.name:
            cosines[row] = float(self.spare[crop.person] @ embedding)
        return int((cosines > cosines[row]).sum())


def make_gallery(crops: Sequence[Crop], recogniser: SFace) -> Gallery:
    """The first photo of everybody, and the second of those who have one.

    `train.data.test_sets.mate_of` says the same for one probe.
    """
    people = by_person(crops)
    first = [rows[0] for rows in people.values()]
    return Gallery(
        people=tuple(people),
        embeddings=np.stack([recogniser.embed(_clean(crops[row])) for row in first]),
        spare={
            person: recogniser.embed(_clean(crops[rows[1]]))
            for person, rows in people.items()
            if len(rows) > 1
        },
        names=tuple(crops[row].name for row in first),
    )


def _clean(crop: Crop) -> FloatArray:
    return read_crop(crop).astype(np.float32) / np.float32(255)
