"""Every setting of the camera, declared once: type, default, bounds and words.

The command-line options, `--help`, `docs/settings.md` and the settings page of
the window are generated from these fields. The object is read once at start
and passed down.
"""

from __future__ import annotations

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.config import JsonDict

from engine.device_choice import DeviceChoice
from nasfe_cam.errors import SettingsError
from nasfe_cam.output.program import LINGER_SECONDS, STALE_SECONDS

LIVE: JsonDict = {"live": True}
"""Marks a setting that a running camera takes up at once; the others wait for its next start."""


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


class Precision(StrEnum):
    """Arithmetic of the network on the CPU."""

    AUTO = "auto"
    INT8 = "int8"
    BF16 = "bf16"
    F32 = "f32"


class RestoreRate(StrEnum):
    """Which frames pass the network."""

    AUTO = "auto"
    EVERY_FRAME = "every-frame"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceSettings(_Section):
    """Where pictures come from."""

    source: str = Field(
        "0",
        description="Camera number, camera name, or path of a video, picture or device.",
        json_schema_extra=LIVE,
    )
    width: int = Field(1280, ge=16, le=7680, description="Width asked of the camera, in pixels.")
    height: int = Field(720, ge=16, le=4320, description="Height asked of the camera, in pixels.")
    fps: float = Field(
        30.0, ge=1, le=240, description="Frame rate asked of the camera, per second."
    )
    loop: bool = Field(False, description="Play a video file again from its start when it ends.")
    simulate_bad_webcam: int = Field(
        0,
        ge=0,
        le=100,
        description="Blur, darken and add noise to the picture first, in percent; 0 is off.",
    )


class TrackingSettings(_Section):
    """How the face is followed."""

    minimum_cutoff: float = Field(
        1.5, ge=0.01, le=100, description="One-Euro cutoff at rest, in hertz; lower is steadier."
    )
    speed_coefficient: float = Field(
        0.02, ge=0, le=10, description="One-Euro gain per pixel/second; higher follows faster."
    )
    fade_seconds: float = Field(
        0.2, ge=0, le=5, description="Time in which restoration fades in and out, in seconds."
    )
    maximum_faces: int = Field(4, ge=1, le=8, description="Faces looked for when choosing one.")


class RestoreSettings(_Section):
    """How the face is repaired."""

    model: str = Field("nasfe-lite", description="Name of the network.")
    models: str = Field(
        "",
        description="Folder of other model files with their manifest.toml; empty: the shipped.",
    )
    strength: int = Field(
        100,
        ge=0,
        le=100,
        description="Strength of the restoration, in percent.",
        json_schema_extra=LIVE,
    )
    tone_match: int = Field(
        100,
        ge=0,
        le=100,
        description="How far the rest of the picture follows the face, in percent.",
        json_schema_extra=LIVE,
    )
    profile: str = Field(
        "", description="Name of the enrolled person; empty for none.", json_schema_extra=LIVE
    )
    device: DeviceChoice = Field(
        DeviceChoice.AUTO,
        description="Where the network runs: an NVIDIA card if there is one, else the CPU (auto); "
        "or the CPU, Intel's GPU or NPU, or the NVIDIA card.",
    )
    precision: Precision = Field(
        Precision.AUTO, description="Arithmetic: auto takes the fastest that the CPU has."
    )
    threads: int = Field(
        0, ge=0, le=256, description="CPU threads of the network; 0 leaves one of four to the rest."
    )
    rate: RestoreRate = Field(
        RestoreRate.AUTO,
        description="Frames restored: auto does fewer while the machine is too slow or on battery.",
    )
    observe_rate: float = Field(
        2.0, ge=0.5, le=10, description="How often light and noise are judged, per second."
    )


class OutputSettings(_Section):
    """Where pictures go."""

    outputs: tuple[OutputKind, ...] = Field(
        (OutputKind.CAMERA,), description="Any of camera, file, preview, none."
    )
    width: int = Field(1280, ge=16, le=7680, multiple_of=2, description="Output width, in pixels.")
    height: int = Field(720, ge=16, le=4320, multiple_of=2, description="Output height, in pixels.")
    fps: float = Field(30.0, ge=1, le=240, description="Output frame rate, per second.")
    fit: Fit = Field(Fit.LETTERBOX, description="Fill with bars (letterbox) or cut edges (crop).")
    label: str = Field("NASFE Camera", description="Name of the virtual camera to write to.")
    release_after: float = Field(
        5.0,
        ge=0,
        le=3600,
        description="Release the webcam when nobody has watched for so long, in seconds; 0 never.",
    )
    stale_after: float = Field(
        STALE_SECONDS,
        ge=0.2,
        le=60,
        description="Show the notice card when no new picture came for so long, in seconds.",
    )
    linger: float = Field(
        LINGER_SECONDS,
        ge=0,
        le=600,
        description="Go on showing the notice card after a crash of the program, in seconds.",
    )
    file: Path = Field(Path("nasfe.mp4"), description="Video file to write for the output 'file'.")


class Settings(_Section):
    """All settings; the sections are the tables of the TOML file."""

    source: SourceSettings = SourceSettings()
    tracking: TrackingSettings = TrackingSettings()
    restore: RestoreSettings = RestoreSettings()
    output: OutputSettings = OutputSettings()

    def replaced(self, overrides: dict[str, Any]) -> Settings:
        """A copy with other values by dotted name; raises SettingsError like `load_settings`."""
        return _validated(self.model_dump(), overrides)


def settings_path() -> Path:
    """The settings file in the platform's configuration folder; it need not exist."""
    return platformdirs.user_config_path("nasfe-cam") / "settings.toml"


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
    if path is not None or chosen.exists():
        try:
            data = tomllib.loads(chosen.read_text(encoding="utf-8"))
        except OSError as error:
            raise SettingsError(
                f"Settings file {chosen} cannot be read ({error.strerror})."
            ) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"Settings file {chosen} is not valid TOML ({error}).") from None
    return _validated(data, overrides or {})


def _validated(data: dict[str, Any], overrides: dict[str, Any]) -> Settings:
    for name, value in overrides.items():
        section, field = name.split(".")
        table = data.setdefault(section, {})
        if isinstance(table, dict):
            table[field] = value
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    """One line for the first refused value."""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"Unknown setting {name}. See the list in docs/settings.md."
    return (
        f"Setting {name} = {first['input']!r} is refused: {_allowed(first['loc'], first['msg'])}."
    )


def _allowed(location: tuple[int | str, ...], message: str) -> str:
    section = Settings.model_fields.get(str(location[0]))
    model = section.annotation if section is not None else None
    if len(location) < 2 or not (isinstance(model, type) and issubclass(model, BaseModel)):
        return message.lower()
    schema = model.model_json_schema()["properties"].get(str(location[1]), {})
    if "minimum" in schema and "maximum" in schema:
        return f"allowed is {schema['minimum']:g} to {schema['maximum']:g}"
    return message.lower()
