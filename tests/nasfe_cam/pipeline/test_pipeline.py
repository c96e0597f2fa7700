"""Never break the meeting: whatever fails, frames go on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from engine.errors import EngineRunFailed, ModelFileMissing
from nasfe_cam.config.settings import Settings
from nasfe_cam.core.errors import CameraLost, OutputFileFailed
from nasfe_cam.pacing.quality_ladder import Effort
from nasfe_cam.pipeline.bypass import StageHung
from nasfe_cam.pipeline.pipeline import Pipeline
from nasfe_cam.restoration.face_networks import FaceNetworks
from tests.nasfe_cam.stand_ins import (
    HEIGHT,
    SETTINGS,
    WIDTH,
    Observer,
    Plug,
    Restorer,
    Sink,
    Source,
    Tracker,
    eventually,
    stripes_in,
)


class Rig:
    """A pipeline of stand-ins and what it reported."""

    def __init__(
        self,
        source: Source | None = None,
        settings: Settings = SETTINGS,
        lossless: bool = False,
        more_outputs: int = 0,
        **networks: Callable[[], Any],
    ) -> None:
        self.plug = Plug()
        self.source = source or self.plug.open()
        self.output = Sink()
        self.errors: list[Exception] = []
        parts: dict[str, Callable[[], Any]] = {
            "tracker": Tracker,
            "observer": Observer,
            "restorer": Restorer,
            "recogniser": lambda: pytest.fail("nobody is enrolled"),
            "mesh": lambda: pytest.fail("the network is shown no photos"),
        }
        self.pipeline = Pipeline(
            settings,
            self.source,
            self.plug.open,
            FaceNetworks(**(parts | networks)),
            [self.output, *(Sink() for _ in range(more_outputs))],
            self.errors.append,
            lossless=lossless,
        )

    def flows(self, seconds: float = 60.0) -> bool:
        """Whether new frames still arrive."""
        before = len(self.output.frames)
        return eventually(lambda: len(self.output.frames) > before + 3, seconds)


@pytest.fixture
def start() -> Iterator[Callable[..., Rig]]:
    rigs: list[Rig] = []

    def make(**options: Any) -> Rig:
        rig = Rig(**options)
        rigs.append(rig)
        rig.pipeline.start()
        return rig

    yield make
    for rig in rigs:
        rig.pipeline.stop()
        assert rig.pipeline.wait(20)


def test_the_face_is_restored_and_the_rest_stays(start: Callable[..., Rig]) -> None:
    rig = start()
    assert eventually(rig.output.is_restored)
    assert (rig.output.frames[-1].image[:20] == 60).all()
    assert rig.errors == []


def test_a_frame_counts_once_and_with_what_was_done_to_it(start: Callable[..., Rig]) -> None:
    rig = start(more_outputs=1)
    meter = rig.pipeline.meter
    assert eventually(rig.output.is_restored)
    meter.reset()
    assert rig.flows()
    for _ in range(2_000):
        # Read first, so that a frame which comes in between cannot hide one that is missing.
        restored = meter.frames_restored
        assert restored <= meter.frames_shown
    rig.pipeline.stop()
    assert rig.pipeline.wait(20)
    assert 0 < meter.frames_restored == meter.frames_shown <= len(rig.output.frames)


def test_light_is_lifted_while_tracker_and_network_fail(start: Callable[..., Rig]) -> None:
    broken = threading.Event()
    broken.set()
    rig = start(
        settings=SETTINGS.replaced({"restore.light": "auto"}),
        tracker=lambda: Tracker(broken),
        restorer=lambda: Restorer(broken),
    )
    assert eventually(lambda: bool(rig.output.frames) and rig.output.frames[-1].image.min() > 180)


def test_nothing_wanted_hands_the_very_frame_on(start: Callable[..., Rig]) -> None:
    rig = start(settings=SETTINGS.replaced({"restore.retouch": 0}))
    assert rig.pipeline.wait_until_ready(10) and rig.flows()
    assert all((frame.image == 60).all() for frame in rig.output.frames)
    assert rig.pipeline.meter.frames_restored == 0


def test_a_clean_face_is_handed_on_untouched(start: Callable[..., Rig]) -> None:
    rig = start(
        settings=SETTINGS.replaced({"restore.retouch": "auto"}),
        observer=lambda: Observer((0.05, 0.05, 0.05)),
    )
    assert rig.pipeline.wait_until_ready(10) and rig.flows()
    assert all((frame.image == 60).all() for frame in rig.output.frames)


class HangingRestorer(Restorer):
    """Hangs while `going` is not set, as a driver does."""

    def __init__(self, going: threading.Event) -> None:
        super().__init__()
        self._going = going

    def restore(self, *arguments: Any) -> Any:
        assert self._going.wait(60)
        return super().restore(*arguments)


def test_frames_go_around_a_network_that_hangs(start: Callable[..., Rig]) -> None:
    going = threading.Event()
    going.set()
    rig = start(restorer=lambda: HangingRestorer(going))
    assert eventually(rig.output.is_restored)
    going.clear()
    try:
        assert eventually(lambda: [type(error) for error in rig.errors] == [StageHung])
        assert rig.flows()
        assert (rig.output.frames[-1].image == 60).all(), "untouched"
    finally:
        going.set()
    shown = len(rig.output.frames)
    assert eventually(rig.output.is_restored)
    # What hung is old when it comes: it is never shown after newer ones.
    indices = [frame.index for frame in rig.output.frames[: shown + 3]]
    assert indices == sorted(indices)
    assert len(rig.errors) == 1


def test_a_network_that_hangs_beside_the_frames_stops_none_of_them(
    start: Callable[..., Rig], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They keep their light: it is the network alone that they go without."""
    monkeypatch.setattr(
        "nasfe_cam.pacing.quality_ladder.LEVELS", (Effort(2, 1.0, longest=10**6), Effort(0, 0.0))
    )
    going = threading.Event()
    going.set()
    rig = start(
        settings=SETTINGS.replaced({"restore.rate": "auto", "restore.light": "auto"}),
        source=Source(fps=20),
        restorer=lambda: HangingRestorer(going),
    )
    assert eventually(rig.output.is_restored)
    assert rig.pipeline.meter.frames_carried > 0
    going.clear()
    try:
        assert eventually(lambda: [type(error) for error in rig.errors] == [StageHung])
        assert eventually(lambda: stripes_in(rig.output.frames[-1].image) < 10)
        assert eventually(lambda: rig.output.frames[-1].image.min() > 100), "lifted"
        assert rig.flows()
    finally:
        going.set()
    assert eventually(rig.output.is_restored)
    assert len(rig.errors) == 1


