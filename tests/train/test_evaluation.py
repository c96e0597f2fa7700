"""The figures of the tables mean what they say."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from nasfe_cam.degradation import Degradation, degrade
from nasfe_cam.frame import FloatArray
from train.data.archives import Crop, list_crops, read_crop
from train.data.test_sets import DegradedPicture, degraded_pictures
from train.evaluation.classical import METHODS
from train.evaluation.evaluating import Network, evaluate
from train.evaluation.niqe import load_pristine, niqe
from train.evaluation.recognition import Gallery, SFace, make_gallery
from train.evaluation.scores import Judge, Score, summarise
from train.evaluation.tables import as_json, as_markdown
from train.models.classification import ClassificationHead, Observer
from train.models.lpips import LPIPS, load_lpips
from train.models.presets import build
from train.models.vgg import VGGFeatures

KEYS = [
    "method",
    "test_set",
    "identity",
    "psnr",
    "ssim",
    "lpips",
    "niqe",
    "id_cosine",
    "top1",
    "top5",
    "n",
]


def unit(*values: float) -> FloatArray:
    vector = np.array(values, np.float32)
    return vector / np.float32(np.linalg.norm(vector))


def crop(person: str, name: str = "x") -> Crop:
    return Crop(name, person, Path("none"), 0, 0, 256, "CC0")


GALLERY = Gallery(
    people=("a", "b", "c"),
    embeddings=np.stack([unit(1, 0, 0), unit(0, 1, 0), unit(0, 0, 1)]),
    spare={"a": unit(0.9, 0.1, 0), "b": unit(0.1, 0.9, 0)},
    names=("a1", "b1", "c1"),
)


def test_rank_counts_who_looks_more_like_the_result() -> None:
    assert GALLERY.rank(unit(1, 0.2, 0), crop("a", "a7")) == 0
    assert GALLERY.rank(unit(1, 0.2, 0), crop("b", "b7")) == 1
    assert GALLERY.rank(unit(0.2, 0.1, 1), crop("b", "b7")) == 2


def test_people_with_one_photo_are_distractors_only() -> None:
    assert GALLERY.rank(unit(0, 0, 1), crop("c", "c1")) is None


def test_a_probe_is_never_compared_with_its_own_photo() -> None:
    gallery = replace(GALLERY, spare={"a": unit(-1, 0, 0), "b": unit(0, 1, 0)})
    assert gallery.rank(unit(1, 0.1, 0), crop("a", "a1")) == 2


def score(person: str, psnr: float, rank: int | None) -> Score:
    return Score(person, psnr, 0.5, 0.5, 5.0, 0.5, rank)


def test_a_row_is_the_mean_and_its_interval_draws_people() -> None:
    row = summarise("m", "s", "none", [score("a", 20, 0), score("a", 20, 3), score("b", 26, None)])
    assert row.psnr == pytest.approx(22)
    assert row.psnr_interval == pytest.approx((20, 26))
    assert (row.top1, row.top5, row.n) == (50, 100, 3)


def test_json_and_markdown_have_the_agreed_columns() -> None:
    rows = [summarise("m", "s", "none", [score("a", 20, None)])]
    (content,) = json.loads(as_json(rows))
    assert [key for key in content if not key.endswith("_interval")] == KEYS
    assert content["top1"] is None
    assert "| m | s | none | 20.00 (20.00 to 20.00) |" in as_markdown(rows)


@pytest.fixture(scope="module")
def face(shared_data: Path) -> FloatArray:
    large = [c for c in list_crops(shared_data / "faces", "test") if c.side == 256]
    return read_crop(large[0]).astype(np.float32) / np.float32(255)


@pytest.mark.shared
def test_niqe_gets_worse_with_noise_and_with_blur(face: FloatArray) -> None:
    pristine = load_pristine()
    noise = np.random.default_rng(0).normal(0, 0.08, face.shape).astype(np.float32)
    noisy = np.clip(face + noise, 0, 1)
    blurred = np.asarray(cv2.GaussianBlur(face, (0, 0), 4), np.float32)
    clean = niqe(face, pristine)
    assert niqe(noisy, pristine) > clean + 1
    assert niqe(blurred, pristine) > clean + 1


@pytest.mark.shared
def test_lpips_orders_pictures_as_eyes_do(shared_models: Path, face: FloatArray) -> None:
    network = load_lpips(shared_models / "lpips_alex_v01.safetensors")
    clean = torch.from_numpy(face.transpose(2, 0, 1).copy())[None]
    slightly = torch.nn.functional.avg_pool2d(clean, 3, 1, 1)
    strongly = torch.nn.functional.avg_pool2d(clean, 15, 1, 7)
    assert float(network(clean, clean)) == pytest.approx(0, abs=1e-6)
    assert 0 < float(network(slightly, clean)) < float(network(strongly, clean)) < 1


@pytest.mark.parametrize("name", METHODS)
def test_classical_methods_brighten_and_keep_the_range(name: str) -> None:
    rng = np.random.default_rng(0)
    smooth = cv2.resize(rng.random((6, 5, 3), np.float32), (64, 96)).astype(np.float32)
    noise = rng.standard_normal((96, 64), np.float32)
    dark = degrade(smooth, Degradation(None, 0.2, 0.05, 0.02), noise)
    result = METHODS[name](dark)
    assert result.shape == dark.shape and result.dtype == np.float32
    assert result.min() >= 0 and result.max() <= 1
    assert np.square(result - smooth).mean() < np.square(dark - smooth).mean()


@pytest.mark.shared
def test_a_table_has_every_method_and_identity(shared_data: Path, shared_models: Path) -> None:
    torch.manual_seed(0)
    crops = list_crops(shared_data / "faces", "test")
    pictures: list[DegradedPicture] = list(degraded_pictures("Test-BNL", crops, 4))
    assert any(picture.references for picture in pictures)
    for picture in pictures:
        assert all(other.person != picture.crop.person for other in picture.stranger)
    recogniser = SFace(shared_models / "sface_2021dec_fp16w.onnx")
    of_interest = {c.person for p in pictures for c in (p.crop, *p.references)}
    gallery = make_gallery([c for c in crops if c.person in of_interest], recogniser)
    judge = Judge(recogniser, gallery, LPIPS().eval(), load_pristine())
    network = Network(
        "net", build("nasfe-lite").eval(), Observer(VGGFeatures(), ClassificationHead()).eval()
    )
    rows = evaluate("Test-BNL", pictures, [network], METHODS, judge)
    kinds = {(row.method, row.identity) for row in rows}
    assert {("input", "none"), *((name, "none") for name in METHODS)} <= kinds
    assert {("net", who) for who in ("none", "none, same pictures", "own", "stranger")} <= kinds
    same = {row.identity: row.n for row in rows if row.method == "net"}
    assert same["own"] == same["stranger"] == same["none, same pictures"] <= same["none"] == 4
