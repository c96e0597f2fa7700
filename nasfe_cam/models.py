"""The model files that ship with the program, found and checked by their manifest."""

from __future__ import annotations

import tomllib
from pathlib import Path

from engine.errors import ModelFileDamaged, ModelFileMissing
from engine.model_file import ModelFile
from engine.quantised_file import ENDING

__all__ = ["MANIFEST", "MODELS", "ModelFile", "find_model", "models_folder"]

MODELS = Path(__file__).parent / "assets" / "models"
MANIFEST = "manifest.toml"


def models_folder(setting: str) -> Path:
    """The folder of the setting `restore.models`."""
    return Path(setting).expanduser() if setting else MODELS


def find_model(file_name: str, folder: Path = MODELS) -> ModelFile:
    """Look a model file up in the manifest, together with its INT8 file if it has one.

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
    listed = entries.get("models", {})
    if file_name not in listed:
        raise ModelFileMissing(folder / file_name)
    quantised = Path(file_name).stem + ENDING
    return ModelFile(
        folder / file_name,
        str(listed[file_name]["sha256"]),
        ModelFile(folder / quantised, str(listed[quantised]["sha256"]))
        if quantised in listed
        else None,
    )
