"""Repairs frames of the bundled clip without threads: repaired_frames.py TARGET.npz."""

from __future__ import annotations

import sys

import numpy as np

from nasfe_cam.config.settings import Settings
from nasfe_cam.core.frame import Frame, Image
from nasfe_cam.degradation.camera import degrade
from nasfe_cam.degradation.parameters import Degradation
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from nasfe_cam.pipeline.resize import fit
from nasfe_cam.restoration.face_networks import face_networks
from nasfe_cam.restoration.face_processor import FaceProcessor
from nasfe_cam.sources.video import VideoSource

FRAMES = 24
# A noisy picture of a dark room, without the blur that wants a function which Wine 8 lacks.
DARK_ROOM = Degradation(light=0.3, signal_noise=0.03, constant_noise=0.01, gamma=1.5)
SETTINGS = Settings().replaced(
    {
        **{"output.width": 640, "output.height": 360, "restore.device": "cpu"},
        **{"restore.threads": 1, "restore.retouch": 100},
    }
)


def main() -> None:
    video = VideoSource(BUNDLED_CLIP, paced=False)
    faces = FaceProcessor(SETTINGS, face_networks(SETTINGS, in_background=False))
    rng = np.random.default_rng(21)
    seen, shown, restored = [], [], 0
    while len(seen) < FRAMES and (frame := video.read()) is not None:
        image = fit(frame.image, SETTINGS.output.width, SETTINGS.output.height, "crop")
        image = badly_lit(image, rng)
        done = faces.process(Frame(image, video.position, frame.index))
        seen.append(image)
        shown.append(done.frame.image.copy())
        restored += done.restored is not None
    faces.close()
    video.close()
    np.savez(sys.argv[1], seen=np.stack(seen), shown=np.stack(shown), restored=restored)


def badly_lit(image: Image, rng: np.random.Generator) -> Image:
    noise = rng.standard_normal(image.shape[:2], np.float32)
    picture = degrade(image[..., ::-1].astype(np.float32) / 255, DARK_ROOM, noise)
    return np.ascontiguousarray((picture[..., ::-1] * 255).round().astype(np.uint8))


if __name__ == "__main__":
    main()
