"""The photos of the usual data sets are found, with the people whom they show."""

from __future__ import annotations

from pathlib import Path

import pytest

from train.data.errors import IdentitiesUnreadable, PhotosMissing
from train.data.preparation.photo_layouts import list_photos


def folder_with(root: Path, *names: str, listed: str | None = None, list_at: str = "") -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    if listed is not None:
        path = root / list_at / "identity_CelebA.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(listed)
    return root


def found(source: Path) -> list[tuple[str, str, str | None]]:
    return [(photo.path.name, photo.source, photo.identity) for photo in list_photos(source)]


def test_vggface2_is_known_by_its_folders_wherever_it_lies(tmp_path: Path) -> None:
    source = folder_with(tmp_path, "train/n000002/0001_01.jpg", "test/n000001/0002_01.jpg")
    expected = [("0002_01.jpg", "vggface2", "n000001"), ("0001_01.jpg", "vggface2", "n000002")]
    assert found(source) == expected
    assert found(source / "train") == expected[1:]


def test_lfw_has_a_folder_for_everybody(tmp_path: Path) -> None:
    source = folder_with(tmp_path / "lfw", "Zoe_A/Zoe_A_0002.jpg", "Al_B/Al_B_0001.jpg")
    assert found(source) == [
        ("Al_B_0001.jpg", "lfw", "Al_B"),
        ("Zoe_A_0002.jpg", "lfw", "Zoe_A"),
    ]


def test_any_other_folder_is_source_identity_photo(tmp_path: Path) -> None:
    folder_with(
        tmp_path / "mine", "club/ann/1.png", "club/bob/1.WEBP", "work/ann/x.jpeg", "club/notes.txt"
    )
    folder_with(tmp_path / "mine", "club/.hidden/1.jpg", "club/ann/.2.jpg")
    assert found(tmp_path / "mine") == [
        ("1.png", "club", "ann"),
        ("1.WEBP", "club", "bob"),
        ("x.jpeg", "work", "ann"),
    ]
    assert found(tmp_path / "mine" / "club" / "ann") == [("1.png", "club", "ann")]


@pytest.mark.parametrize(
    ("photos", "list_at", "given"),
    [
        ("img_align_celeba", "", ""),
        ("img_align_celeba", "", "img_align_celeba"),
        ("Img/img_align_celeba", "Anno", ""),
        ("Img/img_align_celeba", "Anno", "Img"),
        ("Img/img_celeba", "Anno", "Img/img_celeba"),
    ],
)
def test_celeba_takes_people_from_its_list(
    tmp_path: Path, photos: str, list_at: str, given: str
) -> None:
    listed = "000001.jpg 2880\n000002.jpg 7\n000009.jpg 7\n"
    root = folder_with(
        tmp_path, f"{photos}/000001.jpg", f"{photos}/000002.jpg", listed=listed, list_at=list_at
    )
    assert found(root / given) == [
        ("000001.jpg", "celeba", "c02880"),
        ("000002.jpg", "celeba", "c00007"),
    ]


def test_celeba_in_png_uses_the_same_list(tmp_path: Path) -> None:
    folder_with(tmp_path, "img_align_celeba_png/000001.png", listed="000001.jpg 12\n")
    assert found(tmp_path) == [("000001.png", "celeba", "c00012")]


def test_a_photo_that_celeba_does_not_list_shows_nobody_known(tmp_path: Path) -> None:
    folder_with(tmp_path, "img_celeba/extra.jpg", listed="000001.jpg 12\n")
    assert found(tmp_path) == [("extra.jpg", "celeba", None)]


def test_celeba_in_the_wild_stands_for_its_smaller_copies(tmp_path: Path) -> None:
    folder_with(
        tmp_path,
        "Img/img_align_celeba/000001.jpg",
        "Img/img_celeba/000001.jpg",
        listed="000001.jpg 12\n",
        list_at="Anno",
    )
    assert [photo.path.parent.name for photo in list_photos(tmp_path)] == ["img_celeba"]
    aligned = list_photos(tmp_path / "Img" / "img_align_celeba")
    assert [photo.path.parent.name for photo in aligned] == ["img_align_celeba"]


@pytest.mark.parametrize("line", ["000002.jpg", "000002.jpg x", "a b 3", "000002.jpg -1"])
def test_a_damaged_list_of_identities_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    folder_with(tmp_path, "img_celeba/000001.jpg", listed=f"000001.jpg 12\n{line}\n")
    with pytest.raises(IdentitiesUnreadable, match=r"identity_CelebA\.txt .*line 2"):
        list_photos(tmp_path)


@pytest.mark.parametrize("name", ["missing", "empty", "texts", "file.jpg"])
def test_a_source_without_photos_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    folder_with(tmp_path, "texts/ann/notes.txt", "file.jpg")
    with pytest.raises(PhotosMissing, match=name):
        list_photos(tmp_path / name)
