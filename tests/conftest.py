"""Fixtures that every test may use."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from engine.errors import TensorRTMissing
from engine.tensorrt.runtime import TensorRT, load_tensorrt
from tests.user_folders import move_runtime_folder, move_user_folders

# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile("nasfe", deadline=None)
hypothesis.settings.load_profile("nasfe")

REPOSITORY = Path(__file__).parent.parent
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test, nor a program it starts, touches settings, profiles or engines of the user."""
    with pytest.MonkeyPatch.context() as patch:
        move_user_folders(patch, tmp_path_factory.mktemp("user"))
        yield


@pytest.fixture(scope="session", autouse=True)
def runtime_folder() -> Iterator[Path]:
    """A runtime folder of the tests' own: no test meets a camera that the user runs.

    Its path is short, since those of Unix sockets may not be long.
    """
    folder = Path(tempfile.mkdtemp(prefix="nasfe-"))
    with pytest.MonkeyPatch.context() as patch:
        move_runtime_folder(patch, folder)
        yield folder
    # A program that is being killed may hold a file open for a moment, which Windows minds.
    shutil.rmtree(folder, ignore_errors=sys.platform == "win32")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Faces, clips and photos for measurements (`../shared/data`)."""
    return _shared("data")


@pytest.fixture(scope="session")
def shared_models() -> Path:
    """Weights that measurements need (`../shared/models`)."""
    return _shared("models")


@pytest.fixture(scope="session")
def tensorrt() -> TensorRT:
    """TensorRT, which compiles without a GPU (the extra `tensorrt`)."""
    try:
        return load_tensorrt()
    except TensorRTMissing as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{error} CI must have it.")
        pytest.skip(str(error))


def _shared(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{folder} is missing; CI must have it")
        pytest.skip(f"{folder} is not here")
    return folder
