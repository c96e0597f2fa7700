"""Messages are read back as they were sent; anything else is refused in one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasfe_cam.control.protocol import messages
from nasfe_cam.control.protocol.errors import MessageMalformed
from nasfe_cam.control.protocol.messages import (
    ChangeSetting,
    ErrorEvent,
    ErrorRecord,
    Explanation,
    Message,
    StatusEvent,
    Subscribe,
    encode,
    parse_answer,
    parse_from_camera,
    parse_hello,
    parse_request,
)

PARSERS: tuple[Callable[[bytes], Message], ...] = (
    parse_hello,
    parse_answer,
    parse_request,
    parse_from_camera,
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)
TYPES = [
    kind.model_fields["type"].default
    for union in (messages.Answer, messages.Request, messages.Reply, messages.Event)
    for kind in get_args(union)
]


@given(st.sampled_from(["restore.retouch", ""]), SCALARS.filter(lambda v: v is not None))
def test_a_change_is_read_back_as_it_was_sent(name: str, value: object) -> None:
    try:
        sent = ChangeSetting(id=7, name=name, value=value)  # type: ignore[arg-type]
        data = encode(sent)
    except ValueError:
        return  # half of a surrogate pair is no text
    if value == value and abs(value if isinstance(value, float) else 0) != float("inf"):
        got = parse_request(data)
        assert got == sent and type(got.value) is type(value)  # type: ignore[union-attr]


def test_a_list_is_a_value_too() -> None:
    sent = ChangeSetting(id=1, name="output.outputs", value=("none", "file"))
    assert parse_request(encode(sent)) == sent


def test_an_error_with_any_text_is_read_back() -> None:
    error = Explanation(code="x", parameters={"y": "ü"}, text='"ü\u2028\x00\U0001f600')
    event = ErrorEvent(record=ErrorRecord(at=1.5, error=error))
    assert parse_from_camera(encode(event)) == event


@pytest.mark.parametrize("parse", PARSERS)
@given(data=st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
def test_garbage_is_refused_in_one_sentence(parse: Callable[[bytes], Message], data: bytes) -> None:
    refused(parse, data)


@pytest.mark.parametrize("parse", PARSERS)
@given(
    kind=st.sampled_from(TYPES),
    fields=st.dictionaries(
        st.sampled_from(["id", "name", "value", "version", "period", "on", "status", "other"]), JSON
    ),
)
def test_known_messages_with_wrong_fields_are_refused_or_whole(
    parse: Callable[[bytes], Message], kind: str, fields: dict[str, object]
) -> None:
    message = refused(parse, json.dumps(fields | {"type": kind}).encode())
    assert message is None or message.type == kind  # type: ignore[attr-defined]


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize("opening", ["[", '{"a":', '{"type":'])
def test_deep_nesting_is_refused(parse: Callable[[bytes], Message], opening: str) -> None:
    assert refused(parse, opening.encode() * 20_000) is None


def test_a_subscription_cannot_ask_for_a_flood() -> None:
    with pytest.raises(MessageMalformed):
        parse_request(b'{"type":"subscribe","id":1,"period":0.0001}')
    with pytest.raises(MessageMalformed):
        parse_request(b'{"type":"subscribe","id":1,"period":NaN}')
    assert parse_request(b'{"type":"subscribe","id":1}') == Subscribe(id=1)


def test_a_request_with_an_unknown_field_is_refused_and_a_hello_is_not() -> None:
    with pytest.raises(MessageMalformed):
        parse_request(b'{"type":"stop","id":1,"colour":"red"}')
    assert parse_hello(b'{"type":"hello","version":99,"colour":"red"}').version == 99


def test_messages_cannot_be_changed() -> None:
    with pytest.raises(ValueError):
        Subscribe(id=1).id = 2
    assert StatusEvent.model_config["frozen"]


def refused(parse: Callable[[bytes], Message], data: bytes) -> Message | None:
    """What is parsed; None for what is refused, which is done in one sentence."""
    try:
        return parse(data)
    except MessageMalformed as error:
        assert "\n" not in str(error)
        return None
