"""Whatever ends and comes back, the meeting goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.vm.picture import Seen, look
from tests.vm.scenarios.chromium import Chromium
from tests.vm.scenarios.conftest import Record
from tests.vm.scenarios.devices import OPEN, OTHER, Feeder, gives_pictures, is_open
from tests.vm.scenarios.program import Program
from tests.vm.scenarios.watcher import Watcher, grab_with_ffmpeg

CurrentRun = Callable[[], Program]
Start = Callable[..., Program]
Watch = Callable[..., Watcher]


def is_card(seen: Seen) -> bool:
    return not seen.is_frame


def is_restored(seen: Seen) -> bool:
    return seen.is_restored


def test_an_unplugged_webcam_gives_way_to_the_card_until_it_is_back(
    program: Program, webcam: Feeder, chromium: Chromium, wait_for: Callable[..., None]
) -> None:
    chromium.watch("NASFE Camera")
    chromium.wait_for(is_restored)
    webcam.unplug()
    wait_for(lambda: "'Fake Webcam' stopped sending frames" in program.said)
    card_at = chromium.wait_for(is_card)
    webcam.plug_in()
    chromium.wait_for(is_restored, since=card_at)
    assert not chromium.ended()


def test_a_killed_worker_gives_way_to_the_card_within_a_second_and_the_track_never_ends(
    program: Program, current_run: CurrentRun, chromium: Chromium, record: Record
) -> None:
    chromium.watch("NASFE Camera")
    chromium.wait_for(is_restored)
    killed_at = program.kill_worker()
    card_at = chromium.wait_for(is_card, since=killed_at)
    record("Chromium: seconds from the kill to the card", card_at - killed_at)
    assert all(is_card(moment.seen) for moment in chromium.look_on(2))
    current_run()
    chromium.wait_for(is_restored, since=card_at)
    assert not chromium.ended()
    assert card_at - killed_at < 1


def test_after_everything_was_killed_the_program_starts_again(
    program: Program, current_run: CurrentRun, watch: Watch
) -> None:
    watcher = watch()
    watcher.wait_for(is_restored)
    watcher.close()
    program.kill_all()
    current_run()
    watch().wait_for(is_restored)


def test_the_program_starts_again_after_it_was_stopped(
    program: Program, current_run: CurrentRun, watch: Watch
) -> None:
    """v4l2loopback 0.12.7 refuses every second producer that only writes."""
    assert program.stop() == 0
    current_run()
    watch().wait_for(is_restored)


def test_a_reader_that_stays_gets_no_other_size_and_pictures_again_after_a_restart(
    program: Program, current_run: CurrentRun, start: Start, watch: Watch
) -> None:
    watcher = watch()
    watcher.wait_for(is_restored)
    assert program.stop() == 0
    stopped_at = watcher.moments[-1].time
    other = start("--width", "1280", "--height", "720")
    assert other.wait() == 2
    assert "a program still shows it with 640x360 pixels" in other.said
    again = current_run()
    watcher.wait_for(is_restored, since=stopped_at + 0.5)
    watcher.close()
    assert again.stop() == 0


def test_a_device_without_exclusive_caps_serves_as_well(start: Start, watch: Watch) -> None:
    start("--label", "Open Camera")
    watcher = watch(OPEN)
    watcher.wait_for(is_restored)
    assert max(moment.seen.colour_error for moment in watcher.look_on(2)) <= 3


SIZES = [(854, 480), (1280, 720), (1920, 1080)]


@pytest.mark.parametrize("size", SIZES, ids=["480p", "720p", "1080p"])
def test_other_sizes_have_the_same_colours(
    start: Start,
    watch: Watch,
    chromium: Chromium,
    wait_for: Callable[..., None],
    size: tuple[int, int],
) -> None:
    width, height = size
    # A loopback keeps its size while anybody has it open.
    wait_for(lambda: not is_open(OTHER))
    start("--label", "Other Camera", "--width", str(width), "--height", str(height))
    wait_for(lambda: gives_pictures(OTHER))
    watcher = watch(OTHER)
    watcher.wait_for(is_restored)
    assert watcher.size == size
    assert max(moment.seen.colour_error for moment in watcher.look_on(2)) <= 3
    assert look(grab_with_ffmpeg(OTHER, width, height, 3)).colour_error <= 3
    watcher.close()
    if size == (1280, 720):
        # The size by default, and the one that the page asks for.
        track = chromium.watch("Other Camera")
        assert track == {"label": "Other Camera", "width": width, "height": height}
        chromium.wait_for(is_restored)
        assert max(moment.seen.colour_error for moment in chromium.look_on(2)) <= 3
