"""What is changed while the camera runs takes effect at once, and frames go on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from engine.openvino.engine import OpenVINOEngine
from nasfe_cam.config.settings import Settings
from nasfe_cam.core.frame import Frame
from nasfe_cam.core.smoothing.ramp import Ramp
from nasfe_cam.faces.tracker import Face
from nasfe_cam.pipeline.framing import View, crop
from nasfe_cam.pipeline.pipeline import Pipeline
from nasfe_cam.profiles.codec import EMBEDDING_SHAPE, IDENTITY_SHAPE
from nasfe_cam.profiles.profile import Profile
from nasfe_cam.restoration.face_networks import FaceNetworks
from nasfe_cam.restoration.observer import Observation
from nasfe_cam.restoration.restorer import Restorer as RealRestorer
from nasfe_cam.restoration.restorer import restorer_network
from tests.nasfe_cam.stand_ins import (
    SETTINGS,
    Observer,
    Plug,
    Restorer,
    Sink,
    Tracker,
    eventually,
    face_at,
    stripes_in,
)


class Rig:
    def __init__(self, settings: Settings = SETTINGS, tracker: Callable[[], Any] = Tracker) -> None:
        self.plug = Plug()
        self.output = Sink()
        self.errors: list[Exception] = []
        self.restorers: list[Restorer] = []
        self.broken = threading.Event()

        def make_restorer() -> Any:
            self.restorers.append(Restorer(self.broken))
            return self.restorers[-1]

        parts: dict[str, Callable[[], Any]] = {
            "tracker": tracker,
            "observer": Observer,
            "restorer": make_restorer,
            "recogniser": lambda: pytest.fail("there is one face only"),
            "mesh": lambda: pytest.fail("the network is shown no photos"),
        }
        self.pipeline = Pipeline(
            settings,
            self.plug.open(),
            self.plug.open,
            FaceNetworks(**parts),
            [self.output],
            self.errors.append,
        )
        self.pipeline.start()

    def face(self, frame: Frame) -> int:
        """Contrast in the middle of the face: 0 untouched, over 40 restored."""
        return stripes_in(frame.image)

    def flows(self) -> bool:
        before = len(self.output.frames)
        return eventually(lambda: len(self.output.frames) > before + 3)


@pytest.fixture
def rig() -> Iterator[Rig]:
    rig = Rig()
    assert eventually(rig.output.is_restored)
    yield rig
    rig.pipeline.stop()
    assert rig.pipeline.wait(20)


def test_a_number_moves_to_its_target_in_steps_and_arrives_exactly() -> None:
    time = 0.0
    number = Ramp(1.0, seconds=0.5, clock=lambda: time)
    assert number.now() == 1.0
    number.target = 0.3
    seen = []
    for _ in range(10):
        time += 0.1
        seen.append(number.now())
    assert seen[0] == pytest.approx(0.8)
    assert seen == sorted(seen, reverse=True)
    assert seen[-1] == 0.3


def test_retouch_goes_down_and_up_while_the_camera_runs_without_a_jump(rig: Rig) -> None:
    began = len(rig.output.frames)
    rig.pipeline.controls.set_retouch(0)
    assert eventually(rig.output.is_untouched)
    faces = [rig.face(frame) for frame in rig.output.frames[began:]]
    assert any(5 < face < 40 for face in faces), "there were pictures on the way"
    rig.pipeline.controls.set_retouch(100)
    assert eventually(rig.output.is_restored)
    assert rig.errors == []


def test_light_is_lifted_in_the_whole_frame_apart_from_retouch(rig: Rig) -> None:
    rig.pipeline.controls.light.set(100)
    assert eventually(lambda: rig.output.frames[-1].image[5, 5].min() > 140)
    rig.pipeline.controls.set_retouch(0)
    assert eventually(lambda: rig.face(rig.output.frames[-1]) == 0)
    assert rig.output.frames[-1].image.min() > 140, "light stays without retouch"
    rig.pipeline.controls.set_retouch(100)
    rig.pipeline.controls.light.set(0)
    assert eventually(lambda: rig.output.frames[-1].image[5, 5].max() == 60)
    assert eventually(rig.output.is_restored)


class SmallFace(Tracker):
    """A face far away, on the left."""

    def track(self, frame: Frame) -> Sequence[Face]:
        return [face_at(40, 40, 60)]


def test_the_face_is_followed_while_the_camera_runs_at_the_size_of_the_output() -> None:
    rig = Rig(tracker=SmallFace)

    def restored_pixels() -> int:
        return int(np.count_nonzero(rig.output.frames[-1].image[..., 0] != 60))

    assert eventually(lambda: rig.output.frames and restored_pixels() > 100)
    assert eventually(rig.flows)  # faded in
    whole, shape = restored_pixels(), rig.output.frames[-1].image.shape
    previews: list[tuple[Frame, Frame]] = []
    rig.pipeline.preview = lambda before, after: previews.append((before, after))
    rig.pipeline.framing.on = True
    assert eventually(lambda: restored_pixels() > 1.8 * whole)
    assert rig.output.frames[-1].image.shape == shape
    assert eventually(lambda: len(previews) > 3)
    assert all(before.image.shape == after.image.shape == shape for before, after in previews)
    rig.pipeline.framing.on = False
    assert eventually(lambda: restored_pixels() < 1.2 * whole)
    rig.pipeline.stop()
    assert rig.pipeline.wait(20)
    assert rig.errors == []


def test_what_nobody_looks_at_is_not_framed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The untouched picture is for the preview; without one, a frame is cropped once."""
    framed: list[int] = []

    def counted(frame: Frame, view: View | None) -> Frame:
        if view is not None:
            framed.append(frame.index)
        return crop(frame, view)

    monkeypatch.setattr("nasfe_cam.pipeline.pipeline.crop", counted)
    rig = Rig(tracker=SmallFace)
    rig.pipeline.framing.on = True
    assert eventually(lambda: len(framed) > 20)
    rig.pipeline.stop()
    assert rig.pipeline.wait(20)
    assert len(framed) == len(set(framed))


