"""The reason why nothing is restored is known to whoever reads the status."""

from __future__ import annotations

from typing import Any

import pytest

from nasfe_cam.control.client.unrestored import (
    LessOnBattery,
    LessWhileBusy,
    NetworkFailed,
    NetworkLoading,
    NoFaceFound,
    NoFaceInNeed,
    RetouchZero,
    TooBusy,
    Unrestored,
    why_unrestored,
)
from nasfe_cam.control.protocol.messages import ErrorRecord, Explanation, Status
from nasfe_cam.pacing.quality_ladder import Restraint

FAILURE = ErrorRecord(
    at=0.0, error=Explanation(code="model-file-missing", parameters={}, text="It is missing.")
)


def status(**changes: Any) -> Status:
    """A camera that restores every frame, but for these changes."""
    values: dict[str, Any] = {
        "shown": 100,
        "restored": 100,
        "carried": 0,
        "no_face_s": 1.0,
        "restore_every": 1,
        "restore_less_because": None,
        "device": "CPU",
        "source_lost": False,
        "resting": False,
        "settings": {"restore.retouch": 100},
        "errors": (),
    }
    return Status.model_construct(**(values | changes))


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"device": None}, NetworkLoading),
        ({"device": None, "errors": (FAILURE,)}, NetworkFailed),
        ({"settings": {"restore.retouch": 0}}, RetouchZero),
        ({"restore_less_because": Restraint.BUSY, "restore_every": 0}, TooBusy),
        ({"restore_less_because": Restraint.BUSY, "restore_every": 3}, LessWhileBusy),
        ({"restore_less_because": Restraint.BATTERY, "restore_every": 2}, LessOnBattery),
        ({"restored": 0}, NoFaceInNeed),
        ({"no_face_s": 4.0}, NoFaceFound),
        ({"restored": 0, "no_face_s": 60.0}, NoFaceFound),
    ],
)
def test_every_reason_is_told(changes: dict[str, object], kind: type[Unrestored]) -> None:
    why = why_unrestored(status(**changes))
    assert type(why) is kind
    assert "{" not in str(why) and "None" not in str(why)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"restored": 0, "carried": 100},
        {"restored": 0, "shown": 5},
        {"resting": True},
        {"source_lost": True},
    ],
)
def test_there_is_none_while_all_is_well_or_nothing_is_shown(changes: dict[str, object]) -> None:
    assert why_unrestored(status(**changes)) is None
