"""The list of model files, which may come from a stranger."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import ModelFileDamaged, ModelFileMissing
from nasfe_cam.config.shipped_models import MODELS, find_model


def test_a_model_is_found_with_its_checksum_and_its_int8_file() -> None:
    found = find_model("nasfe-lite.onnx")
    assert found.path == MODELS / "nasfe-lite.onnx"
    assert len(found.sha256) == 64
    assert found.quantised is not None and found.quantised.path.name == "nasfe-lite.int8.zip"


@pytest.mark.parametrize(
    "text",
    [
        "models = 1",
        "models = [1, 2]",
        "models = 'a.onnx'",
        "[models]\n'a.onnx' = 5",
        "[models]\n'a.onnx' = ['x']",
        "[models.'a.onnx']\nbytes = 5",
        "[models.'a.onnx']\nsha256 = 5",
        "[models.'a.onnx']\nsha256 = ['a', 'b']",
        f"[models.'a.onnx']\nbytes = {'9' * 5000}",
        f"x = {'[' * 5000}",
        f"x{'.x' * 50_000} = 1",
        "\udcff",
        "[models",
    ],
)
def test_a_list_of_another_shape_is_said_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "manifest.toml"
    path.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(ModelFileDamaged, match=r"manifest\.toml is damaged") as caught:
        find_model("a.onnx", tmp_path)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 500


def test_a_folder_without_a_list_and_a_list_without_the_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ModelFileMissing, match=r"manifest\.toml"):
        find_model("a.onnx", tmp_path)
    (tmp_path / "manifest.toml").write_text("[models]\n")
    with pytest.raises(ModelFileMissing, match=r"a\.onnx"):
        find_model("a.onnx", tmp_path)
