"""The page of the protocol is the protocol."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nasfe_cam.control import messages
from nasfe_cam.control.messages import Message, Part
from nasfe_cam.control.page import control_page


def test_the_control_page_is_up_to_date(repository: Path) -> None:
    page = (repository / "docs" / "control.md").read_text(encoding="utf-8")
    assert page == control_page(), "run: python -m nasfe_cam.control.page"


def test_every_message_and_field_is_on_the_page_with_words() -> None:
    page = control_page()
    kinds = {
        kind
        for kind in vars(messages).values()
        if isinstance(kind, type) and issubclass(kind, Message) and kind not in (Message, Part)
    }
    assert len(kinds) > 15
    for kind in kinds:
        name = kind.model_fields["type"].default if "type" in kind.model_fields else kind.__name__
        assert page.count(f"**`{name}`**") == 1, name
        for field in set(kind.model_fields) - {"type", "id"}:
            assert f"| | `{field}` |" in page, f"{name}.{field}"


@pytest.mark.parametrize("module", ["supervisor", "client", "preview_reader"])
def test_a_program_that_steers_the_camera_does_not_load_opencv(
    repository: Path, module: str
) -> None:
    """Its Qt is another one than that of OpenCV, and its window should open at once."""
    script = f"import sys, nasfe_cam.control.{module}; print('cv2' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=repository, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
