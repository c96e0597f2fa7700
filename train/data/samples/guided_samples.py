"""Frames of short streams with everything that the camera gives a guided network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from engine.model_file import ModelFile
from engine.openvino.engine import OpenVINOEngine
from engine.precision import Precision
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.faces.landmark_network import LANDMARKS_FILE, LandmarkNetwork
from train.data.crop_store import list_crops
from train.data.landmark_cache import landmarks_of_crops
from train.data.samples.restorer_samples import SIZE, RestorerSample
from train.guided.memory import Memories
from train.guided.scenes.photos import real_photos
from train.guided.scenes.streams import Framing, StreamSampler
from train.work_folder import work_folder

_TENSORS = ("face", "guidance", "memory", "degradation", "restored")
_SLOTS, _KERNELS = 4, 400
WEBCAM_SHARE = 0.3


def draw_guided_samples(
    data: Path, split: str, model: ModelFile, count: int, seed: int
) -> list[RestorerSample]:
    """Film people as in training, at the camera's size, with the network's own memory.

    Args:
        data: folder with faces/.
        split: "train" or "test".
        model: the float network, which makes the memories.
        count: of samples.
        seed: of everything random.
    """
    crops = list_crops(data / "faces", split)
    mesh = LandmarkNetwork(find_model(LANDMARKS_FILE), Precision.F32)
    landmarks = landmarks_of_crops(work_folder(), crops, mesh)
    mesh.close()
    pool = real_photos(crops, landmarks, SIZE)
    sampler = StreamSampler(
        lambda: pool,
        slots=_SLOTS,
        framing=Framing(SIZE, SIZE, (SIZE, SIZE)),
        webcam_share=WEBCAM_SHARE,
        seed=seed,
        kernels=_KERNELS,
    )
    engine = OpenVINOEngine(model.path, model.sha256, _TENSORS, Precision.F32, 1)
    memories = Memories()
    samples: list[RestorerSample] = []
    while len(samples) < count:
        batch = sampler.next()
        memory = memories.recall(batch.remembered)
        restored = []
        for row in range(_SLOTS):
            inputs = {
                "face": batch.degraded[row : row + 1].numpy().copy(),
                "guidance": batch.guidance[row : row + 1].numpy().copy(),
                "memory": memory[row : row + 1].numpy().copy(),
                "degradation": batch.degradation[row : row + 1].numpy().copy(),
            }
            for name, value in inputs.items():
                engine.inputs[name][...] = value
            engine.run()
            restored.append(engine.outputs["restored"][0].copy())
            clean = np.ascontiguousarray(batch.clean[row].numpy())
            samples.append(RestorerSample(inputs, clean))
        memories.keep(torch.from_numpy(np.stack(restored)))
    engine.close()
    return samples[:count]
