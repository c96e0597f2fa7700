"""A better engine takes over, and fails, while the camera runs: no frame is left out."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from engine.errors import EngineFellBack
from engine.failover import FailoverEngine
from engine.openvino.engine import OpenVINOEngine
from engine.precision import Precision
from nasfe_cam.pipeline.pipeline import Pipeline
from nasfe_cam.restoration.face_networks import FaceNetworks
from nasfe_cam.restoration.observer import Observation
from nasfe_cam.restoration.restorer import Restorer, restorer_network
from tests.engine.faulty import FaultyEngine
from tests.nasfe_cam.stand_ins import (
    SETTINGS,
    Observer,
    Sink,
    Source,
    Tracker,
    eventually,
)

FRAMES = 40


def opened(precision: Precision) -> OpenVINOEngine:
    network = restorer_network("nasfe-lite")
    return OpenVINOEngine(
        network.path, network.sha256, network.tensors, precision=precision, threads=1
    )


class Rig:
    """A shipped network on bf16, and the same in f32 as the better engine, made when told to."""

    def __init__(self) -> None:
        self.may_finish = threading.Event()
        self.better = FaultyEngine(opened(Precision.F32))
        self.errors: list[Exception] = []
        self.engine = FailoverEngine(opened(Precision.BF16), self._make, self.errors.append)

    def _make(self, closing: threading.Event) -> FaultyEngine:
        while not self.may_finish.wait(0.01) and not closing.is_set():
            pass
        return self.better


@pytest.fixture
def rig() -> Iterator[Rig]:
    yield Rig()


def test_every_frame_is_restored_through_a_switch_and_a_failure(rig: Rig) -> None:
    output = Sink()
    source = Source(FRAMES)
    pipeline = Pipeline(
        SETTINGS,
        source,
        lambda: pytest.fail("the source was lost"),
        FaceNetworks(
            tracker=Tracker,
            observer=Observer,
            restorer=lambda: Restorer(rig.engine),
            recogniser=lambda: pytest.fail("nobody is enrolled"),
            mesh=lambda: pytest.fail("nobody is enrolled"),
        ),
        [output],
        rig.errors.append,
        lossless=True,
    )
    assert pipeline.wait_until_ready(60)
    pipeline.start()
    assert eventually(lambda: pipeline.meter.frames_restored > 3, 60)
    rig.may_finish.set()
    assert eventually(lambda: rig.better.runs > 3, 60)
    rig.better.broken.set()
    assert pipeline.wait(120)
    assert len(output.frames) == FRAMES and sum(pipeline.dropped.values()) == 0
    untouched = [bool((frame.image == 60).all()) for frame in output.frames]
    first = untouched.index(False)
    assert not any(untouched[first:]) and first < FRAMES // 2
    assert [type(error) for error in rig.errors] == [EngineFellBack]


def test_the_enrolled_person_is_restored_by_either_engine(rig: Rig) -> None:
    """The identity is written once, at the start, and is in the engine that comes later."""
    rng = np.random.default_rng(0)
    identity = rng.standard_normal((256, 32, 32), np.float32)
    crop = rng.integers(0, 100, (256, 256, 3), np.uint8)
    seen = Observation(np.ones(256, np.float32), np.ones(256, np.float32), np.ones(3, np.float32))
    restorer = Restorer(rig.engine)
    restorer.identify(identity)
    before = restorer.restore(crop, seen)
    rig.may_finish.set()
    assert eventually(lambda: restorer.restore(crop, seen) is not None and rig.better.runs > 1, 60)
    after = restorer.restore(crop, seen)
    assert restorer.describe().device == "the better device"
    nobody = Restorer(opened(Precision.F32)).restore(crop, seen)

    def difference(one: np.ndarray, other: np.ndarray) -> float:
        return float(np.abs(one.astype(int) - other).mean())

    assert difference(before, after) < 2 < difference(nobody, after)
    restorer.close()
