"""Newest wins, drops are counted."""

from __future__ import annotations

import threading

from nasfe_cam.core.latest_slot import LatestSlot


def test_the_newest_item_wins_and_the_drop_is_counted() -> None:
    slot: LatestSlot[int] = LatestSlot()
    slot.put(1)
    slot.put(2)
    assert slot.take(0) == 2
    assert slot.dropped == 1
    assert slot.take(0) is None


def test_a_waiting_taker_is_woken_by_put_and_by_close() -> None:
    slot: LatestSlot[int] = LatestSlot()
    threading.Timer(0.05, slot.put, [7]).start()
    assert slot.take(5) == 7
    threading.Timer(0.05, slot.close).start()
    assert slot.take(60) is None


def test_a_source_that_must_not_drop_can_wait_until_its_item_was_taken() -> None:
    slot: LatestSlot[int] = LatestSlot()
    slot.put(1)
    assert not slot.wait_until_empty(0.01)
    threading.Timer(0.05, slot.take, [0]).start()
    assert slot.wait_until_empty(5)
