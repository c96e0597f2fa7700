"""Keeps one bad batch from spoiling what hours have learned."""

from __future__ import annotations

# Times the usual loss: a batch of nearly black pictures has about twice.
FURTHEST = 4.0
MOST_ABSURD = 20
"""So many absurd batches in a row are no accident: the weights are spoiled."""

_REMEMBERED = 0.98
_LARGEST_GRADIENT = 1.0
_STEEPEST = 2.0


class Guard:
    """Knows the usual loss and the usual gradient of a training."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew, with other weights."""
        self._loss: dict[bool, float] = {}
        self._gradient = 0.0
        self._absurd = 0

    def is_absurd(self, loss: float, *, judged: bool = False) -> bool:
        """Whether a batch is to be left out: its loss is no number, or many times the usual.

        Args:
            loss: of the batch.
            judged: frozen networks were asked too: such losses are several times the others.
        """
        usual = self._loss.get(judged)
        if usual and not loss < FURTHEST * usual:
            self._absurd += 1
            return True
        if not loss < float("inf"):
            self._absurd += 1
            return True
        self._absurd = 0
        self._loss[judged] = _mean(usual or 0.0, loss)
        return False

    @property
    def is_lost(self) -> bool:
        """Whether nothing but absurd batches came of late."""
        return self._absurd >= MOST_ABSURD

    @property
    def largest_gradient(self) -> float:
        """The norm that a gradient is cut to: twice the usual, as Seetharaman and others cut at
        a quantile of what was seen ("AutoClip", 2020)."""
        if not self._gradient:
            return _LARGEST_GRADIENT
        return min(_LARGEST_GRADIENT, _STEEPEST * self._gradient)

    def saw_gradient(self, norm: float) -> None:
        """Tell the norm of a gradient before it was cut."""
        if norm < float("inf"):
            self._gradient = _mean(self._gradient, min(norm, self.largest_gradient))


def _mean(old: float, new: float) -> float:
    return _REMEMBERED * old + (1 - _REMEMBERED) * new if old else new
