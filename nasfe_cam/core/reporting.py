"""Reporting that never raises: what cannot be told costs the telling and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable

_log = logging.getLogger(__name__)

Report = Callable[[Exception], None]
"""Told a failure, from any thread."""


def guarded(report: Report) -> Report:
    """The same report, which never raises: it is called where nothing may.

    A disk that is full, a reader that is gone or a fault of ours in the wording must not end
    the thread that has just survived a failure.
    """
    if isinstance(report, _Guarded):
        return report
    return _Guarded(report)


class _Guarded:
    def __init__(self, report: Report) -> None:
        self._report = report

    def __call__(self, error: Exception) -> None:
        try:
            self._report(error)
        except Exception:
            _log.debug("an error could not be reported", exc_info=True)
