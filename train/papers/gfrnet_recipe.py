"""How GFRNet is trained: eq. 5 to 12 of Li et al. 2018."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from train.models.gfrnet.discriminator import LOCAL_PART, PatchJudge, cut, landmark_boxes
from train.models.gfrnet.network import GFRNet, Guidance
from train.models.gfrnet.presets import GFRNET_SIZES, GFRNET_WIDTHS
from train.models.vgg import VGGFeatures
from train.papers.experiment import GFRNetExperiment
from train.papers.losses import (
    convolutions_of_vgg,
    landmark_loss,
    perceptual_loss,
    smoothed_fooling_loss,
    smoothed_judge_loss,
    total_variation,
)
from train.papers.recipe import Group, Made, of
from train.papers.samples import PaperBatch

_LAYER = 4
"""The convolution of VGG that eq. 5 looks at."""

FLOW = "flow"


class GFRNetRecipe:
    """See `train.papers.recipe.Recipe`.

    Args:
        experiment: weights of the losses, and the row of Table 1.
        vgg: frozen features of the perceptual loss.
    """

    def __init__(self, experiment: GFRNetExperiment, vgg: VGGFeatures) -> None:
        self._experiment = experiment
        self._vgg = vgg
        self._net = GFRNet(GFRNET_SIZES[experiment.network], experiment.guidance)
        self.network: nn.Module = self._net
        widths = GFRNET_WIDTHS[experiment.network]
        self.judges = nn.ModuleDict({"face": PatchJudge(widths), "box": PatchJudge(widths)})

    def groups(self) -> list[Group]:
        """One."""
        return [Group(of(self.network))]

    def judge_groups(self) -> list[Group]:
        """One."""
        return [Group(of(self.judges))]

    def make(self, batch: PaperBatch) -> Made:
        """Restored pictures, and the flow of WarpNet."""
        by_landmarks = self._experiment.guidance is Guidance.LANDMARKS
        guided = self._net.guided(batch.degraded, batch.guidance if by_landmarks else batch.guide)
        return Made(guided.restored, {} if guided.flow is None else {FLOW: guided.flow})

    def judge_loss(self, batch: PaperBatch, made: Made, step: int) -> Tensor:
        """Eq. 7 for both discriminators, with labels 0 and 0.9."""
        total = torch.zeros((), device=batch.clean.device)
        for name, (degraded, guide, real, fake) in self._shown(
            batch, made.restored.detach()
        ).items():
            judge = self.judges[name]
            verdicts = judge(degraded, guide, real), judge(degraded, guide, fake)
            total = total + smoothed_judge_loss(verdicts[0].float(), verdicts[1].float())
        return total

    def loss(self, batch: PaperBatch, made: Made, pictures: int) -> dict[str, Tensor]:
        """Eq. 12; eq. 11 alone while WarpNet is trained beforehand."""
        chosen = self._experiment
        parts = {}
        flow = made.beside.get(FLOW)
        if flow is not None:
            rows = batch.guided
            if rows.any():
                parts["landmarks"] = chosen.lambda_landmarks * landmark_loss(
                    flow[rows], batch.landmarks[rows], batch.guide_landmarks[rows]
                )
            parts["variation"] = chosen.lambda_variation * total_variation(flow)
            if pictures < chosen.warp_pictures:
                return parts
        restored = made.restored.float()
        parts["l2"] = chosen.lambda_l2 * F.mse_loss(restored, batch.clean)
        if chosen.lambda_perceptual > 0:
            with torch.no_grad():
                wanted = convolutions_of_vgg(self._vgg, batch.clean, _LAYER)[-1]
            got = convolutions_of_vgg(self._vgg, made.restored, _LAYER)[-1]
            parts["perceptual"] = chosen.lambda_perceptual * perceptual_loss(wanted, got)
        if pictures >= chosen.adversarial_from:
            weights = {"face": chosen.lambda_global, "box": chosen.lambda_local}
            for name, (degraded, guide, _, fake) in self._shown(batch, made.restored).items():
                verdict = self.judges[name](degraded, guide, fake)
                parts[name] = weights[name] * smoothed_fooling_loss(verdict.float())
        return parts

    def _shown(
        self, batch: PaperBatch, restored: Tensor
    ) -> dict[str, tuple[Tensor, Tensor, Tensor, Tensor]]:
        """Degraded, guide, clean and restored, for each discriminator."""
        whole = batch.degraded, batch.guide, batch.clean, restored.float()
        boxes = landmark_boxes(batch.landmarks)
        side = int(LOCAL_PART * restored.shape[-1])
        parts = [cut(picture, boxes, side) for picture in whole]
        return {"face": whole, "box": (parts[0], parts[1], parts[2], parts[3])}
