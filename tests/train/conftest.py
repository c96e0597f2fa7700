"""A tiny archive of faces, laid out like `../shared/data/faces`, and the command `nasfe-train`."""

from __future__ import annotations

import csv
import io
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from train.cli.main import main

PEOPLE, PHOTOS, SIDE = 3, 4, 64


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it printed."""

    exit_code: int
    stdout: str
    stderr: str


Command = Callable[..., Ended]
"""`nasfe-train` with the words that it is given."""


@pytest.fixture
def nasfe_train(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command in this process; one of its own would import torch for each test."""
    monkeypatch.setenv("COLUMNS", "120")

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["nasfe-train", *map(str, arguments)])
        threads = torch.get_num_threads()
        try:
            with pytest.raises(SystemExit) as ended:
                main()
        finally:
            torch.set_num_threads(threads)
        return Ended(int(ended.value.code or 0), *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def tiny_faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with index.csv and one shard: 3 people with 4 photos each, 64 x 64."""
    folder = tmp_path_factory.mktemp("faces")
    rng = np.random.default_rng(0)
    columns = ["path", "split", "person", "width", "shard", "licence"]
    with (
        tarfile.open(folder / "shard.tar", "w") as archive,
        (folder / "index.csv").open("w", newline="") as index,
    ):
        writer = csv.DictWriter(index, columns)
        writer.writeheader()
        for person in range(PEOPLE):
            for photo in range(PHOTOS):
                name = f"made/p{person}/{photo}.jpg"
                picture = rng.integers(0, 255, (8, 8, 3), np.uint8).repeat(8, 0).repeat(8, 1)
                data = cv2.imencode(".jpg", picture)[1].tobytes()
                member = tarfile.TarInfo(name)
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
                writer.writerow(
                    dict(
                        zip(
                            columns,
                            [name, "train", f"p{person}", SIDE, "shard.tar", "CC0"],
                            strict=True,
                        )
                    )
                )
    return folder
