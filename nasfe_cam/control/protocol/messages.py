"""The control protocol: every message, declared once.

A message is one JSON object of at most 64 KiB. The program that steers (the client)
opens with `hello`; then every request carries an `id` of the client's choice, which
its one reply repeats, and events come on their own. `docs/control.md` is made from
these classes.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    TypeAdapter,
    ValidationError,
)

from nasfe_cam.control.protocol.errors import MessageMalformed
from nasfe_cam.core.statement import Plain, Statement
from nasfe_cam.core.text.foreign import readable, received, sendable
from nasfe_cam.pacing.quality_ladder import Restraint

PROTOCOL_VERSION = 2

LONGEST_TEXT = 500
"""Characters of a sentence or of a parameter that are sent."""

ForeignText = Annotated[
    str,
    AfterValidator(received),
    PlainSerializer(sendable, return_type=str, when_used="json"),
]
"""The name of a file may be no UTF-8: see `nasfe_cam.core.text.foreign`."""

SentValue = bool | int | float | ForeignText | tuple[ForeignText, ...]
"""A `SettingValue`."""

RequestId = Annotated[int, Field(ge=0, le=2**53)]


class EndReason(StrEnum):
    """Why the camera ends."""

    STOPPED = "stopped"
    FINISHED = "finished"


class OutputCondition(StrEnum):
    """What an output does at this moment."""

    SHOWING = "showing"
    CARD = "card"
    LOST = "lost"
    STARTING = "starting"
    RESTING = "resting"


class Message(BaseModel):
    """One message; never changed after it was made."""

    # A program that asks one question waits for no validator of the other messages.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Part(Message):
    """A part of messages."""


class Percentiles(Part):
    """Of a series of durations, in milliseconds."""

    p50: float = Field(description="Half of them are shorter.")
    p95: float = Field(description="19 of 20 are shorter.")
    p99: float = Field(description="99 of 100 are shorter.")


class OutputStatus(Part):
    """One output."""

    name: str = Field(description="Such as `virtual camera`.")
    condition: OutputCondition = Field(description="What it shows at this moment.")
    watchers: int | None = Field(
        None, description="Programs that read it now; null where that cannot be told."
    )


class Explanation(Part):
    """Something that the camera says, for programs and for people."""

    code: str = Field(max_length=100, description="Which sentence it is; the same in all versions.")
    parameters: dict[str, Plain] = Field(
        max_length=20,
        description="What the sentence is about, by name; of a known `reason` also `reason_code`.",
    )
    text: str = Field(
        max_length=LONGEST_TEXT, description="The sentence in English: cause and next step."
    )

    @classmethod
    def of(cls, statement: Statement) -> Explanation:
        """What was said, as it travels."""
        parameters = {name: _sendable(value) for name, value in statement.parameters.items()}
        text = _sendable(" ".join(str(statement).split()))
        return cls(code=statement.code, parameters=parameters, text=str(text))

    @property
    def statement(self) -> Statement:
        """What was said."""
        return Statement(self.code, self.parameters, self.text)


class ErrorRecord(Part):
    """Something that went wrong while the camera ran."""

    at: float = Field(description="Seconds since 1970.")
    error: Explanation = Field(description="What it was.")


class Status(Part):
    """What the camera does now."""

    fps: float = Field(description="Frames per second shown lately.")
    latency_ms: Percentiles = Field(description="From capture to output.")
    shown: int = Field(description="Frames shown since the start.")
    restored: int = Field(description="Frames that waited for the network, since the start.")
    carried: int = Field(
        description="Frames that got what the network made of an earlier one, since the start."
    )
    no_face_s: float = Field(
        0.0, description="Seconds in which no frame that was searched showed a face."
    )
    restore_every: int = Field(
        description="The network begins with one frame in so many, at most; 0 is none."
    )
    restore_less_because: Restraint | None = Field(
        description="Why not for every frame; null where it does."
    )
    dropped: dict[str, int] = Field(description="Frames replaced by newer ones, by stage.")
    device: str | None = Field(
        description="What runs the network; null while the network is being loaded."
    )
    device_reasons: tuple[Explanation, ...] = Field(
        description="Why that device and not a better one."
    )
    source: str = Field(description="Name of the camera or file that is shown.")
    source_lost: bool = Field(description="Whether the source is gone and waited for.")
    resting: bool = Field(description="Whether nobody watches and the source is closed.")
    outputs: tuple[OutputStatus, ...] = Field(description="Where the picture goes.")
    viewers: int = Field(description="Programs that look at the preview.")
    memory_mb: float = Field(description="Resident memory of the camera process.")
    running_s: float = Field(description="Seconds since the camera started.")
    settings: dict[str, SentValue] = Field(description="Every setting by its dotted name.")
    errors: tuple[ErrorRecord, ...] = Field(description="The last errors, newest first.")


class Hello(Message):
    """First message of the client. It and the two answers keep their form in all versions."""

    model_config = ConfigDict(extra="ignore")
    type: Literal["hello"] = "hello"
    version: int = Field(PROTOCOL_VERSION, description="Version of this protocol.")


class Welcome(Message):
    """Answer to `hello`: the versions are the same."""

    model_config = ConfigDict(extra="ignore")
    type: Literal["welcome"] = "welcome"
    version: int = Field(PROTOCOL_VERSION, description="Version of this protocol.")
    process: int = Field(description="Process number of the camera.")
    folder: ForeignText = Field(description="Its working folder, to which relative paths belong.")


class Unwelcome(Message):
    """Answer to `hello`: the camera speaks another version; the connection ends."""

    model_config = ConfigDict(extra="ignore")
    type: Literal["unwelcome"] = "unwelcome"
    version: int = Field(PROTOCOL_VERSION, description="The camera's version.")


class GetStatus(Message):
    """Ask what the camera does; answered by `status-reply`."""

    type: Literal["get-status"] = "get-status"
    id: RequestId


class ChangeSetting(Message):
    """Change a setting while the camera runs; answered by `done` or `failed`."""

    type: Literal["change-setting"] = "change-setting"
    id: RequestId
    name: str = Field(max_length=100, description="Dotted name, such as `restore.retouch`.")
    value: SentValue = Field(description="Its new value; text is converted where it can be.")


class Subscribe(Message):
    """Receive the status regularly and errors at once; answered by `done`."""

    type: Literal["subscribe"] = "subscribe"
    id: RequestId
    period: float = Field(1.0, ge=0.1, le=3600, description="Seconds from status to status.")


class ShowPreview(Message):
    """Begin or end looking at the preview; answered by `preview-at`, or `done` at the end."""

    type: Literal["show-preview"] = "show-preview"
    id: RequestId
    on: bool = Field(description="Whether to look.")


class Stop(Message):
    """Stop the camera; answered by `done`, and by `ending` to every client."""

    type: Literal["stop"] = "stop"
    id: RequestId


class Done(Message):
    """The request was carried out."""

    type: Literal["done"] = "done"
    id: RequestId


class Failed(Message):
    """The request was refused, or (id 0) a message was not understood."""

    type: Literal["failed"] = "failed"
    id: RequestId
    error: Explanation = Field(description="Why.")


class StatusReply(Message):
    """Answer to `get-status`."""

    type: Literal["status-reply"] = "status-reply"
    id: RequestId
    status: Status


class PreviewAt(Message):
    """Answer to `show-preview`: where the pictures are."""

    type: Literal["preview-at"] = "preview-at"
    id: RequestId
    path: ForeignText = Field(description="The ring file of `nasfe_cam/vcam_host/ring_layout.py`.")


class StatusEvent(Message):
    """The status, as subscribed, and at once after a change."""

    type: Literal["status"] = "status"
    status: Status


class ErrorEvent(Message):
    """Something went wrong; to subscribers, at once."""

    type: Literal["error"] = "error"
    record: ErrorRecord


class EndingEvent(Message):
    """The camera ends on purpose; to everybody. Without it, a lost connection is a crash."""

    type: Literal["ending"] = "ending"
    reason: EndReason


Answer = Welcome | Unwelcome
Request = GetStatus | ChangeSetting | Subscribe | ShowPreview | Stop
Reply = Done | Failed | StatusReply | PreviewAt
Event = StatusEvent | ErrorEvent | EndingEvent

T = TypeVar("T")

_LATER = ConfigDict(defer_build=True)
_HELLO: TypeAdapter[Hello] = TypeAdapter(Hello)
_ANSWER: TypeAdapter[Answer] = TypeAdapter(
    Annotated[Answer, Field(discriminator="type")], config=_LATER
)
_REQUEST: TypeAdapter[Request] = TypeAdapter(
    Annotated[Request, Field(discriminator="type")], config=_LATER
)
_FROM_CAMERA: TypeAdapter[Reply | Event] = TypeAdapter(
    Annotated[Reply | Event, Field(discriminator="type")], config=_LATER
)


def _sendable(value: Plain) -> Plain:
    if isinstance(value, str):
        return readable(value[:LONGEST_TEXT])
    # JSON has no word for these.
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def encode(message: Message) -> bytes:
    """The bytes of a message: JSON in UTF-8."""
    return message.model_dump_json().encode()


def parse_hello(data: bytes) -> Hello:
    """The client's first message; raises MessageMalformed."""
    return _parse(_HELLO, data)


def parse_answer(data: bytes) -> Answer:
    """The camera's answer to `Hello`; raises MessageMalformed."""
    return _parse(_ANSWER, data)


def parse_request(data: bytes) -> Request:
    """A later message of the client; raises MessageMalformed."""
    return _parse(_REQUEST, data)


def parse_from_camera(data: bytes) -> Reply | Event:
    """A later message of the camera; raises MessageMalformed."""
    return _parse(_FROM_CAMERA, data)


def _parse(adapter: TypeAdapter[T], data: bytes) -> T:
    try:
        return adapter.validate_json(data, strict=True)
    except ValidationError as error:
        raise MessageMalformed(error.errors(include_url=False)[0]["msg"]) from None
