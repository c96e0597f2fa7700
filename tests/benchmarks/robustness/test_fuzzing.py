"""Damaged files and strange words crash nothing and hang nothing.

Some hundred of each here; more with
`python -m benchmarks.robustness.fuzzing --what photos --files 10000`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from benchmarks.robustness.fuzzed_files import fuzzed_file

if TYPE_CHECKING:
    from benchmarks.robustness.fuzzing import Findings

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs POSIX resource limits")


@pytest.fixture
def fuzz() -> Callable[..., Findings]:
    # Here, because there is no module `resource` on Windows.
    from benchmarks.robustness.fuzzing import fuzz

    return fuzz


@pytest.mark.parametrize(
    ("what", "count"),
    [
        ("photos", 300),
        ("profiles", 200),
        ("clips", 300),
        ("settings", 200),
        ("outputs", 200),
        ("messages", 100),
    ],
)
def test_damaged_and_strange_input_is_refused_in_words_or_taken(
    fuzz: Callable[..., Findings], what: str, count: int
) -> None:
    # A busy machine takes its time.
    findings = fuzz(count, seed=1, what=what, hang_seconds=10.0)

    assert findings.crashed == {} and findings.hung == [] and findings.unexpected == {}
    assert findings.are_fine
    assert sum(findings.outcomes.values()) == count
    # Otherwise the damages were too slight, or so heavy that nothing was looked at.
    assert 0 < findings.outcomes["taken"] < 0.8 * count
    assert len(findings.outcomes) > 1


@pytest.mark.parametrize("trap", ["crash", "hang"])
def test_a_crash_or_a_hang_would_be_noticed_and_the_rest_still_tried(
    fuzz: Callable[..., Findings], trap: str
) -> None:
    findings = fuzz(6, seed=1, hang_seconds=2.0, look=False, trap=f"{trap}:2")

    assert (list(findings.crashed), findings.hung) == (([2], []) if trap == "crash" else ([], [2]))
    assert not findings.are_fine
    assert sum(findings.outcomes.values()) == 5


def test_a_damaged_file_can_be_made_again_from_its_number() -> None:
    assert fuzzed_file(3, 41) == fuzzed_file(3, 41)
    assert fuzzed_file(3, 41) != fuzzed_file(4, 41)
