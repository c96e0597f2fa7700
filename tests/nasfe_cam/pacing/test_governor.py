"""What is done for which frame; with a restorer that is slowed down."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest

from nasfe_cam.core.frame import Frame
from nasfe_cam.core.meter import Meter
from nasfe_cam.pacing.governor import PaceGovernor, Plan
from nasfe_cam.pipeline.pipeline import Pipeline
from nasfe_cam.restoration.face_networks import FaceNetworks
from tests.nasfe_cam.stand_ins import (
    SETTINGS,
    Observer,
    Restorer,
    Sink,
    Source,
    Tracker,
    eventually,
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


def played(pace: PaceGovernor, frames: range, step: int = 1, fps: float = 30.0) -> list[Plan]:
    """The plans for frames of a source of this rate, of which the stage sees one in `step`."""
    plans, last_run = [], None
    for index in frames[::step]:
        plans.append(pace.plan(Frame(IMAGE, index / fps, index), last_run))
        if plans[-1].run_network:
            last_run = index
    return plans


def test_while_there_is_time_every_frame_waits_for_the_network() -> None:
    plans = played(PaceGovernor(True, Stages(restore=0.02)), range(90))
    assert plans == [Plan(run_network=True, strength=1.0, beside=False)] * 90


def test_every_frame_means_every_frame() -> None:
    plans = played(PaceGovernor(False, Stages(restore=0.5), lambda: True), range(90))
    assert plans == [Plan(run_network=True, strength=1.0)] * 90


def test_on_a_slower_machine_the_network_works_beside_the_frames() -> None:
    pace = PaceGovernor(True, Stages(restore=0.05, carry=0.002))
    plans = played(pace, range(120))
    assert [plan.run_network for plan in plans[-10:]] == [False, True] * 5
    assert not plans[0].beside and all(plan.beside for plan in plans[-60:])
    assert pace.reason == "busy" and {plan.strength for plan in plans[-30:]} == {0.75}


def test_a_network_that_is_still_at_work_is_asked_again_with_every_frame() -> None:
    """It begins with the newest frame as soon as it is free, not with every so manyth."""
    pace = PaceGovernor(True, Stages(restore=0.05, carry=0.002))
    played(pace, range(120))
    plans = [pace.plan(Frame(IMAGE, index / 30, index), last_run=119) for index in range(120, 125)]
    assert [plan.run_network for plan in plans] == [False, True, True, True, True]


def test_a_network_far_too_slow_rests_as_long_as_it_works() -> None:
    """So that frames, and the program that shows them, have some of the machine."""
    pace = PaceGovernor(True, Stages(restore=0.2, carry=0.002))
    plans = played(pace, range(240))
    runs = [index for index, plan in enumerate(plans) if plan.run_network][-5:]
    assert {after - before for before, after in itertools.pairwise(runs)} <= {12, 13}
    assert plans[-1].strength == 0.5


def test_what_a_frame_does_beside_the_network_is_counted_before_frames_wait_again() -> None:
    """Waiting, it does both in the same time; a level tried for nothing would come and go."""

    class Machine(Stages):
        def recent(self, name: str, count: int) -> float:
            carries = self.seconds["carry"] if name == "restore" and not pace.effort.beside else 0.0
            return self.seconds.get(name, 0.0) + carries

    pace = PaceGovernor(True, Machine(restore=0.025, carry=0.01))
    plans = played(pace, range(30 * 60))
    assert all(plan.beside for plan in plans[60:])


def test_a_source_that_counts_anew_is_restored_at_once() -> None:
    pace = PaceGovernor(True, Stages(restore=0.05, carry=0.002))
    played(pace, range(120))
    assert pace.plan(Frame(IMAGE, 5.0, 0), last_run=118).run_network


def test_a_stage_that_lags_behind_does_not_take_the_camera_for_slow() -> None:
    """Seeing one frame in three is no reason to think that there are only so many."""
    pace = PaceGovernor(True, Stages(restore=0.05, carry=0.002))
    played(pace, range(120), step=3)
    assert pace.effort.every == 2


def test_a_camera_of_fifteen_frames_leaves_twice_the_time() -> None:
    plans = played(PaceGovernor(True, Stages(restore=0.05)), range(60), fps=15)
    assert all(plan.run_network for plan in plans)


def test_where_nothing_helps_restoration_fades_out_and_the_network_rests() -> None:
    stages = Stages(restore=1.0, track=0.02)
    plans = played(PaceGovernor(True, stages), range(240))
    strengths = np.array([plan.strength for plan in plans])
    assert strengths[0] == 1 and strengths[-1] == 0
    assert (np.diff(strengths) <= 0).all() and np.diff(strengths).min() > -0.05
    fading = [plan.run_network for plan in plans if 0 < plan.strength < 0.5]
    assert sum(fading) <= len(fading) / 2


def test_what_was_measured_under_load_does_not_end_the_try_after_it() -> None:
    """The mean of the last runs of the network holds, at first, those of the busy time."""

    class Remembering(Meter):
        def __init__(self) -> None:
            super().__init__()
            self.durations: list[float] = []

        def names(self) -> list[str]:
            return ["restore"]

        def recent(self, name: str, count: int) -> float:
            newest = self.durations[-count:] if name == "restore" and count else []
            return sum(newest) / len(newest) if newest else 0.0

    meter = Remembering()
    pace = PaceGovernor(True, meter)
    efforts: list[int] = []
    last_run = None
    for index in range(30 * 90):
        frame = Frame(IMAGE, index / 30, index)
        if pace.plan(frame, last_run).run_network:
            meter.durations.append(2.0 if index < 30 * 10 else 0.02)
            last_run = index
        efforts.append(pace.effort.every)
    assert 0 in efforts[: 30 * 12], "too busy at first"
    tried = (i for i in range(30 * 10, len(efforts)) if efforts[i] > 0 == efforts[i - 1])
    first = next(tried)
    assert 0 not in efforts[first:], "the first try after it lasts"
    assert efforts[-1] == 1


def test_on_battery_every_second_frame_passes_the_network() -> None:
    pace = PaceGovernor(True, Stages(restore=0.01), lambda: True)
    played(pace, range(60))
    assert pace.reason is None
    pace.start()
    seconds = iter(range(60, 10**6, 30))

    def spared() -> bool:
        start = next(seconds)
        plans = played(pace, range(start, start + 30))
        return [plan.run_network for plan in plans[-6:]] in ([False, True] * 3, [True, False] * 3)

    try:
        assert eventually(spared)
    finally:
        pace.close()
    assert pace.reason == "battery"


@pytest.fixture
def slowed(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Pipeline, Restorer]]:
    """A pipeline at ten frames per second whose restorer takes longer than a frame."""
    monkeypatch.setattr("nasfe_cam.pacing.quality_ladder.PATIENCE", 1.0)
    restorer = Restorer(seconds=0.15)
    pipeline = Pipeline(
        ADAPTIVE,
        Source(fps=10),  # type: ignore[arg-type]
        lambda: pytest.fail("the source is not lost"),
        FaceNetworks(
            tracker=Tracker,  # type: ignore[arg-type]
            observer=Observer,  # type: ignore[arg-type]
            restorer=lambda: restorer,  # type: ignore[arg-type,return-value]
            recogniser=lambda: pytest.fail("nobody is enrolled"),
            mesh=lambda: pytest.fail("nobody is enrolled"),
        ),
        [Sink()],
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
    meter = pipeline.meter
    shown, lost = meter.frames_shown, pipeline.dropped["restore"]
    assert eventually(lambda: meter.frames_shown >= shown + 20)
    # If every frame waited for the network, it would be one in three.
    assert pipeline.dropped["restore"] - lost <= 3
    runs, carried = restorer.runs, meter.frames_carried
    assert eventually(lambda: meter.frames_carried >= carried + 20)
    assert restorer.runs > runs
    restorer.seconds = 0.0
    assert eventually(lambda: pipeline.pace.effort.every == 1)
    runs, carried = restorer.runs, meter.frames_carried
    assert eventually(lambda: restorer.runs >= runs + 5)
    assert meter.frames_carried - carried <= 1
