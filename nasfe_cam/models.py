"""The model files that ship with the program, found and checked by their manifest."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ModelFileDamaged, ModelFileMissing

MODELS = Path(__file__).parent / "assets" / "models"
MANIFEST = "manifest.toml"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One shipped file: its path and the sha256 that its content must have."""

    path: Path
    sha256: str


def models_folder(setting: str) -> Path:
    """The folder of the setting `restore.models`."""
    return Path(setting).expanduser() if setting else MODELS


def find_model(file_name: str, folder: Path = MODELS) -> ModelFile:
    """Look a model file up in the manifest.

    Raises:
        ModelFileMissing: the manifest, or the file's entry in it, is missing.
        ModelFileDamaged: the manifest cannot be read.
    """
    manifest = folder / MANIFEST
    try:
        entries = tomllib.loads(manifest.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelFileMissing(manifest) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelFileDamaged(manifest, str(error)) from None
    entry = entries.get("models", {}).get(file_name)
    if entry is None:
        raise ModelFileMissing(folder / file_name)
    return ModelFile(folder / file_name, str(entry["sha256"]))
