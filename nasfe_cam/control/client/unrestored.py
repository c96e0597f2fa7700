"""Why the running camera restores nothing, or less than it could."""

from __future__ import annotations

from nasfe_cam.control.protocol.messages import Status
from nasfe_cam.core.statement import Sentence
from nasfe_cam.pacing.quality_ladder import Restraint

_FRAMES_TO_JUDGE = 30
# Faces far away are searched for in one part of the picture after the other.
_SECONDS_TO_SEARCH = 4.0
_NETWORK_ERRORS = ("model-", "engine-")


class Unrestored(Sentence):
    """The face in the picture is not restored, or not in every frame."""


class NetworkLoading(Unrestored):
    code = "unrestored-network-loading"
    text = "not restored yet: the network is being loaded"


class NetworkFailed(Unrestored):
    code = "unrestored-network-failed"
    text = "not restored: the network does not run"
    remedy = "Check this computer with: nasfe-cam doctor"


class RetouchZero(Unrestored):
    code = "unrestored-retouch-zero"
    text = "not restored: retouch is set to 0"


class TooBusy(Unrestored):
    code = "unrestored-too-busy"
    text = "not restored: the computer is too busy"


class LessWhileBusy(Unrestored):
    code = "unrestored-less-while-busy"
    text = "lighter restoration: the computer is busy"


class LessOnBattery(Unrestored):
    code = "unrestored-less-on-battery"
    text = "lighter restoration to save the battery"


class NoFaceFound(Unrestored):
    code = "unrestored-no-face-found"
    text = "not restored: no face was found"
    remedy = "Come closer, or look towards the camera."


class NoFaceInNeed(Unrestored):
    code = "unrestored-no-face"
    text = "not restored: no face that needs it was seen"


def why_unrestored(status: Status) -> Unrestored | None:
    """The reason; None where frames are restored, or nobody is shown a picture."""
    if status.resting or status.source_lost:
        return None
    if status.settings.get("restore.retouch") == 0:
        return RetouchZero()
    if status.device is None:
        failed = any(record.error.code.startswith(_NETWORK_ERRORS) for record in status.errors)
        return NetworkFailed() if failed else NetworkLoading()
    if status.restore_less_because is Restraint.BATTERY:
        return LessOnBattery()
    if status.restore_less_because is Restraint.BUSY:
        return LessWhileBusy() if status.restore_every else TooBusy()
    if status.no_face_s >= _SECONDS_TO_SEARCH:
        return NoFaceFound()
    if status.shown >= _FRAMES_TO_JUDGE and status.restored + status.carried == 0:
        return NoFaceInNeed()
    return None
