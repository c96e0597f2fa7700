"""From the fake webcam through the program into what shows cameras: name, size, pixels, motion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.vm.picture import HEIGHT, WIDTH, Seen, look
from tests.vm.scenarios.chromium import Chromium
from tests.vm.scenarios.conftest import Record
from tests.vm.scenarios.devices import NASFE, SECOND_WEBCAM, WEBCAM, Feeder
from tests.vm.scenarios.program import Launcher, Program
from tests.vm.scenarios.watcher import (
    Moment,
    Watcher,
    another_program_reads,
    grab_with_ffmpeg,
    grab_with_v4l2_ctl,
    longest_still,
)

COLOUR_TOLERANCE = 3.0
"""Of 255, from the webcam to the screen."""


def is_frame(seen: Seen) -> bool:
    return seen.is_frame


def is_restored(seen: Seen) -> bool:
    return seen.is_restored


def worst_colour(moments: list[Moment]) -> float:
    return max(moment.seen.colour_error for moment in moments)


def test_opencv_gets_the_restored_picture_in_its_colours(
    program: Program, watch: Callable[..., Watcher], record: Record
) -> None:
    watcher = watch()
    watcher.wait_for(is_restored)
    first = len(watcher.moments)
    record("OpenCV: seconds per new picture", watcher.wait_for_motion())
    shown = watcher.moments[first:]
    record("OpenCV: colour error of 255", worst_colour(shown))
    assert watcher.size == (WIDTH, HEIGHT)
    assert worst_colour(shown) <= COLOUR_TOLERANCE
    assert all(moment.seen.is_restored for moment in shown)


def test_chromium_lists_the_camera_by_its_name_and_shows_the_restored_picture(
    program: Program, chromium: Chromium, results: Path, record: Record
) -> None:
    track = chromium.watch("NASFE Camera")
    assert track == {"label": "NASFE Camera", "width": WIDTH, "height": HEIGHT}
    chromium.wait_for(is_restored)
    shown = chromium.wait_for_motion()
    chromium.screenshot(results / "chromium.png")
    record("Chromium: colour error of 255", worst_colour(shown))
    assert worst_colour(shown) <= COLOUR_TOLERANCE
    assert all(moment.seen.is_restored for moment in shown)
    assert not chromium.ended()


@pytest.fixture
def second_webcam() -> Iterator[None]:
    feeder = Feeder(SECOND_WEBCAM)
    yield
    feeder.unplug()


@pytest.mark.usefixtures("second_webcam")
def test_another_webcam_is_changed_to_and_back_without_a_freeze(
    program: Program, chromium: Chromium, launcher: Launcher, record: Record
) -> None:
    chromium.watch("NASFE Camera")
    chromium.wait_for(is_restored)
    usual = longest_still(chromium.wait_for_motion(6))
    shown: list[Moment] = []
    for name, opened, closed in (
        ("Second Webcam", SECOND_WEBCAM, WEBCAM),
        ("Fake Webcam", WEBCAM, SECOND_WEBCAM),
    ):
        shown += chromium.moments()
        launcher.ask("set", "source.source", name)
        assert program.has_open(opened) and not program.has_open(closed)
        shown += chromium.moments()
        shown += chromium.wait_for_motion()
    record("Chromium: longest still picture, seconds", usual)
    record("Chromium: longest still picture while webcams change", longest_still(shown))
    others = [moment for moment in shown if not moment.seen.is_restored]
    assert not others, "a card, a broken picture or one that is not restored"
    assert longest_still(shown) < 3 * usual + 2
    assert not chromium.ended()


def test_the_programs_that_watch_are_counted(
    program: Program,
    watch: Callable[..., Watcher],
    status: Callable[[], dict[str, Any]],
    wait_for: Callable[..., None],
) -> None:
    watch().wait_for(is_frame)
    wait_for(lambda: status()["outputs"][0]["watchers"] == 1)
    with another_program_reads(NASFE):
        wait_for(lambda: status()["outputs"][0]["watchers"] == 2)
    wait_for(lambda: status()["outputs"][0]["watchers"] == 1)


def test_v4l2_ctl_and_ffmpeg_get_the_restored_picture_beside_another_reader(
    program: Program, watch: Callable[..., Watcher], results: Path, record: Record
) -> None:
    watch().wait_for(is_restored)
    by_tool = look(grab_with_v4l2_ctl(NASFE, WIDTH, HEIGHT, 5, results))
    by_ffmpeg = look(grab_with_ffmpeg(NASFE, WIDTH, HEIGHT, 5))
    record("v4l2-ctl: colour error of 255", by_tool.colour_error)
    record("ffmpeg: colour error of 255", by_ffmpeg.colour_error)
    assert by_tool.is_restored and by_ffmpeg.is_restored
    assert max(by_tool.colour_error, by_ffmpeg.colour_error) <= COLOUR_TOLERANCE


def test_a_reader_that_leaves_does_not_stop_the_other(
    program: Program, watch: Callable[..., Watcher]
) -> None:
    staying, leaving = watch(), watch()
    staying.wait_for(is_frame)
    leaving.wait_for(is_frame)
    leaving.close()
    # The driver may fail who stays until the program's next picture; it holds two from before.
    staying.wait_for_motion(pictures=3)
    failures = staying.failures
    staying.wait_for_motion()
    assert staying.failures == failures
