"""A supervised resource comes back."""

from __future__ import annotations

import threading

from nasfe_cam.core.supervised import Supervised
from tests.nasfe_cam.stand_ins import eventually


class Resource:
    def __init__(self) -> None:
        self.closed = threading.Event()

    def close(self) -> None:
        self.closed.set()


def test_a_failed_resource_is_closed_and_made_again() -> None:
    errors: list[Exception] = []
    supervised = Supervised(Resource, errors.append, "test")
    assert eventually(lambda: supervised.get() is not None)
    first = supervised.get()
    assert first is not None
    supervised.failed(RuntimeError("fault"))
    assert first.closed.is_set() and supervised.get() is None
    assert eventually(lambda: supervised.get() is not None)
    assert supervised.get() is not first
    assert [str(error) for error in errors] == ["fault"]
    supervised.close()


def test_making_is_tried_again_until_it_succeeds() -> None:
    attempts: list[int] = []

    def make() -> Resource:
        attempts.append(1)
        if len(attempts) < 2:
            raise RuntimeError("not yet")
        return Resource()

    errors: list[Exception] = []
    supervised = Supervised(make, errors.append, "test")
    assert eventually(lambda: supervised.get() is not None)
    assert len(errors) == 1
    supervised.close()


def test_close_frees_the_resource_and_ends_waiting_for_the_next_attempt() -> None:
    supervised = Supervised(Resource, lambda _error: None, "test")
    assert eventually(lambda: supervised.get() is not None)
    resource = supervised.get()
    supervised.close()
    assert resource is not None and resource.closed.is_set()
    assert supervised.get() is None
