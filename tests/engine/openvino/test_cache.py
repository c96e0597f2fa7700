"""A compiled network is run only if it is whole and fits exactly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.model_file import ModelFile
from engine.openvino.engine import OpenVINOEngine
from engine.precision import Precision

MakeNetwork = Callable[..., ModelFile]


def start(model: ModelFile, cache: Path, threads: int = 1) -> OpenVINOEngine:
    tensors = ["first", "second", "out"]
    return OpenVINOEngine(model.path, model.sha256, tensors, Precision.F32, threads, cache=cache)


def result_of(engine: OpenVINOEngine) -> float:
    engine.inputs["first"][...] = 3
    engine.inputs["second"][...] = 1
    engine.run()
    return float(engine.outputs["out"].mean())


def only_file(cache: Path) -> Path:
    (file,) = cache.iterdir()
    return file


def test_the_second_start_takes_what_the_first_one_kept(
    make_network: MakeNetwork, tmp_path: Path
) -> None:
    model, cache = make_network(), tmp_path / "cache"
    assert result_of(start(model, cache)) == 7
    before = only_file(cache).stat()
    assert result_of(start(model, cache)) == 7
    # A network that is compiled anew is written anew, in another file of the same name.
    assert only_file(cache).stat().st_ino == before.st_ino


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: b"something else" * 100,
        lambda content: content[:-200] + bytes([content[-200] ^ 1]) + content[-199:],
        lambda content: content + b"more",
    ],
    ids=["empty", "cut short", "foreign", "one bit", "too long"],
)
def test_a_damaged_file_is_compiled_anew(
    make_network: MakeNetwork, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    model, cache = make_network(), tmp_path / "cache"
    start(model, cache)
    whole = only_file(cache).read_bytes()
    only_file(cache).write_bytes(damage(whole))
    assert result_of(start(model, cache)) == 7
    before = only_file(cache).stat().st_ino
    start(model, cache)
    assert only_file(cache).stat().st_ino == before


def test_another_network_of_the_same_name_is_never_taken_for_this_one(
    make_network: MakeNetwork, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    assert result_of(start(make_network(factor=2), cache)) == 7
    assert result_of(start(make_network(factor=5), cache)) == 16


def test_other_options_have_a_file_of_their_own(make_network: MakeNetwork, tmp_path: Path) -> None:
    model, cache = make_network(), tmp_path / "cache"
    for threads in (1, 2):
        assert result_of(start(model, cache, threads)) == 7
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("where", ["below a file", "a device"])
def test_a_folder_that_cannot_be_written_costs_time_alone(
    make_network: MakeNetwork, tmp_path: Path, where: str
) -> None:
    (tmp_path / "file").touch()
    cache = {"below a file": tmp_path / "file" / "cache", "a device": Path("/dev/null")}[where]
    engine = start(make_network(), cache)
    assert result_of(engine) == 7
    assert "Compiled networks cannot be kept" in engine.describe().reason
