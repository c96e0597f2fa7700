"""Packs what a machine that is at hand for minutes can take: small crops with landmarks.

The pack is a shard (`train.synthesis.shards`) of at most so many bytes. People with several
photos come first, then moving clips, then single faces: what a short training can learn from
most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from train.guided.scenes.photos import Photo, PhotoPool
from train.synthesis.shards import FaceToStore, encode, write_faces
from train.synthesis.subjects import Kind

SIDE, QUALITY = 176, 88
"""Of packed crops; smaller ones are left out."""

# A member of a tar takes whole blocks and a header, and the landmarks 478 x 2 float32.
_OVERHEAD = 1024 + 478 * 8 + 80
# Shares of the bytes; single faces get what is left.
_SHARES = {Kind.PERSON: 0.55, Kind.CLIP: 0.2, Kind.SINGLE: 1.0}


def pack(pool: PhotoPool, path: Path, most_bytes: int, seed: int = 0) -> dict[Kind, int]:
    """Write a pack; returns how many faces of each kind are in it.

    Args:
        pool: what there is.
        path: the shard.
        most_bytes: of the file.
        seed: decides who is taken.
    """
    rng = np.random.default_rng(seed)
    people = [_large(photos) for photos in pool.people]
    groups: dict[Kind, Sequence[Sequence[Photo]]] = {
        Kind.PERSON: [photos for photos in people if len(photos) > 1],
        Kind.CLIP: pool.clips,
        Kind.SINGLE: [[photo] for photo in _large(pool.alone)],
    }
    counts = dict.fromkeys(Kind, 0)

    def chosen() -> Iterator[FaceToStore]:
        used = 20_480
        for kind, people in groups.items():
            limit = min(most_bytes, used + int(_SHARES[kind] * (most_bytes - used)))
            for index in rng.permutation(len(people)):
                faces = list(_faces(kind, f"{kind}-{index:05}", people[int(index)]))
                size = sum(len(face.jpegs[SIDE]) + _OVERHEAD for face in faces)
                if used + size > limit:
                    break
                used += size
                counts[kind] += len(faces)
                yield from faces

    write_faces(path, chosen())
    return counts


def _large(photos: Iterable[Photo]) -> list[Photo]:
    return [photo for photo in photos if photo.side >= SIDE]


def _faces(kind: Kind, person: str, photos: Iterable[Photo]) -> Iterator[FaceToStore]:
    for frame, photo in enumerate(photos):
        bgr = np.ascontiguousarray(photo.at(SIDE)[..., ::-1])
        yield FaceToStore(kind, person, frame, photo.landmarks, {SIDE: encode(bgr, QUALITY)})
