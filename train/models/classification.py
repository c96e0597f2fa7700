"""The classification network CN (section 4) and the observer that carries it."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from train.models.nasfe.exposure import exposure_gain
from train.models.nasfe.identity_information import (
    FEATURE_CHANNELS,
    FEATURE_SCALE,
    live_statistics,
)
from train.models.vgg import VGGFeatures

CLASSES = ("blur", "noise", "low light")
HIDDEN = 128


class ClassificationHead(nn.Module):
    """Three fully connected layers from feature statistics to c = {b, n, l}.

    The paper feeds VGG features to three fully connected layers. Here they see
    the features' channel means and deviations, which the restorer needs anyway
    (eq. 7), which do not depend on the size of the picture, and which tell
    degradations apart well: see docs/models/observer.md. Those are of the crop as
    lit; how much light it lacked is told by the gain.
    """

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(2 * FEATURE_CHANNELS + 1, HIDDEN),
            nn.ReLU(),
            nn.Linear(HIDDEN, HIDDEN),
            nn.ReLU(),
            nn.Linear(HIDDEN, len(CLASSES)),
        )

    def logits(self, mean: Tensor, std: Tensor, gain: Tensor) -> Tensor:
        """N x 3, before the sigmoid; arguments as for `forward`."""
        statistics = torch.cat([mean, std], dim=1) * FEATURE_SCALE
        out: Tensor = self.layers(torch.cat([statistics, torch.log2(gain).flatten(1)], dim=1))
        return out

    def forward(self, mean: Tensor, std: Tensor, gain: Tensor) -> Tensor:
        """Classify crops.

        Args:
            mean, std: N x 256, from `live_statistics`.
            gain: N x 1 x 1 x 1, from `exposure_gain`.

        Returns:
            N x 3 in 0..1.
        """
        return torch.sigmoid(self.logits(mean, std, gain))


class Observer(nn.Module):
    """Feature statistics and degradation class of a crop, in one network."""

    def __init__(self, vgg: VGGFeatures, head: ClassificationHead) -> None:
        super().__init__()
        self.vgg = vgg
        self.head = head

    def forward(self, face: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Judge aligned crops.

        Args:
            face: N x 3 x S x S, RGB, 0..1.

        Returns:
            pool3 features N x 256 x S/8 x S/8, for enrolment; of the crop at
            half size the features' means and deviations N x 256 and the class
            vector N x 3. An engine that is asked for one part computes that part.
        """
        mean, std = live_statistics(self.vgg, face)
        return self.vgg(face), mean, std, self.head(mean, std, exposure_gain(face))
