"""Every setting of the camera, declared once: type, default, bounds and words.

The command-line options, `--help`, `docs/settings.md` and the settings page of
the window are generated from these fields. The object is read once at start
and passed down.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic.config import JsonDict

from engine.device_choice import DeviceChoice
from engine.precision import Precision
from nasfe_cam.config.errors import (
    SettingOutOfRange,
    SettingRefused,
    SettingsFileInvalid,
    SettingsFileUnreadable,
    SettingUnknown,
)
from nasfe_cam.config.toml_text import toml_tables
from nasfe_cam.core.errors import SettingsError
from nasfe_cam.core.text.foreign import received
from nasfe_cam.core.text.reasons import reason_of
from nasfe_cam.core.user_files import UserFolder, read_edited_text, user_folder
from nasfe_cam.vcam_host.patience import LINGER_SECONDS, STALE_SECONDS

_LONGEST_SHOWN = 80

LIVE: JsonDict = {"live": True}
"""Marks a setting that a running camera takes up at once; the others wait for its next start."""


AUTO: Literal["auto"] = "auto"
"""An amount that the camera chooses by what it measures."""

Amount = Literal["auto"] | Annotated[int, Field(ge=0, le=100)]
"""Percent, or `AUTO`."""


class Fit(StrEnum):
    """How a picture is brought to the fixed output size."""

    LETTERBOX = "letterbox"
    CROP = "crop"


class OutputKind(StrEnum):
    """Where frames go."""

    CAMERA = "camera"
    FILE = "file"
    PREVIEW = "preview"
    NONE = "none"


class RestoreRate(StrEnum):
    """Which frames pass the network."""

    AUTO = "auto"
    EVERY_FRAME = "every-frame"


class _Section(BaseModel):
    # Whoever asks for names and bounds alone, as `nasfe-cam status` does, waits for no validator.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @field_validator("*", mode="before")
    @classmethod
    def _is_meant(cls, value: Any, info: ValidationInfo) -> Any:
        """Refuse what would pass for something else: true for 1, and names no file can have."""
        field = cls.model_fields[info.field_name or ""]
        if isinstance(value, bool) and field.annotation in (int, float):
            raise ValueError("it is a number")
        if isinstance(value, str | Path) and "\0" in str(value):
            raise ValueError("it holds a zero byte")
        return value


class SourceSettings(_Section):
    """Where pictures come from."""

    source: str = Field(
        "0",
        description="Camera number or name, or path of a video, picture or device.",
        json_schema_extra=LIVE,
    )
    width: int = Field(
        1280, ge=16, le=7680, description="Width to request from the camera, in pixels."
    )
    height: int = Field(
        720, ge=16, le=4320, description="Height to request from the camera, in pixels."
    )
    fps: float = Field(
        30.0,
        ge=1,
        le=240,
        description="Frame rate to request from the camera, in frames per second.",
    )
    loop: bool = Field(False, description="Repeat a video file when it ends.")
    simulate_bad_webcam: int = Field(
        0,
        ge=0,
        le=100,
        description="Blur, darken and add noise to the picture first, in percent; 0 is off.",
    )


class TrackingSettings(_Section):
    """How the face is tracked."""

    minimum_cutoff: float = Field(
        1.5,
        ge=0.01,
        le=100,
        description="Follow a still face this loosely; a smaller number is steadier.",
    )
    speed_coefficient: float = Field(
        0.02,
        ge=0,
        le=10,
        description="Follow a moving face this closely; a larger number is faster.",
    )
    fade_seconds: float = Field(
        0.2, ge=0, le=5, description="Time in which the restoration fades in or out, in seconds."
    )
    maximum_faces: int = Field(
        4,
        ge=1,
        le=8,
        description="Largest number of faces to find before choosing the one to restore.",
    )


class RestoreSettings(_Section):
    """How the face is repaired."""

    model: str = Field("guided-unet", description="Name of the network.")
    models: str = Field(
        "",
        description="Folder of other models and their manifest.toml; empty for the bundled ones.",
    )
    light: Amount = Field(
        AUTO,
        description="How much darkness is lifted, in percent; auto lifts what the picture lacks.",
        json_schema_extra=LIVE,
    )
    retouch: Amount = Field(
        AUTO,
        description="How much noise and blur are removed, in percent; auto goes by what is there.",
        json_schema_extra=LIVE,
    )
    white_balance: bool = Field(
        True,
        description="Take away some of the colour of strongly coloured light.",
        json_schema_extra=LIVE,
    )
    profile: str = Field(
        "", description="Name of the enrolled person; empty for none.", json_schema_extra=LIVE
    )
    device: DeviceChoice = Field(
        DeviceChoice.AUTO,
        description="Where the network runs; auto uses an NVIDIA card if possible, else the CPU.",
    )
    precision: Precision = Field(
        Precision.AUTO,
        description="Number format on the CPU; auto takes the fastest one it supports.",
    )
    threads: int = Field(
        0,
        ge=0,
        le=256,
        description="CPU threads for the network; 0 chooses by the number of cores.",
    )
    rate: RestoreRate = Field(
        RestoreRate.AUTO,
        description="How often the network runs: auto is less on a slow computer or on battery.",
    )
    observe_rate: float = Field(
        2.0, ge=0.5, le=10, description="How often light and noise are measured, per second."
    )


class OutputSettings(_Section):
    """Where pictures go."""

    outputs: tuple[OutputKind, ...] = Field(
        (OutputKind.CAMERA,), description="One or more of camera, file, preview, none."
    )
    width: int = Field(1280, ge=16, le=7680, multiple_of=2, description="Output width, in pixels.")
    height: int = Field(720, ge=16, le=4320, multiple_of=2, description="Output height, in pixels.")
    fps: float = Field(30.0, ge=1, le=240, description="Output frame rate, in frames per second.")
    fit: Fit = Field(
        Fit.LETTERBOX,
        description="How to fit another aspect ratio: add bars (letterbox) or cut edges (crop).",
    )
    auto_framing: bool = Field(
        False,
        description="Follow the face with a gentle crop.",
        json_schema_extra=LIVE,
    )
    label: str = Field("NASFE Camera", description="Name of the virtual camera.")
    release_after: float = Field(
        5.0,
        ge=0,
        le=3600,
        description="Release the webcam after this many seconds without a viewer; 0 for never.",
    )
    stale_after: float = Field(
        STALE_SECONDS,
        ge=0.2,
        le=60,
        description="Show the notice card after this many seconds without a new picture.",
    )
    linger: float = Field(
        LINGER_SECONDS,
        ge=0,
        le=600,
        description="How long to show the notice card after the program crashed, in seconds.",
    )
    file: Path = Field(Path("nasfe.mp4"), description="Video file that the output 'file' writes.")
    replace: bool = Field(False, description="Replace a video file of that name.")


class Settings(_Section):
    """All settings; the sections are the tables of the TOML file."""

    source: SourceSettings = Field(default_factory=SourceSettings)
    tracking: TrackingSettings = Field(default_factory=TrackingSettings)
    restore: RestoreSettings = Field(default_factory=RestoreSettings)
    output: OutputSettings = Field(default_factory=OutputSettings)

    def replaced(self, overrides: dict[str, Any]) -> Settings:
        """A copy with other values by dotted name; raises SettingsError like `load_settings`."""
        return _validated(self.model_dump(), overrides)


def settings_path() -> Path:
    """The settings file in the platform's configuration folder; it need not exist.

    Raises:
        HomeUnknown: this user has no home folder.
    """
    return user_folder(UserFolder.CONFIG) / "settings.toml"


def load_settings(path: Path | None = None, overrides: dict[str, Any] | None = None) -> Settings:
    """Read the TOML file and lay `overrides` over it.

    Args:
        path: the settings file; None reads the platform's, if it exists.
        overrides: values by dotted name, such as `{"source.width": 640}`.

    Raises:
        SettingsError: an unknown key, a refused value or unreadable TOML; the
            message names the field, the value and what is allowed.
    """
    data: dict[str, Any] = {}
    chosen = path if path is not None else settings_path()
    try:
        data = _parsed(read_edited_text(chosen))
    except (FileNotFoundError, NotADirectoryError) as error:
        if path is not None:
            raise SettingsFileUnreadable(chosen, reason_of(error)) from None
    except OSError as error:
        raise SettingsFileUnreadable(chosen, reason_of(error)) from None
    except (ValueError, RecursionError) as error:
        # TOMLDecodeError, UnicodeDecodeError, and numbers of thousands of digits.
        raise SettingsFileInvalid(chosen, str(error)) from None
    return _validated(data, overrides or {})


def _parsed(text: str) -> dict[str, Any]:
    """The tables of a settings file; raises ValueError or RecursionError."""
    return {
        section: _received(table) if isinstance(table, dict) else table
        for section, table in toml_tables(text).items()
    }


def _received(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: received(value) if isinstance(value, str) else value for name, value in table.items()
    }


def _validated(data: dict[str, Any], overrides: dict[str, Any]) -> Settings:
    _rename(data)
    for name, value in overrides.items():
        section, _, field = name.partition(".")
        if not field:
            raise SettingUnknown(_clipped(name))
        table = data.setdefault(section, {})
        if isinstance(table, dict):
            table[field] = value
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        raise _refusal(error) from None


def _rename(data: dict[str, Any]) -> None:
    """Take up what files of earlier versions say: an update must not stop a camera."""
    restore = data.get("restore")
    if not isinstance(restore, dict):
        return
    restore.pop("tone_match", None)
    strength = restore.pop("strength", None)
    if strength is not None:
        # In full was as far as the face needs it, which is now called so.
        restore.setdefault("retouch", AUTO if strength == 100 else strength)


def _refusal(error: ValidationError) -> SettingsError:
    """For the first refused value."""
    first = error.errors()[0]
    # What follows section and field says which part of a union refused.
    name = _clipped(".".join(str(part) for part in first["loc"][:2]))
    kind, value = first["type"], _clipped(repr(first["input"]))
    if kind == "extra_forbidden":
        return SettingUnknown(name)
    if kind == "model_type":
        return SettingRefused(name, value, f"its settings stand below a line [{name}]")
    if kind == "value_error":
        return SettingRefused(name, value, str(first["ctx"]["error"]))
    if kind in ("bool_parsing", "bool_type"):
        return SettingRefused(name, value, "allowed are true and false")
    if _annotation(first["loc"]) == Amount:
        return SettingRefused(name, value, "allowed is auto, or 0 to 100")
    bounds = _bounds(first["loc"])
    if bounds is not None and kind == "multiple_of":
        unit = first["ctx"]["multiple_of"]
        return SettingRefused(name, value, f"allowed are multiples of {unit:g}, {_span(bounds)}")
    if bounds is not None and kind == "int_from_float":
        return SettingRefused(name, value, f"allowed are whole numbers, {_span(bounds)}")
    if bounds is not None:
        return SettingOutOfRange(name, value, *bounds)
    return SettingRefused(name, value, first["msg"].lower())


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."


def _span(bounds: tuple[float, float]) -> str:
    return f"{bounds[0]:g} to {bounds[1]:g}"


def _annotation(location: tuple[int | str, ...]) -> object:
    """The type of a setting; None where there is no such."""
    section = Settings.model_fields.get(str(location[0]))
    model = section.annotation if section is not None else None
    if len(location) < 2 or not (isinstance(model, type) and issubclass(model, BaseModel)):
        return None
    field = model.model_fields.get(str(location[1]))
    return None if field is None else field.annotation


def _bounds(location: tuple[int | str, ...]) -> tuple[float, float] | None:
    """Smallest and largest value of a setting that has both."""
    section = Settings.model_fields.get(str(location[0]))
    model = section.annotation if section is not None else None
    if len(location) < 2 or not (isinstance(model, type) and issubclass(model, BaseModel)):
        return None
    schema = model.model_json_schema()["properties"].get(str(location[1]), {})
    if "minimum" in schema and "maximum" in schema:
        return float(schema["minimum"]), float(schema["maximum"])
    return None