def test_frames_flow_untouched_while_the_network_is_still_loading(
    start: Callable[..., Rig],
) -> None:
    loaded = threading.Event()

    def slow() -> Restorer:
        loaded.wait(10)
        return Restorer()

    rig = start(restorer=slow)
    assert rig.flows() and rig.output.is_untouched()
    loaded.set()
    assert eventually(rig.output.is_restored)


def test_a_failing_engine_shows_the_untouched_picture_and_comes_back(
    start: Callable[..., Rig],
) -> None:
    broken = threading.Event()
    rig = start(restorer=lambda: Restorer(broken))
    assert eventually(rig.output.is_restored)
    broken.set()
    assert eventually(rig.output.is_untouched) and rig.flows()
    assert isinstance(rig.errors[0], EngineRunFailed)
    broken.clear()
    assert eventually(rig.output.is_restored)


def test_a_missing_model_is_reported_and_the_picture_flows(start: Callable[..., Rig]) -> None:
    from pathlib import Path

    def missing() -> Restorer:
        raise ModelFileMissing(Path("nasfe-lite.onnx"))

    rig = start(restorer=missing)
    assert rig.flows() and rig.output.is_untouched()
    assert isinstance(rig.errors[0], ModelFileMissing)


def test_a_failing_tracker_shows_the_untouched_picture_and_comes_back(
    start: Callable[..., Rig],
) -> None:
    broken = threading.Event()
    rig = start(tracker=lambda: Tracker(broken))
    assert eventually(rig.output.is_restored)
    broken.set()
    assert eventually(rig.output.is_untouched) and rig.flows()
    broken.clear()
    assert eventually(rig.output.is_restored)


