"""Each reason for which a photo is refused, shown with a real picture; good ones are taken."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.people.occluders import open_mouth
from benchmarks.people.photo_checks import SPOILS
from nasfe_cam.core import photo_errors
from nasfe_cam.core.frame import Image
from nasfe_cam.core.photo_errors import PhotoError
from nasfe_cam.enrolment.examine import examine, examine_file
from nasfe_cam.enrolment.meant_face import large_faces
from nasfe_cam.enrolment.networks import EnrolmentNetworks
from nasfe_cam.enrolment.photos import read_photo
from nasfe_cam.faces.recogniser import cosine

Photos = Callable[[str, int], list[Path]]
pytestmark = pytest.mark.shared

PERSON = "celeba_wild_c07234"


@pytest.fixture(scope="session")
def test_crop(shared_data: Path) -> Callable[[str], Image]:
    """A crop of `../shared/data/faces` by its path there."""

    def read(name: str, shard: str = "faces-test-000.tar") -> Image:
        with tarfile.open(shared_data / "faces" / shard) as archive:
            content = archive.extractfile(name)
            assert content is not None
            image = cv2.imdecode(np.frombuffer(content.read(), np.uint8), cv2.IMREAD_COLOR)
        return np.asarray(image, np.uint8)

    return read


def reason(image: Image, networks: EnrolmentNetworks) -> PhotoError:
    with pytest.raises(PhotoError) as caught:
        examine(image, networks)
    return caught.value


@pytest.mark.parametrize(
    ("file", "error"),
    [
        ("enrol/clip_d13/02.jpg", photo_errors.EyesClosed),
        ("enrol/clip_aoc/03.jpg", photo_errors.EyesClosed),
        ("real/gfpgan_whole_Blake_Lively.jpg", photo_errors.SeveralFacesInPhoto),
        ("real/codeformer_0342.jpg", photo_errors.PhotoBlurred),
        ("real/codeformer_whole_04.jpg", photo_errors.FaceTooSmall),
    ],
)
def test_a_real_photo_is_refused_for_its_reason(
    shared_data: Path, networks: EnrolmentNetworks, file: str, error: type[PhotoError]
) -> None:
    assert type(reason(read_photo(shared_data / file), networks)) is error


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("celeba_wild/c07234/006.jpg", photo_errors.EyesHidden),
        ("celeba_wild/c07255/009.jpg", photo_errors.EyesHidden),
        ("celeba_wild/c07477/003.jpg", photo_errors.FaceTurnedAway),
        ("celeba_wild/c07443/000.jpg", photo_errors.FaceTurnedAway),
    ],
)
def test_sunglasses_and_a_head_turned_away_are_refused(
    test_crop: Callable[[str], Image],
    networks: EnrolmentNetworks,
    name: str,
    error: type[PhotoError],
) -> None:
    assert type(reason(test_crop(name), networks)) is error


@pytest.mark.parametrize(
    "spoil", sorted(set(SPOILS) - {"hand on the mouth, drawn", "scarf, drawn"})
)
def test_a_spoiled_photo_is_refused_for_its_reason(
    photos_of: Photos, networks: EnrolmentNetworks, spoil: str
) -> None:
    crop = examine(read_photo(photos_of(PERSON, 2)[1]), networks).crop
    code, draw = SPOILS[spoil]
    spoiled = draw(crop.copy(), networks.finder.find(crop)[0].landmarks)

    error = reason(spoiled, networks)

    assert error.code == code
    said, remedy = str(error).rstrip(".").split(". ")
    assert said and remedy


@pytest.mark.parametrize("file", ["clip_aoc/01", "clip_twitch1/00", "deepface_p2/01"])
def test_a_wide_open_mouth_is_not_covered(
    shared_data: Path, networks: EnrolmentNetworks, file: str
) -> None:
    crop = examine(read_photo(shared_data / "enrol" / f"{file}.jpg"), networks).crop
    speaking = open_mouth(crop, networks.finder.find(crop)[0].landmarks)
    assert examine(speaking, networks).quality.side > 0


def test_dark_skin_in_good_light_is_no_dark_photo(
    test_crop: Callable[..., Image], networks: EnrolmentNetworks
) -> None:
    image = test_crop("mebeauty/m0279/000.jpg", "faces-train-003.tar")
    assert examine(image, networks).quality.brightness < 40


def test_a_pattern_on_a_wall_is_no_second_face(
    shared_data: Path, networks: EnrolmentNetworks
) -> None:
    photo = read_photo(shared_data / "enrol" / "clip_obama_speaking" / "00.jpg")
    assert len(large_faces(networks.finder.find(photo))) == 1
    assert examine(photo, networks).quality.side > 400


def test_one_of_several_faces_can_be_chosen(shared_data: Path, networks: EnrolmentNetworks) -> None:
    path = shared_data / "real" / "gfpgan_whole_Blake_Lively.jpg"
    photo = read_photo(path)
    faces = large_faces(networks.finder.find(photo))
    assert len(faces) == 2 and faces[0].area >= faces[1].area

    each = [examine(photo, networks, face).embedding for face in faces]
    asked: list[int] = []

    def smaller(_: Path, candidates: object) -> object:
        asked.append(len(candidates))  # type: ignore[arg-type]
        return candidates[-1]  # type: ignore[index]

    chosen = examine_file(path, networks, smaller)  # type: ignore[arg-type]
    assert asked == [2]
    assert cosine(chosen.embedding, each[1]) > 0.99 > 0.5 > cosine(each[0], each[1])


def test_where_nobody_chooses_the_number_of_faces_is_told(
    shared_data: Path, networks: EnrolmentNetworks
) -> None:
    path = shared_data / "real" / "gfpgan_whole_Blake_Lively.jpg"
    with pytest.raises(photo_errors.SeveralFacesInPhoto) as caught:
        examine_file(path, networks, lambda path, faces: None)
    assert caught.value.count == 2


def test_the_pose_is_measured_towards_the_persons_own_side(
    shared_data: Path, networks: EnrolmentNetworks
) -> None:
    folder = shared_data / "enrol" / "clip_obama_speaking"
    left, right = (examine(read_photo(folder / name), networks) for name in ("00.jpg", "02.jpg"))
    assert left.quality.yaw > 12 and right.quality.yaw < -12


@pytest.fixture
def telephone_photo(photos_of: Photos, tmp_path: Path) -> Callable[[float], Path]:
    """A JPEG of 12 megapixels in which the head takes a part of the height."""

    def write(share: float) -> Path:
        photo = read_photo(photos_of(PERSON, 2)[1])
        scale = share * 4000 / photo.shape[0]
        face = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        canvas = np.full((4000, 3000, 3), 128, np.uint8)
        canvas[300 : 300 + face.shape[0], 200 : 200 + face.shape[1]] = face
        path = tmp_path / "telephone.jpg"
        cv2.imwrite(str(path), canvas, [cv2.IMWRITE_JPEG_QUALITY, 95])
        return path

    return write


def fine_structure(crop: Image) -> float:
    return float(cv2.Laplacian(crop, cv2.CV_64F).var())


@pytest.mark.parametrize("share", [0.6, 0.15])
def test_a_large_photo_gives_the_same_face_as_if_it_were_decoded_whole(
    telephone_photo: Callable[[float], Path], networks: EnrolmentNetworks, share: float
) -> None:
    path = telephone_photo(share)
    whole = examine(read_photo(path), networks)
    quick = examine_file(path, networks, lambda path, faces: None)
    assert cosine(whole.embedding, quick.embedding) > 0.98
    assert quick.quality.side == pytest.approx(whole.quality.side, rel=0.02)
    # Nor is it softer: where the head is small, all pixels were decoded.
    assert fine_structure(quick.crop) > 0.7 * fine_structure(whole.crop)
