"""A tiny archive of faces, laid out like `../shared/data/faces`."""

from __future__ import annotations

import csv
import io
import tarfile
from pathlib import Path

import cv2
import numpy as np
import pytest

PEOPLE, PHOTOS, SIDE = 3, 4, 64


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
