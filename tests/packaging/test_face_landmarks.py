"""The shipped mesh network is what the script makes of MediaPipe's bundle."""

from __future__ import annotations

import runpy
from pathlib import Path

from nasfe_cam.config.shipped_models import find_model


def test_the_script_makes_the_shipped_file_again(repository: Path) -> None:
    script = runpy.run_path(str(repository / "packaging" / "face_landmarks.py"))
    made = script["convert"](find_model("face_landmarker.task").path).SerializeToString()
    assert made == find_model("face_landmarks.onnx").path.read_bytes()
