"""The identifier learns people, resumes exactly, and its features load again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from engine.errors import ModelFileDamaged, ModelFileMissing
from train.data.crop_store import list_crops
from train.identifier_training import (
    IdentifierOptions,
    nearest_neighbour_accuracy,
    train_identifier,
)
from train.models.face_identifier import cosface_logits
from train.models.mobilefacenet import MobileFaceNet
from train.models.vgg import VGGFeatures, load_vgg_features
from train.weights import save_weights

OPTIONS = IdentifierOptions(steps=3, batch=4)


def parts() -> tuple[VGGFeatures, MobileFaceNet]:
    torch.manual_seed(0)
    return VGGFeatures(), MobileFaceNet().eval().requires_grad_(False)


def test_the_margin_makes_the_right_person_harder() -> None:
    embeddings = F.normalize(torch.randn(3, 128))
    labels = torch.tensor([0, 2, 1])
    plain = cosface_logits(embeddings, torch.eye(3, 128), labels, margin=0.0)
    harder = cosface_logits(embeddings, torch.eye(3, 128), labels, margin=0.25)
    changed = (plain - harder) > 1e-6
    assert torch.equal(changed, F.one_hot(labels, 3).bool())


def test_stop_and_resume_equals_one_run(tiny_faces: Path, tmp_path: Path) -> None:
    crops = list_crops(tiny_faces, "train")
    vgg, teacher = parts()
    whole = train_identifier(vgg, teacher, crops, OPTIONS, tmp_path / "a", lambda *_: None)

    def stop(step: int, *_: float) -> None:
        if step == 2:
            raise KeyboardInterrupt

    vgg, teacher = parts()
    with pytest.raises(KeyboardInterrupt), pytest.MonkeyPatch.context() as patch:
        patch.setattr("train.identifier_training.CHECKPOINT_EVERY", 1)
        train_identifier(vgg, teacher, crops, OPTIONS, tmp_path / "b", stop)
    vgg, teacher = parts()
    resumed = train_identifier(vgg, teacher, crops, OPTIONS, tmp_path / "b", lambda *_: None)
    for one, other in zip(whole.parameters(), resumed.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=0, atol=1e-6)


def test_features_load_again_up_to_half_precision(tmp_path: Path) -> None:
    vgg, _ = parts()
    save_weights(vgg, tmp_path / "vgg.safetensors")
    again = load_vgg_features(tmp_path / "vgg.safetensors")
    faces = torch.rand(1, 3, 32, 32)
    torch.testing.assert_close(again(faces), vgg(faces), rtol=1e-2, atol=1e-3)


def test_a_missing_or_damaged_feature_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelFileMissing):
        load_vgg_features(tmp_path / "none.safetensors")
    (tmp_path / "cut.safetensors").write_bytes(np.zeros(100, np.uint8).tobytes())
    with pytest.raises(ModelFileDamaged, match="cut"):
        load_vgg_features(tmp_path / "cut.safetensors")


def test_accuracy_is_perfect_for_copies_and_counts_only_people_with_two_photos(
    tiny_faces: Path,
) -> None:
    crops = list_crops(tiny_faces, "train")
    pair = [crops[0], crops[0], crops[-1]]
    vgg, _ = parts()
    assert nearest_neighbour_accuracy(vgg, pair) == (1.0, 2)
