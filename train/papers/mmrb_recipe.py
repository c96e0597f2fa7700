"""How the network of Hu et al. is trained: eq. 11 to 16 with the paper's weights."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from train.models.gfrnet.discriminator import cut
from train.models.mmrb.discriminator import StyleGAN2Discriminator
from train.models.mmrb.network import MMRBNetwork, multi_scale_loss
from train.models.mmrb.presets import LOCAL_WIDTHS, MMRB_SIZES
from train.models.mmrb.public_weights import load_prior, load_prior_discriminator
from train.models.mobilefacenet import MobileFaceNet
from train.models.vgg import VGGFeatures
from train.papers.experiment import MMRBExperiment
from train.papers.landmarks import LEFT_EYE, LIPS, RIGHT_EYE
from train.papers.losses import (
    convolutions_of_vgg,
    face_preserving_loss,
    feature_norms,
    local_fooling_loss,
    logistic_fooling_loss,
    logistic_judge_loss,
)
from train.papers.recipe import Group, Made, of
from train.papers.samples import PaperBatch

REGIONS = {"right_eye": RIGHT_EYE, "left_eye": LEFT_EYE, "mouth": LIPS}
# Width of a region, in widths of its landmarks.
_MARGIN = 1.6
PICTURES = "pictures"


def region_boxes(landmarks: Tensor, region: slice) -> Tensor:
    """The square around a region's landmarks: N x 68 x 2 -> N x 4, left, top, right, bottom."""
    points = landmarks[:, region]
    low, high = points.amin(1), points.amax(1)
    middle, half = (low + high) / 2, _MARGIN * (high - low).amax(1, keepdim=True) / 2
    return torch.cat([middle - half, middle + half], dim=1)


class MMRBRecipe:
    """See `train.papers.recipe.Recipe`.

    Args:
        experiment: weights of the losses, and what an ablation leaves out.
        vgg, recogniser: frozen features of eq. 14 and 15.
        prior: pre-trained generator and discriminator, in the form of public weights; None
            for none, which leaves the discriminator unfrozen: there is nothing to hold.
    """

    def __init__(
        self,
        experiment: MMRBExperiment,
        vgg: VGGFeatures,
        recogniser: MobileFaceNet,
        prior: Path | None,
    ) -> None:
        self._experiment = experiment
        self._vgg, self._recogniser = vgg, recogniser
        size = MMRB_SIZES[experiment.network]
        self._net = MMRBNetwork(size, experiment.plain_blocks)
        self.network: nn.Module = self._net
        judge = StyleGAN2Discriminator(size.prior.channels)
        if prior is not None:
            load_prior(self._net.prior, prior)
            load_prior_discriminator(judge, prior)
            if experiment.freeze:
                judge.freeze()
        self._locals = nn.ModuleDict()
        widths = LOCAL_WIDTHS[experiment.network]
        self._local_side = 4 * 2 ** (len(widths) - 1)
        if experiment.lambda_local > 0:
            for name in REGIONS:
                self._locals[name] = StyleGAN2Discriminator(widths, spread=False)
        self.judges = nn.ModuleDict({"face": judge, "regions": self._locals})

    def groups(self) -> list[Group]:
        """Codec and noise branches, and the prior, which learns more slowly."""
        prior = self._net.prior
        noise = prior.noise_parameters()
        beside = {id(parameter) for parameter in noise}
        slow = [parameter for parameter in prior.parameters() if id(parameter) not in beside]
        return [Group(of(self._net.codec) + noise), Group(slow, self._experiment.prior_rate)]

    def judge_groups(self) -> list[Group]:
        """The global discriminator, and the local ones, which learn faster."""
        groups = [Group(of(self.judges["face"]))]
        if len(self._locals):
            groups.append(Group(of(self._locals), self._experiment.local_rate))
        return groups

    def make(self, batch: PaperBatch) -> Made:
        """Restored pictures, and those that the decoder reconstructs."""
        restored, coded = self._net.coded(batch.degraded)
        return Made(restored, lists={PICTURES: coded.pictures})

    def judge_loss(self, batch: PaperBatch, made: Made, step: int) -> Tensor:
        """Eq. 11 and the cross-entropy of eq. 12, as the discriminators see them."""
        restored = made.restored.detach().float()
        judge = self.judges["face"]
        total = logistic_judge_loss(judge(batch.clean).float(), judge(restored).float())
        for name, local in self._locals.items():
            boxes = region_boxes(batch.landmarks, REGIONS[name])
            verdicts = [
                local(cut(picture, boxes, self._local_side)).float()
                for picture in (batch.clean, restored)
            ]
            total = total + logistic_judge_loss(*verdicts)
        return total

    def loss(self, batch: PaperBatch, made: Made, pictures: int) -> dict[str, Tensor]:
        """Eq. 16, and the L1 loss of the decoder at every resolution."""
        chosen = self._experiment
        restored = made.restored.float()
        parts = {
            "l1": chosen.lambda_l1 * F.l1_loss(restored, batch.clean),
            "scales": chosen.lambda_l1 * multi_scale_loss(made.lists[PICTURES], batch.clean),
        }
        if chosen.lambda_matching > 0:
            with torch.no_grad():
                wanted = convolutions_of_vgg(self._vgg, batch.clean)
            got = convolutions_of_vgg(self._vgg, made.restored)
            parts["matching"] = chosen.lambda_matching * feature_norms(wanted, got)
        if chosen.lambda_face > 0:
            # An embedding's differences are small against bfloat16's steps.
            with torch.autocast(restored.device.type, enabled=False):
                with torch.no_grad():
                    person = self._recogniser(batch.clean)
                found = self._recogniser(restored)
            parts["face"] = chosen.lambda_face * face_preserving_loss(found, person)
        if pictures >= chosen.adversarial_from:
            verdict = self.judges["face"](made.restored)
            parts["adversarial"] = chosen.lambda_global * logistic_fooling_loss(verdict.float())
            for name, local in self._locals.items():
                boxes = region_boxes(batch.landmarks, REGIONS[name])
                verdict = local(cut(restored, boxes, self._local_side))
                parts[name] = chosen.lambda_local * local_fooling_loss(verdict.float())
        return parts
