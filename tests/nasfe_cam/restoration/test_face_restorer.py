"""What the network makes of a face, and what is carried along from the frame before."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest

from nasfe_cam.config.settings import RestoreSettings
from nasfe_cam.core.frame import FloatArray, Frame, Image
from nasfe_cam.core.meter import Meter
from nasfe_cam.core.supervised import Required
from nasfe_cam.faces.alignment import CANONICAL_POSITIONS, STABLE_LANDMARKS
from nasfe_cam.faces.follower import FollowedFace
from nasfe_cam.pacing.governor import FULL_EFFORT, Plan
from nasfe_cam.restoration import face_restorer
from nasfe_cam.restoration.face_restorer import FaceRestorer, RestoredFace
from nasfe_cam.restoration.live_controls import Dial, LiveControls
from nasfe_cam.restoration.observer import Observation
from nasfe_cam.restoration.observer_worker import ObserverWorker
from nasfe_cam.restoration.restorer import NOTHING, References
from tests.nasfe_cam.faces.landmarks import frontal_face
from tests.nasfe_cam.stand_ins import HEIGHT, WIDTH, Observer, Restorer, eventually, face_at

FRAME = Frame(np.full((HEIGHT, WIDTH, 3), 60, np.uint8), 0.0, 0)
SPARE = Plan(run_network=False, strength=1.0)
BESIDE = Plan(run_network=True, strength=1.0, beside=True)


class PatientRestorer(Restorer):
    """Returns nothing before it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may_return = threading.Event()
        self.shown: list[References] = []

    def restore(
        self, crop: Image, observation: Observation, references: References = NOTHING
    ) -> Image:
        assert self.may_return.wait(60)
        self.shown.append(references)
        return super().restore(crop, observation, references)


class Rig:
    """A face restorer with stand-ins for its networks."""

    def __init__(
        self,
        degradation: tuple[float, float, float] = (1, 1, 1),
        network: Restorer | None = None,
    ) -> None:
        self.network = network or Restorer()
        self.controls = LiveControls(RestoreSettings())
        observer: Any = Required(lambda: Observer(degradation))
        self.held: Any = Required(lambda: self.network)
        meter = Meter()
        worker = ObserverWorker(observer, 3.0, meter, None)
        self.restorer = FaceRestorer(
            self.held, worker, self.controls, meter, lambda: pytest.fail("nobody is enrolled")
        )

    def restore(
        self,
        face: FollowedFace,
        plan: Plan = FULL_EFFORT,
        noise: float = 0.0,
        frame: Frame = FRAME,
    ) -> RestoredFace | None:
        return self.restorer.restore(frame, face, noise, plan)


def face(x: float = 100, person: int = 1) -> FollowedFace:
    return FollowedFace(face_at(x, 30, 120).landmarks, 1.0, person)


def real_face(person: int = 1) -> FollowedFace:
    """With the landmarks of a face, which pictures can be warped to."""
    return FollowedFace(frontal_face() * 120 + np.float32((100, 30)), 1.0, person)


def test_a_correction_is_carried_to_where_the_face_is_now() -> None:
    rig = Rig()
    first = rig.restore(face())
    second = rig.restore(face(130), Plan(run_network=False, strength=0.5))
    assert first is not None and second is not None and rig.network.runs == 1
    assert not first.carried and second.carried
    assert second.restored is first.restored and second.weight == first.weight / 2
    # The same place of the crop, 30 pixels to the right in the frame.
    shift = -second.transform[:, :2] @ (30, 0)
    np.testing.assert_allclose(second.transform[:, 2] - first.transform[:, 2], shift, atol=1e-4)


