"""Which photos are meant, and that nothing stays open after them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nasfe_cam.core.photo_errors import NoPhotosFound
from nasfe_cam.enrolment.networks import EnrolmentNetworks
from nasfe_cam.enrolment.photos import photo_files


def test_folders_and_files_give_every_photo_once_in_order(tmp_path: Path) -> None:
    for name in ("b.JPG", "a.png", "notes.txt", ".hidden.jpg"):
        (tmp_path / name).write_bytes(b"x")
    expected = [tmp_path / "b.JPG", tmp_path / "a.png"]
    assert photo_files([tmp_path / "b.JPG", tmp_path]) == expected


@pytest.mark.parametrize("path", ["missing.jpg", "."])
def test_a_missing_file_or_a_folder_without_photos_is_named(tmp_path: Path, path: str) -> None:
    with pytest.raises(NoPhotosFound, match="There is no photo at"):
        photo_files([tmp_path / path])


def test_the_networks_are_closed_at_the_end(networks: EnrolmentNetworks) -> None:
    closed: list[str] = []

    class Closing:
        size = 256

        def __init__(self, name: str) -> None:
            self.name = name

        def close(self) -> None:
            closed.append(self.name)

    names = {name: Closing(name) for name in ("finder", "extractor", "recogniser")}
    with replace(networks, **names):  # type: ignore[arg-type]
        pass
    assert sorted(closed) == ["extractor", "finder", "recogniser"]
