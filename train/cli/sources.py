"""What all commands of `nasfe-train` build from data and options in the same way."""

from __future__ import annotations

from pathlib import Path

from nasfe_cam.degradation import DegradationRanges
from train.data.archives import Crop
from train.data.batches import BatchSampler
from train.data.identity_cache import IdentityCache
from train.experiment import Experiment
from train.models.task_network import Task

# Low light never comes without noise: with little light, there is noise (Test-L has both).
PRESENT = {
    Task.DEBLUR: (True, False, False),
    Task.DENOISE: (False, True, False),
    Task.LOW_LIGHT: (False, True, True),
}


def sampler_of(
    experiment: Experiment, crops: list[Crop], identities: IdentityCache
) -> BatchSampler:
    """The batches of an experiment."""
    return BatchSampler(
        crops,
        identities,
        windows=experiment.windows,
        seed=experiment.seed,
        ranges=DegradationRanges(
            all_three_share=experiment.all_three_share,
            linear_response_share=experiment.linear_response_share,
            present=None if experiment.task is None else PRESENT[experiment.task],
        ),
        captured=(experiment.captured_share, experiment.captured_scale),
        identity_share=experiment.identity_share,
    )


def vgg_file(models: Path) -> Path:
    """The weights of the feature network."""
    return models / "vgg16_torchvision_pool3.safetensors"
