"""Why something could not be done, as programs and windows are told."""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path

import pytest

from nasfe_cam.control.protocol.messages import Explanation
from nasfe_cam.core.atomic_files import write_bytes
from nasfe_cam.core.errors import OutputFileFailed, PathUnreachable, UnexpectedFault
from nasfe_cam.core.text.reasons import Reason, reason_of
from nasfe_cam.core.user_files import read_plain_file

COMMON = (
    "EACCES EBUSY EEXIST EIO EISDIR EMFILE ENAMETOOLONG ENODEV ENOENT ENOSPC ENOTDIR ENOTEMPTY "
    "EPERM EROFS ETIMEDOUT"
)


@pytest.mark.parametrize("name", COMMON.split())
def test_what_the_system_refuses_is_known_by_its_number(name: str) -> None:
    number = getattr(errno, name)
    reason = reason_of(OSError(number, "wie es dieses Windows sagt"))
    assert isinstance(reason, Reason)
    if sys.platform == "linux":
        assert reason == os.strerror(number)


def test_what_has_no_number_is_told_in_its_own_words() -> None:
    assert reason_of(OSError(errno.EDOM, "out of domain")) == "out of domain"
    assert reason_of(ValueError("seven is no colour")) == "seven is no colour"
    assert reason_of(ValueError()) == "ValueError"


def test_a_reason_of_ours_in_an_error_of_the_system_stays_one(tmp_path: Path) -> None:
    with pytest.raises(OSError) as caught:
        read_plain_file(Path(os.devnull), 1000)
    assert reason_of(caught.value) is Reason.NOT_A_FILE
    with pytest.raises(OSError) as caught:
        read_plain_file(tmp_path / "nul\0", 1000)
    assert reason_of(caught.value) is Reason.IMPOSSIBLE_NAME


def test_no_two_reasons_have_one_code_or_one_wording() -> None:
    members = Reason.__members__.values()
    assert len({reason.code for reason in members}) == len(members) == len(set(members))


def test_a_statement_holds_the_words_and_the_code_of_a_reason(tmp_path: Path) -> None:
    with pytest.raises(OutputFileFailed) as caught:
        write_bytes(tmp_path / "none" / "file", b"")
    said = caught.value.statement
    assert "(No such file or directory)" in said.text
    assert said.parameters["reason"] == "No such file or directory"
    assert said.parameters["reason_code"] == "reason-not-there"


def test_a_reason_without_a_code_brings_no_parameter() -> None:
    assert set(UnexpectedFault("x").statement.parameters) == {"reason"}


def test_the_code_of_a_reason_travels_between_programs() -> None:
    sent = Explanation.of(PathUnreachable(Path("/x"), Reason.BAD_MEDIUM).statement)
    received = Explanation.model_validate(json.loads(sent.model_dump_json())).statement
    assert received.parameters["reason_code"] == Reason.BAD_MEDIUM.code
