"""A stage may let time pass for one item without losing the next."""

from __future__ import annotations

import queue

from nasfe_cam.core.stage import Stage


def test_a_pause_ends_when_the_next_item_is_there() -> None:
    done: queue.Queue[int] = queue.Queue()
    failures: list[Exception] = []

    def work(item: int) -> None:
        if item == 1:
            done.put(0)
            stage.pause(600)
        done.put(item)

    stage = Stage("test", work, failures.append)
    stage.start()
    stage.put(1)
    assert done.get(timeout=30) == 0
    stage.put(2)
    assert [done.get(timeout=30), done.get(timeout=30)] == [1, 2]
    stage.end(timeout=30)
    assert stage.dropped == 0 and not failures
