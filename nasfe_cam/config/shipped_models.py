"""Finds the bundled model files, and checks them against their manifest."""

from __future__ import annotations

from pathlib import Path

from engine.errors import ModelFileDamaged, ModelFileMissing
from engine.model_file import ModelFile
from engine.quantised_file import ENDING
from nasfe_cam.config.toml_text import toml_tables
from nasfe_cam.core.user_files import expanded, read_edited_text

__all__ = ["MANIFEST", "MODELS", "ModelFile", "find_model", "models_folder"]

MODELS = Path(__file__).parent.parent / "assets" / "models"
MANIFEST = "manifest.toml"


def models_folder(setting: str) -> Path:
    """The folder of the setting `restore.models`."""
    return expanded(Path(setting)) if setting else MODELS


def find_model(file_name: str, folder: Path = MODELS) -> ModelFile:
    """Look a model file up in the manifest, together with its INT8 file if it has one.

    Raises:
        ModelFileMissing: the manifest, or the file's entry in it, is missing.
        ModelFileDamaged: the manifest cannot be read, or is none.
    """
    manifest = folder / MANIFEST
    checksums = _checksums(manifest)
    if file_name not in checksums:
        raise ModelFileMissing(folder / file_name)
    quantised = Path(file_name).stem + ENDING
    return ModelFile(
        folder / file_name,
        checksums[file_name],
        ModelFile(folder / quantised, checksums[quantised]) if quantised in checksums else None,
    )


def _checksums(manifest: Path) -> dict[str, str]:
    """The sha256 of every file that is listed; folders of models come from strangers too."""
    try:
        listed = toml_tables(read_edited_text(manifest)).get("models", {})
        if not isinstance(listed, dict):
            raise ValueError("its models are no table")
        return {name: _checksum(name, entry) for name, entry in listed.items()}
    except FileNotFoundError:
        raise ModelFileMissing(manifest) from None
    # TOML and Unicode errors are ValueErrors.
    except (OSError, ValueError, RecursionError) as error:
        raise ModelFileDamaged(manifest, " ".join(str(error).split())) from None


def _checksum(name: str, entry: object) -> str:
    checksum = entry.get("sha256") if isinstance(entry, dict) else None
    if not isinstance(checksum, str):
        raise ValueError(f"{name!r} has no sha256")
    return checksum
