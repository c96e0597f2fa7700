"""One of the processes of `test_two_processes_do_what_one_does_that_accumulates`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import torch

from nasfe_cam.degradation.parameters import DegradationRanges
from train.data.crop_store import list_crops
from train.data.samples.batches import BatchSampler
from train.distributed import join_processes
from train.experiment import Experiment, Windows
from train.models.vgg import VGGFeatures
from train.objective import Objective
from train.training import train

faces, folder = Path(sys.argv[1]), Path(sys.argv[2])
processes = join_processes(os.environ)
torch.manual_seed(0)
vgg = VGGFeatures().eval().requires_grad_(False)
windows = (Windows(side=32, batch=2),)
experiment = Experiment(
    network="nasfe-lite",
    genotype="nasfe-lite",
    steps=4,
    windows=windows,
    learning_rate=1e-3,
    warmup=1,
    decay_from=3,
    checkpoint_every=2,
)
sampler = BatchSampler(
    list_crops(faces, "train"),
    None,
    windows=windows,
    seed=0,
    ranges=DegradationRanges(),
    kernels=5,
)
train(Objective(experiment, vgg), sampler, folder, lambda _step: None, processes)