def test_a_mouth_that_opens_opens_in_what_is_carried() -> None:
    """Lips of a moment ago, with those of now, were two mouths."""

    class Lips(Restorer):
        """Draws a line where the lower lip was."""

        def restore(self, crop: Image, *_arguments: Any) -> Image:
            drawn = np.full((self.size, self.size, 3), 60, np.uint8)
            drawn[round(0.8 * self.size)] = 250
            return drawn

    def talking(opened: float) -> FollowedFace:
        landmarks = frontal_face()
        lower = np.abs(landmarks - (0.5, 0.8)).max(axis=1) < 0.12
        landmarks[lower, 1] += opened
        # Where the face is in its crop.
        landmarks[STABLE_LANDMARKS] = CANONICAL_POSITIONS
        return FollowedFace(landmarks * 120 + np.float32((100, 30)), 1.0, 1)

    rig = Rig(network=Lips())
    fresh, carried = rig.restore(talking(0.0)), rig.restore(talking(0.06), SPARE)
    assert fresh is not None and carried is not None and carried.carried
    before, now = (
        int(one.restored[:, one.restored.shape[1] // 2, 0].argmax()) for one in (fresh, carried)
    )
    assert 2 <= now - before <= 6


def test_what_is_shown_is_sharper_than_what_is_remembered() -> None:
    """Else it would be sharpened again with every frame."""

    class Edge(Restorer):
        """Draws a soft edge, and keeps what it is reminded of."""

        takes_references = True
        size = 256

        def __init__(self) -> None:
            super().__init__()
            self.drawn = np.full((self.size, self.size, 3), 60, np.uint8)
            self.drawn[:, self.size // 2 :] = 180
            self.drawn = np.asarray(cv2.GaussianBlur(self.drawn, (0, 0), 1.2), np.uint8)
            self.reminded: list[Image] = []

        def restore(
            self, crop: Image, observation: Observation, references: References = NOTHING
        ) -> Image:
            if references.memory is not None:
                self.reminded.append(references.memory.picture[..., 2::-1])
            return self.drawn

    network = Edge()
    rig = Rig(network=network)
    for index in range(3):
        done = rig.restore(real_face(), frame=replace(FRAME, captured_at=index / 30, index=index))
    assert done is not None and len(network.reminded) == 2
    for remembered in network.reminded:
        np.testing.assert_array_equal(remembered, network.drawn)
    assert np.diff(done.restored[..., 0].astype(int)).max() > np.diff(network.drawn[..., 0]).max()


def test_nothing_is_carried_from_one_person_to_another() -> None:
    rig = Rig()
    assert rig.restore(face()) is not None
    other = rig.restore(face(person=2), SPARE)
    assert other is not None and not other.carried and rig.network.runs == 2


def test_without_an_earlier_result_the_network_runs_whatever_the_plan() -> None:
    rig = Rig()
    done = rig.restore(face(), SPARE)
    assert done is not None and not done.carried


def test_a_clean_face_is_left_alone_and_nothing_of_before_is_carried_past_it() -> None:
    rig = Rig()
    assert rig.restore(face()) is not None
    rig.restorer._controls = LiveControls(RestoreSettings(retouch=0))
    assert rig.restore(face(), SPARE) is None
    rig.restorer._controls = LiveControls(RestoreSettings())
    again = rig.restore(face(), SPARE)
    assert again is not None and not again.carried
    assert Rig((0.05, 0.05, 0.05)).restore(face()) is None


def test_light_alone_is_no_reason_for_the_network_and_noise_is_one_by_degrees() -> None:
    """Two clips as dim as each other were restored in all frames, and in one of nine."""
    weights = []
    for noise in np.linspace(0, 12, 25):
        done = Rig((0, 0, 1)).restore(face(), noise=float(noise))
        weights.append(0.0 if done is None else done.weight)
    assert weights[0] == 0 and weights[-1] == 1
    assert np.diff(weights).min() >= 0 and np.diff(weights).max() < 0.12


def test_a_network_that_was_made_again_is_told_who_is_there() -> None:
    """The engine that failed took the person's features with it."""

    class Profile:
        identity: FloatArray = np.ones(1, np.float32)

    rig = Rig()
    rig.controls.profile = Profile()  # type: ignore[assignment]
    assert rig.restore(face()) is not None
    assert rig.network.identity is Profile.identity
    fresh = Restorer()
    rig.restorer._restorer._resource = fresh  # type: ignore[attr-defined]
    assert rig.restore(face()) is not None
    assert fresh.identity is Profile.identity


def test_a_failure_is_raised_where_nothing_goes_on_without_the_network() -> None:
    rig = Rig()
    rig.network._broken.set()
    with pytest.raises(Exception, match="fault"):
        rig.restore(face())


@pytest.fixture
def patient() -> Iterator[tuple[Rig, PatientRestorer]]:
    network = PatientRestorer()
    rig = Rig(network=network)
    yield rig, network
    network.may_return.set()
    rig.restorer.close()


def test_no_frame_waits_for_a_network_beside_them(patient: tuple[Rig, PatientRestorer]) -> None:
    rig, network = patient
    assert rig.restore(face(), BESIDE) is None, "there is nothing to show yet"
    assert rig.restorer.last_run == 0
    later = replace(FRAME, captured_at=0.1, index=1)
    assert rig.restore(face(), BESIDE, frame=later) is None
    assert rig.restorer.last_run == 0, "it is still at work"
    network.may_return.set()
    assert eventually(lambda: not rig.restorer.network.busy)
    later = replace(FRAME, captured_at=0.2, index=2)
    done = rig.restore(face(130), BESIDE, frame=later)
    assert done is not None and done.carried and 0 < done.weight < 1, "it does not pop"
    assert rig.restorer.last_run == 2, "and begins with the next at once"
    later = replace(FRAME, captured_at=0.6, index=3)
    done = rig.restore(face(130), BESIDE, frame=later)
    assert done is not None and done.carried and done.weight == 1


def test_a_frame_that_may_wait_does_not_while_the_network_works_for_an_earlier_one(
    patient: tuple[Rig, PatientRestorer],
) -> None:
    """The network's tensors are for one run at a time."""
    rig, network = patient
    assert rig.restore(face(), BESIDE) is None
    assert rig.restore(face(), FULL_EFFORT) is None
    network.may_return.set()
    assert eventually(lambda: not rig.restorer.network.busy)
    done = rig.restore(face(), FULL_EFFORT, frame=replace(FRAME, captured_at=0.1, index=1))
    assert done is not None and not done.carried and network.runs == 2


def test_what_comes_for_a_person_who_has_left_is_not_shown_on_another(
    patient: tuple[Rig, PatientRestorer],
) -> None:
    rig, network = patient
    assert rig.restore(face(), BESIDE) is None
    assert rig.restore(face(person=2), BESIDE) is None
    network.may_return.set()
    assert eventually(lambda: not rig.restorer.network.busy)
    later = replace(FRAME, captured_at=0.1, index=1)
    assert rig.restore(face(person=2), BESIDE, frame=later) is None, "it was of the first"
    assert eventually(lambda: not rig.restorer.network.busy)
    later = replace(FRAME, captured_at=0.2, index=2)
    assert rig.restore(face(person=2), BESIDE, frame=later) is not None


def test_what_was_on_its_way_when_all_was_forgotten_is_neither_shown_nor_remembered(
    patient: tuple[Rig, PatientRestorer],
) -> None:
    rig, network = patient
    network.takes_references = True
    assert rig.restore(real_face(), BESIDE) is None
    rig.controls.retouch = Dial(0)
    assert rig.restore(real_face(), BESIDE) is None
    rig.controls.retouch = Dial(100)
    network.may_return.set()
    assert eventually(lambda: not rig.restorer.network.busy)
    for index in (1, 2):
        later = replace(FRAME, captured_at=index / 10, index=index)
        assert (rig.restore(real_face(), BESIDE, frame=later) is None) == (index == 1)
        assert eventually(lambda: not rig.restorer.network.busy)
    assert [shown.memory is not None for shown in network.shown] == [False, False, True]


def test_what_comes_while_a_frame_looks_for_it_is_not_lost(
    patient: tuple[Rig, PatientRestorer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is what was raised: else a network that always fails would never be made again."""
    rig, network = patient
    assert rig.restore(face(), BESIDE) is None
    thread = rig.restorer.network

    def too_early(take: Callable[[], Any] = thread.take) -> Any:
        taken = take()
        network.may_return.set()
        assert eventually(lambda: not thread.busy)
        return taken

    with monkeypatch.context() as patch:
        patch.setattr(thread, "take", too_early)
        later = replace(FRAME, captured_at=0.1, index=1)
        assert rig.restore(face(), BESIDE, frame=later) is None
    assert rig.restorer.last_run == 0, "another run would take the place of its result"


def test_a_network_at_work_is_not_freed_when_something_else_fails(
    patient: tuple[Rig, PatientRestorer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would compute into memory that is gone; and what it raises is of no newer network."""
    rig, network = patient
    failures: list[Exception] = []
    monkeypatch.setattr(rig.held, "failed", failures.append)
    assert rig.restore(face(), BESIDE) is None
    with monkeypatch.context() as patch:
        patch.setattr(face_restorer, "crop_transform", lambda *_: 1 / 0)
        assert rig.restore(face(), BESIDE) is None
    assert rig.restore(face(), BESIDE) is None and failures == []
    network._broken.set()
    network.may_return.set()
    assert eventually(lambda: not rig.restorer.network.busy)
    assert rig.restore(face(), BESIDE) is None
    assert [type(error) for error in failures] == [ZeroDivisionError]
    network._broken.clear()
    later = replace(FRAME, captured_at=0.1, index=1)
    assert rig.restore(face(), FULL_EFFORT, frame=later) is not None and len(failures) == 1


def test_a_network_that_hangs_is_left_to_its_thread_at_the_end(
    patient: tuple[Rig, PatientRestorer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Freed, it would compute into memory that is gone, or the end would wait for its driver."""
    rig, network = patient
    closed: list[bool] = []
    monkeypatch.setattr("nasfe_cam.restoration.network_thread._END_SECONDS", 0.05)
    monkeypatch.setattr(network, "close", lambda: closed.append(True))
    assert rig.restore(face(), BESIDE) is None
    rig.restorer.close()
    assert not closed
    network.may_return.set()
    assert eventually(lambda: not rig.restorer.network.busy)
    rig.restorer.close()
    assert closed


def test_what_a_network_beside_the_frames_raises_is_a_failure_of_the_network() -> None:
    rig = Rig()
    rig.network._broken.set()
    assert rig.restore(face(), BESIDE) is None
    assert eventually(lambda: not rig.restorer.network.busy)
    with pytest.raises(Exception, match="fault"):
        rig.restore(face(), BESIDE)


def test_what_is_too_old_fades_out() -> None:
    """As while a network beside the frames hangs."""
    rig = Rig()
    assert rig.restore(face()) is not None
    weights = []
    for index in range(1, 80):
        frame = Frame(FRAME.image, index / 30, index)
        done = rig.restore(face(), SPARE, frame=frame)
        weights.append(0.0 if done is None else done.weight)
    assert weights[:30] == [1.0] * 30 and weights[-1] == 0
    assert np.diff(weights).max() <= 0 and np.diff(weights).min() > -0.06


def test_a_frame_that_waits_shows_no_more_at_once_after_one_that_had_nothing(
    patient: tuple[Rig, PatientRestorer],
) -> None:
    """As when a network that hung beside the frames comes back: they wait for it again then."""
    rig, network = patient
    assert rig.restore(face(), BESIDE) is None
    rig.restorer._forget()
    network.may_return.set()
    assert eventually(lambda: not rig.restorer.network.busy)
    shown = [rig.restore(face(), frame=Frame(FRAME.image, n / 30, n)) for n in range(1, 20)]
    weights = [0.0] + [0.0 if done is None else done.weight for done in shown]
    assert weights[-1] == 1 and max(np.diff(weights)) < 0.1
