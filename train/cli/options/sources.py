"""What all commands of `nasfe-train` build from data and options in the same way."""

from __future__ import annotations

from pathlib import Path

import cv2
import torch

from nasfe_cam.degradation.parameters import DegradationRanges
from train.data.crop_store import Crop
from train.data.identity_cache import IdentityCache
from train.data.samples.batches import BatchSampler
from train.experiment import Experiment
from train.models.classification import ClassificationHead, Observer
from train.models.nasfe.task_network import Task
from train.models.vgg import TRAINED_FEATURES, load_vgg_features
from train.weights import WEIGHTS, load_weights

OBSERVER_HEAD = WEIGHTS / "observer-head.safetensors"

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
        webcam_share=experiment.webcam_share,
        identity_share=experiment.identity_share,
    )


def use_threads(threads: int) -> None:
    """Limit the CPU threads of PyTorch and OpenCV; 0 leaves all."""
    if threads:
        torch.set_num_threads(threads)
        cv2.setNumThreads(threads)


def load_observer(models: Path) -> Observer:
    """The shipped observer, in eval mode.

    Raises:
        ModelFileMissing, ModelFileDamaged: a file cannot be used.
    """
    head = ClassificationHead()
    load_weights(head, OBSERVER_HEAD)
    return Observer(load_vgg_features(vgg_file(models)), head).eval()


def vgg_file(models: Path) -> Path:
    """The weights of the feature network.

    Whoever has the original VGGFace weights puts them into the folder as
    `vggface_pool3.safetensors`; otherwise ours, which take their place.
    """
    own = models / "vggface_pool3.safetensors"
    return own if own.exists() else TRAINED_FEATURES
