"""Which photos a folder holds and whom they show, in the layouts of the usual data sets.

| data set | layout | identity |
| --- | --- | --- |
| CelebA | `img_align_celeba` or `img_celeba` with `identity_CelebA.txt` near it | its number |
| VGGFace2 | `n000001/0001_01.jpg` | the folder |
| LFW | `Aaron_Eckhart/Aaron_Eckhart_0001.jpg` | the folder |
| any other | `<source>/<identity>/<photo>.jpg` | the folder |
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nasfe_cam.image_io.photo_files import is_photo
from train.data.errors import IdentitiesUnreadable, PhotosMissing

CELEBA_LIST = "identity_CelebA.txt"
_CELEBA_IN_THE_WILD = "img_celeba"
_VGGFACE2_IDENTITY = re.compile(r"n\d{6}")


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo of a data set.

    Attributes:
        path: of the file, absolute.
        source: name of the data set.
        identity: what the data set calls the person; None where it names nobody.
    """

    path: Path
    source: str
    identity: str | None


def list_photos(source: Path) -> list[Photo]:
    """The photos below a folder, in a stable order.

    The names of CelebA and VGGFace2 do not depend on where their folder lies, so
    that a person falls into the same split on every machine. The people of CelebA
    are called c00001 and so on, as in `../shared/data`. Where CelebA's photos in
    the wild are there, its aligned ones, the same photos smaller, are left out.

    Args:
        source: folder of a data set, or of CelebA's photos alone.

    Raises:
        PhotosMissing: no such folder, or no photo in it.
        IdentitiesUnreadable: CelebA's list of identities is damaged.
    """
    source = source.absolute()
    files = list(_photo_files(source))
    if not files:
        raise PhotosMissing(source)
    celeba_list = _celeba_list(source)
    if celeba_list is None:
        return [_in_folder_of_identity(path) for path in files]
    identities = _read_identities(celeba_list)
    in_the_wild = [path for path in files if _CELEBA_IN_THE_WILD in path.parts]
    return [Photo(path, "celeba", identities.get(path.stem)) for path in in_the_wild or files]


def _photo_files(source: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(source):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(folder, name)
            if is_photo(path):
                yield path


def _celeba_list(source: Path) -> Path | None:
    """Where the list lies in CelebA's own layout and in the usual copies of it."""
    above = [source.parent, source.parent.parent] if source.name.lower().startswith("img") else []
    for folder in (source, *above):
        for path in (folder / CELEBA_LIST, folder / "Anno" / CELEBA_LIST):
            if path.is_file():
                return path
    return None


def _read_identities(path: Path) -> dict[str, str]:
    """Names of people by the photo's name without its ending: there are JPEG and PNG copies."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise IdentitiesUnreadable(path, str(error)) from None
    identities = {}
    for number, line in enumerate(lines, 1):
        words = line.split()
        if not words:
            continue
        if len(words) != 2 or not words[1].isdecimal():
            raise IdentitiesUnreadable(path, f"line {number} is {line[:40]!r}")
        identities[Path(words[0]).stem] = f"c{int(words[1]):05d}"
    return identities


def _in_folder_of_identity(path: Path) -> Photo:
    identity = path.parent.name
    if _VGGFACE2_IDENTITY.fullmatch(identity):
        return Photo(path, "vggface2", identity)
    return Photo(path, path.parent.parent.name or "photos", identity)
