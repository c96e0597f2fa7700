"""No sentence carries to a terminal what it would obey."""

from __future__ import annotations

from pathlib import Path

import pytest

from nasfe_cam.core.errors import NasfeError, SourceNotFound
from nasfe_cam.core.photo_errors import NoPhotoAccepted, NoPhotosFound, SeveralPeople

STRANGE = Path("a\x1b[31m\x07\n\u202e.jpg")


@pytest.mark.parametrize(
    "error",
    [
        SourceNotFound(STRANGE),
        NoPhotoAccepted([(STRANGE, NoPhotosFound(STRANGE))]),
        SeveralPeople([[STRANGE], [STRANGE]]),
    ],
)
def test_control_characters_in_names_are_replaced_wherever_a_name_stands(
    error: NasfeError,
) -> None:
    for said in (str(error), *map(str, error.statement.parameters.values())):
        assert said.isprintable(), said