def test_the_network_is_given_the_identity_of_the_profile_and_loses_it_again(rig: Rig) -> None:
    ada = _profile()
    rig.pipeline.take_profile(ada)
    assert eventually(lambda: rig.restorers[-1].identity is ada.identity)
    rig.pipeline.take_profile(None)
    assert eventually(lambda: rig.restorers[-1].identity is None)
    assert len(rig.restorers) == 1, "no network was loaded again"


def test_a_network_that_is_made_again_gets_the_profile_that_was_taken_last(rig: Rig) -> None:
    ada = _profile()
    rig.pipeline.take_profile(ada)
    rig.broken.set()
    assert eventually(lambda: len(rig.restorers) > 1)
    rig.broken.clear()
    assert eventually(lambda: rig.restorers[-1].identity is ada.identity)


def test_the_real_network_restores_another_person_and_then_nobody_again() -> None:
    network = restorer_network("nasfe-lite")
    restorer = RealRestorer(OpenVINOEngine(network.path, network.sha256, network.tensors))
    crop = np.random.default_rng(1).integers(0, 100, (restorer.size, restorer.size, 3), np.uint8)
    seen = Observation(
        np.full(256, 0.5, np.float32), np.ones(256, np.float32), np.ones(3, np.float32)
    )
    identity = np.random.default_rng(2).standard_normal(IDENTITY_SHAPE, np.float32)
    nobody = restorer.restore(crop, seen)
    restorer.identify(identity)
    somebody = restorer.restore(crop, seen)
    restorer.identify(None)
    assert not np.array_equal(nobody, somebody)
    assert np.array_equal(nobody, restorer.restore(crop, seen))
    restorer.close()


def test_another_source_is_shown_and_the_one_before_is_closed(rig: Rig) -> None:
    before = rig.plug.opened[-1]
    rig.plug.grey = 30
    after = rig.plug.open()
    assert rig.pipeline.capture.change(after, rig.plug.open)
    assert eventually(lambda: rig.face(rig.output.frames[-1]) < 65)
    assert before.closed and not after.closed
    assert rig.flows() and rig.errors == []


def test_a_changed_source_that_is_lost_comes_back_as_itself(rig: Rig) -> None:
    other = Plug()
    other.grey = 30
    rig.pipeline.capture.change(other.open(), other.open)
    other.opened[-1].unplugged.set()
    assert eventually(lambda: len(other.opened) == 2)
    assert eventually(lambda: rig.face(rig.output.frames[-1]) < 65)


def test_another_source_ends_the_waiting_for_a_lost_one(rig: Rig) -> None:
    rig.plug.out.set()
    rig.plug.opened[-1].unplugged.set()
    assert eventually(lambda: rig.pipeline.capture.lost)
    other = Plug()
    assert rig.pipeline.capture.change(other.open(), other.open)
    assert not rig.pipeline.capture.lost
    assert eventually(rig.output.is_restored) and rig.flows()


def test_a_source_that_comes_too_late_is_closed(rig: Rig) -> None:
    rig.pipeline.stop()
    assert rig.pipeline.wait(20)
    late = rig.plug.open()
    assert not rig.pipeline.capture.change(late, rig.plug.open)
    assert late.closed


def test_a_driver_that_raises_anything_on_opening_is_tried_again(rig: Rig) -> None:
    calls = []

    def fault() -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise ValueError("driver fault")
        return rig.plug.open()

    lost = rig.plug.open()
    rig.pipeline.capture.change(lost, fault)
    lost.unplugged.set()
    assert eventually(lambda: len(calls) == 2)
    assert eventually(rig.output.is_restored) and rig.flows()


def _profile() -> Profile:
    embedding = np.zeros(EMBEDDING_SHAPE, np.float32)
    embedding[0] = 1
    return Profile(
        "Ada", datetime.now(UTC), np.ones(IDENTITY_SHAPE, np.float32), embedding, "0" * 64, 3
    )
