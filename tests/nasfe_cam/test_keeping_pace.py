"""What is done for which frame; with a restorer that is slowed down."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from nasfe_cam.adjustments import Adjustments
from nasfe_cam.face_repair import FaceRestoration
from nasfe_cam.following import FollowedFace
from nasfe_cam.frame import Frame
from nasfe_cam.keeping_pace import KeepingPace, Plan
from nasfe_cam.measure import Meter
from nasfe_cam.observation import Observation
from nasfe_cam.pipeline import Pipeline
from nasfe_cam.resources import Resources
from nasfe_cam.settings import RestoreSettings
from tests.nasfe_cam.stand_ins import (
    HEIGHT,
    SETTINGS,
    WIDTH,
    Observer,
    Output,
    Restorer,
    Source,
    Tracker,
    eventually,
    face_at,
)

IMAGE = np.zeros((4, 4, 3), np.uint8)
ADAPTIVE = SETTINGS.replaced({"restore.rate": "auto"})


class Stages(Meter):
    """A meter whose stages took what the test says, in seconds."""

    def __init__(self, **seconds: float) -> None:
        super().__init__()
        self.seconds = seconds

    def names(self) -> list[str]:
        return list(self.seconds)

    def recent(self, name: str, count: int) -> float:
        return self.seconds.get(name, 0.0)


def played(pace: KeepingPace, frames: range, step: int = 1, fps: float = 30.0) -> list[Plan]:
    """The plans for frames of a source of this rate, of which the stage sees one in `step`."""
    plans = []
    for index in frames[::step]:
        frame = Frame(IMAGE, index / fps, index)
        plans.append(pace.plan(frame))
        if plans[-1].run:
            pace.ran(frame)
    return plans


def test_while_there_is_time_every_frame_passes_the_network() -> None:
    plans = played(KeepingPace(True, Stages(restore=0.02)), range(90))
    assert plans == [Plan(run=True, strength=1.0)] * 90


def test_every_frame_means_every_frame() -> None:
    plans = played(KeepingPace(False, Stages(restore=0.5), lambda: True), range(90))
    assert plans == [Plan(run=True, strength=1.0)] * 90


def test_a_slower_machine_runs_the_network_for_every_second_frame() -> None:
    pace = KeepingPace(True, Stages(restore=0.05, carry=0.002))
    plans = played(pace, range(120))
    assert [plan.run for plan in plans[-10:]] == [False, True] * 5
    assert pace.reason == "busy" and {plan.strength for plan in plans} == {1.0}


def test_a_stage_that_lags_behind_does_not_take_the_camera_for_slow() -> None:
    """Seeing one frame in three is no reason to think that there are only so many."""
    pace = KeepingPace(True, Stages(restore=0.05, carry=0.002))
    played(pace, range(120), step=3)
    assert pace.effort.every == 2


def test_a_camera_of_fifteen_frames_leaves_twice_the_time() -> None:
    plans = played(KeepingPace(True, Stages(restore=0.05)), range(60), fps=15)
    assert all(plan.run for plan in plans)


def test_where_nothing_helps_restoration_fades_out_and_the_network_rests() -> None:
    stages = Stages(restore=1.0, track=0.02)
    plans = played(KeepingPace(True, stages), range(240))
    strengths = np.array([plan.strength for plan in plans])
    assert strengths[0] == 1 and strengths[-1] == 0
    assert (np.diff(strengths) <= 0).all() and np.diff(strengths).min() > -0.05
    fading = [plan.run for plan in plans if 0 < plan.strength < 0.5]
    assert 0 < sum(fading) <= len(fading) / 2


def test_on_battery_every_second_frame_passes_the_network() -> None:
    pace = KeepingPace(True, Stages(restore=0.01), lambda: True)
    played(pace, range(60))
    assert pace.reason is None
    pace.start()
    seconds = iter(range(60, 10**6, 30))

    def spared() -> bool:
        start = next(seconds)
        plans = played(pace, range(start, start + 30))
        return [plan.run for plan in plans[-6:]] in ([False, True] * 3, [True, False] * 3)

    try:
        assert eventually(spared)
    finally:
        pace.close()
    assert pace.reason == "battery"


def test_a_carried_frame_waits_as_long_as_the_network_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else it would be shown at once after the frame before it, with a gap behind."""
    pace = KeepingPace(True, Stages())
    now = 100.0
    monkeypatch.setattr("nasfe_cam.keeping_pace.time.monotonic", lambda: now)
    pace.ran(Frame(IMAGE, now - 0.05, 0))
    assert pace.hold(Frame(IMAGE, now - 0.02, 1)) == pytest.approx(0.03)
    assert pace.hold(Frame(IMAGE, now - 0.2, 1)) == 0


