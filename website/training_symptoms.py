"""The symptoms of `nasfe-train` and of the tools for developers."""

from __future__ import annotations

from pathlib import Path

from benchmarks.page_section import SectionMissing
from engine.precision import Precision
from train.ablation import load_ablation
from train.checkpoint import CheckpointRefused
from train.data.errors import (
    FaceCutOff,
    FacesDamaged,
    FacesMissing,
    FaceTurnedAway,
    IdentitiesUnreadable,
    NoPhotoUsable,
    PhotoForPrint,
    PhotoGrey,
    PhotoRepeated,
    PhotosMissing,
    PhotoTiny,
    PhotoTooLarge,
    PhotoTruncated,
    PhotoWithoutIdentity,
    TargetBusy,
    TargetNotWritten,
    TargetRefused,
)
from train.data.preparation.user_faces import (
    NoOwnFaceUsable,
    OwnFacesMissing,
    OwnFacesUnreadable,
    PhotoNotSquare,
    PhotoOutsideLayout,
    Skipped,
)
from train.data.test_sets import NoPictureLargeEnough
from train.evaluation.contact_sheets import SheetsInRepository
from train.evaluation.engines import OtherSize, PrecisionNotServed
from train.export.int8 import QuantisationLosesTooMuch
from train.export.onnx import RuntimesDisagree
from train.export.papers import GuideNotWarped
from train.guided.scenes.workers import WorkerFailed
from train.models.mmrb.public_weights import PriorRefused
from train.papers.networks import OtherNetwork
from train.papers.samples import GuidesMissing
from train.search.genotype_drawing import GraphvizMissing, draw_search
from train.search.latency import PlaceNotMeasured
from train.synthesis.package import GeneratorChanged, GeneratorMissing
from train.synthesis.shards import ShardDamaged
from train.training import TrainingDiverged
from train.warm_start import NothingInherited
from website.symptom import Symptom, raised_by

_FACES, _PHOTOS = Path("faces"), Path("photos")

TRAINING_SYMPTOMS = (
    Symptom(
        "`nasfe-train prepare` leaves a photo out",
        """`rejected.csv` in the target names every file with its reason
([training data](training-data.md)); the reasons of enrolment above occur too.""",
        (
            PhotoTruncated(),
            PhotoTooLarge("9000 x 9000 pixels"),
            PhotoTiny(90, 90),
            PhotoGrey(),
            PhotoForPrint(),
            FaceTurnedAway(),
            FaceCutOff(0.2),
            PhotoRepeated("1/0001.jpg"),
            PhotoWithoutIdentity("identity_CelebA.txt"),
            PhotoNotSquare(256, 192),
            PhotoOutsideLayout(),
        ),
    ),
    Symptom(
        "Faces for training or measuring cannot be read or written",
        "An interrupted `nasfe-train prepare` goes on where it was when it is repeated.",
        (
            FacesMissing(_FACES),
            FacesDamaged(_FACES / "index.csv", "line 7 has 5 fields"),
            PhotosMissing(_PHOTOS),
            IdentitiesUnreadable(Path("identity_CelebA.txt"), "line 7 names no number"),
            NoPhotoUsable(120, _FACES / "rejected.csv"),
            TargetRefused(_FACES, "it holds other files"),
            TargetBusy(_FACES),
            TargetNotWritten(_FACES, "No space left on device"),
            OwnFacesMissing(_FACES),
            OwnFacesUnreadable(Path("faces.tar.gz"), "it is compressed"),
            NoOwnFaceUsable(_FACES, (Skipped("a/b/1.jpg", PhotoTiny(90, 90)),)),
            NoPictureLargeEnough(120, 256),
        ),
    ),
    Symptom(
        "Training, measuring or exporting stops",
        "[Train on your own data](training.md) goes through the commands in their order.",
        (
            raised_by(lambda: load_ablation(Path("missing.toml"))),
            CheckpointRefused(Path("runs/mine/checkpoint.pt"), "its network has other tensors"),
            NothingInherited(Path("runs/mine")),
            PlaceNotMeasured("80x32x32"),
            TrainingDiverged(float("nan"), 1200),
            RuntimesDisagree("nasfe-lite", "OpenVINO", "face", 0.02, 0.005),
            QuantisationLosesTooMuch("nasfe-lite", 0.31, 60, 0.1),
            PrecisionNotServed(Precision.INT8, "CPU, bf16", "the CPU does not multiply INT8"),
            OtherSize(256),
            SheetsInRepository(Path("docs")),
            GraphvizMissing(),
            raised_by(lambda: draw_search(Path("missing.jsonl"), Path("curves.svg"))),
            SectionMissing("benchmarks/camera/parts.py"),
        ),
    ),
    Symptom(
        "Faces of nobody cannot be made, or trained on",
        "[Guided training](guided-training.md) says where they come from.",
        (
            GeneratorMissing(Path("random_face.whl")),
            GeneratorChanged(Path("random_face.whl"), "another checksum of SynthesisNetwork.bin"),
            ShardDamaged(Path("synthetic/people-0003.shard"), "it is cut short"),
            WorkerFailed("no pictures"),
        ),
    ),
    Symptom(
        "A network of another paper cannot be trained, measured or exported",
        "[Networks of other papers](networks.md) leads through their commands.",
        (
            PriorRefused(
                Path("stylegan2-512.pt"),
                "input.input has (1, 512, 4, 4), not (1, 96, 4, 4) values",
            ),
            OtherNetwork(Path("train/trained/nasfe-lite.safetensors"), "nasfe-lite"),
            GuideNotWarped("gfrnet-lite", "flow"),
            GuidesMissing(),
        ),
    ),
)
