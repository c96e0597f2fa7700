"""The page of the protocol is the protocol."""

from __future__ import annotations

from pathlib import Path

from nasfe_cam.control.protocol import messages
from nasfe_cam.control.protocol.messages import Message, Part
from tools.docs.control_page import control_page


def test_the_control_page_is_up_to_date(repository: Path) -> None:
    page = (repository / "docs" / "control.md").read_text(encoding="utf-8")
    assert page == control_page(), "run: python -m tools.docs.control_page"


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