def face(x: float = 100, person: int = 1) -> FollowedFace:
    return FollowedFace(face_at(x, 30, 120).landmarks, 1.0, person)


def test_a_correction_is_carried_to_where_the_face_is_now() -> None:
    restorer = Restorer()
    restoration = FaceRestoration(restorer, Adjustments(RestoreSettings()))  # type: ignore[arg-type]
    seen = Observation(np.zeros(256, np.float32), np.zeros(256, np.float32), np.float32([1, 1, 1]))
    frame = Frame(np.full((HEIGHT, WIDTH, 3), 60, np.uint8), 0.0, 0)
    assert not restoration.can_carry(face())
    first = restoration.restore(face(), restoration.crop(frame, face()), seen)
    assert restoration.can_carry(face(130)) and not restoration.can_carry(face(person=2))
    moved = face(130)
    second = restoration.carry(moved, restoration.crop(frame, moved), seen, strength=0.5)
    assert first is not None and second is not None and restorer.runs == 1
    assert not first.carried and second.carried
    assert second.restored is first.restored and second.weight == first.weight / 2
    # The same place of the crop, 30 pixels to the right in the frame.
    shift = -second.transform[:, :2] @ (30, 0)
    np.testing.assert_allclose(second.transform[:, 2] - first.transform[:, 2], shift, atol=1e-4)


@pytest.fixture
def slowed(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Pipeline, Restorer]]:
    """A pipeline at ten frames per second whose restorer takes longer than a frame."""
    monkeypatch.setattr("nasfe_cam.pace.PATIENCE", 1.0)
    restorer = Restorer(seconds=0.15)
    pipeline = Pipeline(
        ADAPTIVE,
        Source(fps=10),  # type: ignore[arg-type]
        Resources(
            source=lambda: pytest.fail("the source is not lost"),
            tracker=Tracker,  # type: ignore[arg-type]
            observer=Observer,  # type: ignore[arg-type]
            restorer=lambda: restorer,  # type: ignore[arg-type,return-value]
            recogniser=lambda: pytest.fail("nobody is enrolled"),
        ),
        [Output()],
        lambda _error: None,
    )
    yield pipeline, restorer
    pipeline.stop()
    assert pipeline.wait(20)


def test_a_slowed_restorer_gives_way_before_frames_are_lost_and_comes_back(
    slowed: tuple[Pipeline, Restorer],
) -> None:
    pipeline, restorer = slowed
    pipeline.start()
    assert eventually(lambda: pipeline.pace.effort.every != 1)
    shown, lost = pipeline.meter.frames_shown, pipeline.dropped["restore"]
    assert eventually(lambda: pipeline.meter.frames_shown >= shown + 20)
    # At one frame of the network each it would be one in three.
    assert pipeline.dropped["restore"] - lost <= 3
    assert pipeline.meter.frames_carried > 0
    restorer.seconds = 0.0
    assert eventually(lambda: pipeline.pace.effort.every == 1)
    runs, carried = restorer.runs, pipeline.meter.frames_carried
    assert eventually(lambda: restorer.runs >= runs + 5)
    assert pipeline.meter.frames_carried - carried <= 1