def test_a_fault_while_blending_shows_the_untouched_picture(
    start: Callable[..., Rig], monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = start()
    assert eventually(rig.output.is_restored)

    def fault(*_arguments: object) -> None:
        raise RuntimeError("blending fault")

    monkeypatch.setattr("nasfe_cam.restoration.face_blender.blend_into", fault)
    assert eventually(rig.output.is_untouched) and rig.flows()
    monkeypatch.undo()
    assert eventually(rig.output.is_restored)


def test_a_driver_that_raises_anything_is_a_lost_camera(start: Callable[..., Rig]) -> None:
    rig = start()
    assert eventually(rig.output.is_restored)

    def fault() -> None:
        raise ValueError("driver fault")

    rig.source.read = fault  # type: ignore[method-assign,assignment]
    assert eventually(lambda: len(rig.plug.opened) > 1)
    assert eventually(rig.output.is_restored)


def test_an_unplugged_camera_gives_a_card_and_comes_back_by_itself(
    start: Callable[..., Rig],
) -> None:
    rig = start()
    assert eventually(rig.output.is_restored)
    rig.plug.out.set()
    rig.source.unplugged.set()
    assert eventually(lambda: rig.output.frames[-1].index == -1), "a notice card"
    assert rig.flows(), "the card goes on"
    assert isinstance(rig.errors[0], CameraLost)
    rig.plug.out.clear()
    assert eventually(rig.output.is_restored)


def test_a_failing_output_is_reported_and_the_stream_goes_on(start: Callable[..., Rig]) -> None:
    rig = start()
    rig.output.broken.set()
    assert rig.flows()
    assert isinstance(rig.errors[0], OutputFileFailed)


def test_a_slow_output_drops_frames_but_never_shows_old_ones(start: Callable[..., Rig]) -> None:
    rig = start()
    shown = rig.output.show

    def slow(frame: Any) -> None:
        threading.Event().wait(0.05)
        shown(frame)

    rig.output.show = slow  # type: ignore[method-assign]
    assert rig.flows()
    assert eventually(lambda: rig.pipeline.dropped["output"] > 0)
    indices = [frame.index for frame in rig.output.frames]
    assert indices == sorted(indices)


def test_lossless_shows_every_frame_once_and_ends(start: Callable[..., Rig]) -> None:
    rig = start(source=Source(frames=60, fps=1e6), lossless=True)
    assert rig.pipeline.wait(30)
    assert [frame.index for frame in rig.output.frames] == list(range(60))
    assert rig.output.closed.is_set()
    assert sum(rig.pipeline.dropped.values()) == 0


def test_stop_finishes_the_outputs(start: Callable[..., Rig]) -> None:
    rig = start()
    assert rig.flows()
    rig.pipeline.stop()
    assert rig.pipeline.wait(20)
    assert rig.output.closed.is_set()


@pytest.mark.parametrize(
    "shape", [(1, 1, 3), (4320, 7680, 3), (333, 77, 3)], ids=["1x1", "8K", "odd"]
)
def test_frames_of_any_size_reach_the_output_at_its_size(
    start: Callable[..., Rig], shape: tuple[int, int, int]
) -> None:
    source = Source(frames=5)
    read = source.read

    def resized() -> Any:
        from dataclasses import replace

        frame = read()
        return frame and replace(frame, image=np.full(shape, 60, np.uint8))

    source.read = resized  # type: ignore[method-assign]
    rig = start(source=source)
    assert rig.pipeline.wait(60)
    assert rig.output.frames
    assert all(frame.image.shape == (HEIGHT, WIDTH, 3) for frame in rig.output.frames)
