"""The generator's package: absent, changed, or the one that is known."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from train.synthesis import package
from train.synthesis.package import GeneratorChanged, GeneratorMissing, read_generator


def test_absent_package_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(GeneratorMissing, match="pip download random-face"):
        read_generator(tmp_path)
    with pytest.raises(GeneratorMissing):
        read_generator(tmp_path / "nothing.whl")


def test_changed_networks_are_refused(tmp_path: Path) -> None:
    wheel = tmp_path / package.WHEEL
    with zipfile.ZipFile(wheel, "w") as file:
        for name in package._DIGESTS:
            file.writestr(f"random_face/data/{name}", b"something else")
    with pytest.raises(GeneratorChanged, match="checksum"):
        read_generator(tmp_path)


def test_a_file_that_is_no_wheel_is_refused(tmp_path: Path) -> None:
    wheel = tmp_path / package.WHEEL
    wheel.write_bytes(b"PK not a zip")
    with pytest.raises(GeneratorChanged):
        read_generator(wheel)


def test_wheel_and_unpacked_folder_are_read_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import hashlib

    contents = {name: name.encode() for name in package._DIGESTS}
    digests = {name: hashlib.sha256(text).hexdigest() for name, text in contents.items()}
    monkeypatch.setattr(package, "_DIGESTS", digests)
    with zipfile.ZipFile(tmp_path / package.WHEEL, "w") as file:
        for name, text in contents.items():
            file.writestr(f"random_face/data/{name}", text)
    with zipfile.ZipFile(tmp_path / package.WHEEL) as file:
        file.extractall(tmp_path / "unpacked")
    files = read_generator(tmp_path)
    assert files == read_generator(tmp_path / "unpacked")
    assert files.mapping == (b"MappingNetwork.xml", b"MappingNetwork.bin")


def test_the_command_ends_with_one_line(nasfe_train, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ended = nasfe_train("synthesise", "--target", tmp_path / "out", "--package", tmp_path)
    assert ended.exit_code == 2
    assert ended.stderr.startswith("nasfe-train: There is no face generator")
    assert len(ended.stderr.splitlines()) == 1
