"""The papers' networks under test, in the tables of `nasfe-train evaluate`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.crop_landmarks import landmarks_of_crop
from nasfe_cam.faces.landmark_network import LandmarkNetwork
from nasfe_cam.faces.photo_normalisation import GUIDANCE_LEVELS, GUIDANCE_REACH, normalised_photo
from nasfe_cam.faces.warp import WarpTarget, warp
from train.data.crop_store import Crop, read_crop
from train.data.test_sets import DegradedPicture
from train.evaluation.evaluation_loop import NONE, OWN, OWN_TRUE, STRANGER
from train.evaluation.networks import as_picture, as_square, as_tensor
from train.guided.scenes.photos import Photo
from train.models.gfrnet.network import GFRNet, Guidance
from train.papers.landmarks import guide_score
from train.papers.networks import restore_picture


@dataclass(frozen=True, slots=True, eq=False)
class PaperUnderTest:
    """One of the papers' networks; see `train.evaluation.evaluation_loop.Restoring`.

    Attributes:
        name: in the table.
        network: in eval mode.
        mesh: finds landmarks on a first result, for guides that are warped by them.
        landmarks: of the clean test crops by name, 478 x 2, 0..1; NaN where none were found.
    """

    name: str
    network: nn.Module
    mesh: LandmarkNetwork
    landmarks: Mapping[str, FloatArray]

    def restored(self, picture: DegradedPicture) -> Mapping[str, FloatArray]:
        """With nobody's guide, and for GFRNet with the person's own and a stranger's."""
        first = self._run(picture, None)
        results = {NONE: first}
        network = self.network
        if not isinstance(network, GFRNet) or network.guidance is Guidance.NOTHING:
            return results
        own, stranger = self._chosen(picture.references), self._chosen(picture.stranger)
        if own is None:
            return results
        if network.guidance is not Guidance.LANDMARKS:
            results[OWN] = self._run(picture, self._plain(own, picture))
            if stranger is not None:
                results[STRANGER] = self._run(picture, self._plain(stranger, picture))
            return results
        found = landmarks_of_crop(as_square(first), self.mesh)
        true = self.landmarks.get(picture.crop.name)
        results[OWN] = self._run(picture, self._warped(own, found, picture))
        results[OWN_TRUE] = self._run(picture, self._warped(own, true, picture))
        if stranger is not None:
            results[STRANGER] = self._run(picture, self._warped(stranger, found, picture))
        return results

    def landmark_notes(self, side: int) -> list[str]:
        """Nothing to tell."""
        return []

    def _run(self, picture: DegradedPicture, guide: Tensor | None) -> FloatArray:
        return as_picture(restore_picture(self.network, as_tensor(picture.degraded), guide)[0])

    def _chosen(self, crops: tuple[Crop, ...]) -> Photo | None:
        """The frontal photo with eyes open; None where no photo shows a face."""
        known = [
            (crop, self.landmarks[crop.name])
            for crop in crops
            if np.isfinite(self.landmarks[crop.name]).all()
        ]
        if not known:
            return None
        crop, mesh = max(known, key=lambda entry: guide_score(entry[1]))
        return Photo(lambda: read_crop(crop), crop.side, mesh)

    def _plain(self, photo: Photo, picture: DegradedPicture) -> Tensor:
        levels = photo.at(min(photo.side, picture.clean.shape[0]))
        guide = as_tensor(levels.astype(np.float32) / np.float32(255))
        return _square(guide, picture)

    def _warped(
        self, photo: Photo, found: FloatArray | None, picture: DegradedPicture
    ) -> Tensor | None:
        if found is None or not np.isfinite(found).all():
            return None
        levels: Image = normalised_photo(photo.at(photo.side), photo.landmarks)
        field = WarpTarget(found).field_from(photo.landmarks, GUIDANCE_REACH)
        size = picture.clean.shape[0]
        return torch.from_numpy(warp(levels, field, size, levels=GUIDANCE_LEVELS))[None]


def _square(guide: Tensor, picture: DegradedPicture) -> Tensor:
    side = picture.clean.shape[0]
    if guide.shape[-1] == side:
        return guide
    return nn.functional.interpolate(guide, size=(side, side), mode="bilinear")
