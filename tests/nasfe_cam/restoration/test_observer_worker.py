"""When and how urgently a face is judged."""

from __future__ import annotations

import os
import sys
import threading
from functools import partial

import numpy as np
import pytest

from nasfe_cam.core.frame import Image
from nasfe_cam.core.meter import Meter
from nasfe_cam.core.supervised import Required
from nasfe_cam.core.threads import BACKGROUND_NICENESS
from nasfe_cam.restoration.observer import Observation
from nasfe_cam.restoration.observer_worker import CropToJudge, ObserverWorker
from tests.nasfe_cam.stand_ins import Observer, eventually

CROP = np.zeros((64, 64, 3), np.uint8)


class NotingObserver(Observer):
    """Notes the niceness of the thread that asks it."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: list[int] = []

    def was_asked(self, times: int) -> bool:
        return len(self.noted) == times

    def observe(self, crop: Image) -> Observation:
        self.noted.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return super().observe(crop)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere priority belongs to processes")
def test_the_first_look_at_a_face_is_urgent_and_later_ones_give_way_to_the_frames() -> None:
    """No face is restored before it: on a busy machine it came after a quarter of a minute."""
    usual = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    observer = NotingObserver()
    faults: list[Exception] = []
    worker = ObserverWorker(Required(lambda: observer), 3.0, Meter(), faults.append)
    worker.start()
    try:
        for second in range(3):
            worker.offer(CropToJudge(CROP, float(second), person=1))
            assert eventually(partial(observer.was_asked, second + 1))
            assert eventually(lambda: worker.newest(1) is not None)
    finally:
        worker.close()
    assert observer.noted == [usual, *2 * [max(usual, BACKGROUND_NICENESS)]]
    assert faults == []
