"""The control protocol: every message, declared once.

A message is one JSON object of at most 64 KiB. The program that steers (the client)
opens with `hello`; then every request carries an `id` of the client's choice, which
its one reply repeats, and events come on their own. `docs/control.md` is made from
these classes.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from nasfe_cam.control.errors import MessageMalformed
from nasfe_cam.pace import Restraint
from nasfe_cam.setting_names import SettingValue

PROTOCOL_VERSION = 1

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

    model_config = ConfigDict(extra="forbid", frozen=True)


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


class ErrorRecord(Part):
    """Something that went wrong while the camera ran."""

    at: float = Field(description="Seconds since 1970.")
    error: str = Field(description="Class name, for programs.")
    text: str = Field(description="One sentence: cause and next step.")


NO_DEVICE_YET = "none yet"
"""`Status.device` while the network is being loaded."""


class Status(Part):
    """What the camera does now."""

    fps: float = Field(description="Frames per second shown lately.")
    latency_ms: Percentiles = Field(description="From capture to output.")
    shown: int = Field(description="Frames shown since the start.")
    restored: int = Field(description="Frames restored since the start.")
    carried: int = Field(
        description="Frames shown since the start with an earlier frame's correction."
    )
    restore_every: int = Field(
        description="The network runs for one frame in so many; 0 is for none."
    )
    restore_less_because: Restraint | None = Field(
        description="Why not for every frame; null where it does."
    )
    dropped: dict[str, int] = Field(description="Frames replaced by newer ones, by stage.")
    device: str = Field(description='What runs the network, in words; at first "none yet".')
    device_reason: str = Field(description="Why that device and not a better one.")
    source: str = Field(description="Name of the camera or file that is shown.")
    source_lost: bool = Field(description="Whether the source is gone and waited for.")
    resting: bool = Field(description="Whether nobody watches and the source is closed.")
    outputs: tuple[OutputStatus, ...] = Field(description="Where the picture goes.")
    viewers: int = Field(description="Programs that look at the preview.")
    memory_mb: float = Field(description="Resident memory of the camera process.")
    running_s: float = Field(description="Seconds since the camera started.")
    settings: dict[str, SettingValue] = Field(description="Every setting by its dotted name.")
    errors: tuple[ErrorRecord, ...] = Field(description="The last errors, newest first.")


class Hello(Message):
    """First message of the client. It and the two answers keep their form in all versions."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    type: Literal["hello"] = "hello"
    version: int = Field(PROTOCOL_VERSION, description="Version of this protocol.")


class Welcome(Message):
    """Answer to `hello`: the versions are the same."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    type: Literal["welcome"] = "welcome"
    version: int = Field(PROTOCOL_VERSION, description="Version of this protocol.")
    process: int = Field(description="Process number of the camera.")
    folder: str = Field(description="Its working folder, to which relative paths belong.")


class Unwelcome(Message):
    """Answer to `hello`: the camera speaks another version; the connection ends."""

    model_config = ConfigDict(extra="ignore", frozen=True)
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
    name: str = Field(max_length=100, description="Dotted name, such as `restore.strength`.")
    value: SettingValue = Field(description="Its new value; text is converted where it can be.")


class Subscribe(Message):
    """Be told the status regularly and errors at once; answered by `done`."""

    type: Literal["subscribe"] = "subscribe"
    id: RequestId
    period: float = Field(1.0, ge=0.1, le=3600, description="Seconds from status to status.")


class ShowPreview(Message):
    """Begin or end looking at the preview; answered by `preview-at`, or `done` at the end."""

    type: Literal["show-preview"] = "show-preview"
    id: RequestId
    on: bool = Field(description="Whether to look.")


class Stop(Message):
    """End the camera orderly; answered by `done`, and by `ending` to everybody."""

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
    error: str = Field(description="Class name of the error, for programs.")
    text: str = Field(description="One sentence: cause and next step.")


class StatusReply(Message):
    """Answer to `get-status`."""

    type: Literal["status-reply"] = "status-reply"
    id: RequestId
    status: Status


class PreviewAt(Message):
    """Answer to `show-preview`: where the pictures are."""

    type: Literal["preview-at"] = "preview-at"
    id: RequestId
    path: str = Field(description="The ring file of `nasfe_cam/output/ring_layout.py`.")


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

_HELLO: TypeAdapter[Hello] = TypeAdapter(Hello)
_ANSWER: TypeAdapter[Answer] = TypeAdapter(Annotated[Answer, Field(discriminator="type")])
_REQUEST: TypeAdapter[Request] = TypeAdapter(Annotated[Request, Field(discriminator="type")])
_FROM_CAMERA: TypeAdapter[Reply | Event] = TypeAdapter(
    Annotated[Reply | Event, Field(discriminator="type")]
)


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
