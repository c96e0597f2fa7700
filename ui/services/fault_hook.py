"""The window's last net: a fault of ours is logged and shown, and the window goes on.

Without a hook of our own, PyQt aborts the process when a slot raises.
"""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal

from nasfe_cam.cli.last_net import catch_faults
from nasfe_cam.core.errors import NasfeError


class FaultHook(QObject):
    """Shows the faults of any thread in the one of the window, while this object lives.

    Args:
        show: told each fault.
        parent: of this object.
    """

    _happened = pyqtSignal(object)

    def __init__(self, show: Callable[[NasfeError], None], parent: QObject) -> None:
        super().__init__(parent)
        # Qt brings a signal of another thread to that of the receiver.
        self._happened.connect(show)
        catch_faults("nasfe-cam-ui", self._happened.emit)
