"""Splits people into training and test, never both."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

TEST_SHARE = 0.05


def split_of(person: str, test_share: float = TEST_SHARE) -> str:
    """ "train" or "test" for a person, by the label alone.

    The same label gives the same answer on every machine, whoever else is in the
    data; with a larger share the test people of a smaller one stay test people.

    Args:
        person: label of the person.
        test_share: part of all people who are tested with, 0..1.
    """
    number = int.from_bytes(hashlib.sha256(person.encode()).digest()[:8], "big")
    return "test" if number < test_share * 2**64 else "train"


def given_splits(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The splits that sources have decided, for all their people.

    Args:
        pairs: of person and split. Who is a test person in one source is one in all.
    """
    splits: dict[str, str] = {}
    for person, split in pairs:
        if splits.get(person) != "test":
            splits[person] = split
    return splits
