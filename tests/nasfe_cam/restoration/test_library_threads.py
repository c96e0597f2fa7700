"""The face path keeps to the thread that it is called from."""

from __future__ import annotations

import subprocess
import sys

# In a process of its own: what is set is set for a whole process, whoever did it.
FRAMES = """
import sys
import time

from nasfe_cam.config.settings import Settings
from nasfe_cam.core.frame import Frame
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from nasfe_cam.restoration.face_networks import face_networks
from nasfe_cam.restoration.face_processor import FaceProcessor
from nasfe_cam.sources.video import VideoSource

settings = Settings().replaced({"restore.threads": 1, "restore.retouch": 100})
clip = VideoSource(BUNDLED_CLIP, paced=False)
frames = [clip.read() for _ in range(30)]
faces = FaceProcessor(settings, face_networks(settings))
for frame in frames[:5]:
    faces.process(frame)
began, worked = time.perf_counter(), time.process_time()
restored = [faces.process(frame).restored is not None for frame in frames[5:]]
print(sum(restored), (time.process_time() - worked) / (time.perf_counter() - began))
"""


def test_no_thread_of_a_library_works_or_spins_beside_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FRAMES], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    restored, cores = done.stdout.split()
    assert int(restored) > 20
    assert float(cores) < 1.15, "processor time for each second"
