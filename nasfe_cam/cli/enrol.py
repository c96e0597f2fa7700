"""`nasfe-cam enrol`: makes a profile from photos, or with the webcam."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import cv2
import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from nasfe_cam.cli.parser.options import with_settings
from nasfe_cam.cli.terminal import shown
from nasfe_cam.config.settings import Settings
from nasfe_cam.core.atomic_files import write_bytes
from nasfe_cam.core.errors import NasfeError, NothingToEnrol, ProfileExists
from nasfe_cam.core.frame import Frame
from nasfe_cam.enrolment.enrol import Enrolment
from nasfe_cam.enrolment.enrol import enrol as enrol_photos
from nasfe_cam.enrolment.examine import ChooseFace
from nasfe_cam.enrolment.from_camera import enrol_from_camera
from nasfe_cam.enrolment.networks import open_networks
from nasfe_cam.enrolment.photos import photo_files
from nasfe_cam.enrolment.webcam_steps import STEPS, Instruction, WebcamSteps
from nasfe_cam.faces.still_detector import PhotoFace
from nasfe_cam.measurement.profile_effect import ProfileEffect, profile_effect
from nasfe_cam.profiles.store import ProfileStore, profiles_folder
from nasfe_cam.sources.factory import open_source


@with_settings("source.width=capture-width", "source.height=capture-height")
def enrol(
    settings: Settings,
    photos: list[Path] = typer.Argument(
        None,
        metavar="PHOTOS",
        help="Photos of one person, or folders of photos; with --from-camera, the camera.",
    ),
    name: str = typer.Option(..., metavar="NAME", help="Name of the profile."),
    from_camera: bool = typer.Option(
        False, "--from-camera", help="Take pictures with the webcam instead."
    ),
    face: int | None = typer.Option(
        None,
        min=0,
        metavar="NUMBER",
        help="If a photo shows several faces, use this one, counted from the left; "
        "0 is the largest.",
    ),
    keep_photos: bool = typer.Option(
        True,
        help="Store small copies, cropped to the head, in the profile. The network is shown "
        "them; without them it repairs your face as anybody's.",
    ),
    comparison: Path | None = typer.Option(
        None,
        dir_okay=False,
        metavar="FILE",
        help="Write a picture there: one of the photos made bad, repaired without and with "
        "the others.",
    ),
    replace: bool = typer.Option(False, "--replace", help="Replace a profile of that name."),
    as_json: bool = typer.Option(False, "--json", help="One JSON document on stdout."),
) -> None:
    """Enrol a person, so that restoration stays true to their face.

    3 to 10 sharp photos in different light are best; 1 is enough. Small copies of the head
    are kept in the profile, and nothing leaves this computer.
    """
    store = ProfileStore(profiles_folder())
    if store.has(name) and not replace:
        raise ProfileExists(name)
    console = Console(stderr=as_json)
    if from_camera:
        source = str(photos[0]) if photos else settings.source.source
        chosen = settings.replaced({"source.source": source})
        enrolment = _from_camera(name, chosen, keep_photos, console)
    elif photos:
        enrolment = _from_photos(name, photos, _chooser(face), keep_photos, console)
    else:
        raise NothingToEnrol()
    path = store.save(enrolment.profile)
    effect = _effect(enrolment, settings, console)
    if as_json:
        print(json.dumps(enrolment_as_json(enrolment, path, effect), indent=2))
    else:
        _print(enrolment, path, console)
        if effect is not None:
            console.print(_in_words(effect), soft_wrap=True)
    if effect is not None and comparison is not None:
        write_bytes(comparison, cv2.imencode(".png", effect.side_by_side)[1].tobytes())


def enrolment_as_json(
    enrolment: Enrolment, path: Path, effect: ProfileEffect | None = None
) -> dict[str, object]:
    """The result for every photo, for programs."""
    return {
        "effect": None if effect is None else _likenesses(effect),
        "name": enrolment.profile.name,
        "file": str(path),
        "photos_kept": enrolment.profile.can_be_rebuilt,
        "accepted": [str(file) for file in enrolment.accepted],
        "quality": [
            asdict(photo.quality) | {"score": round(photo.quality.score, 3)}
            for photo in enrolment.profile.photos
        ],
        "rejected": [
            {"file": str(file), "reason": error.code, "message": str(error)}
            for file, error in enrolment.rejected
        ],
        "suggestions": [
            {"code": suggestion.value, "message": suggestion.words}
            for suggestion in enrolment.suggestions
        ],
    }


def _effect(enrolment: Enrolment, settings: Settings, console: Console) -> ProfileEffect | None:
    """What the photos do; the person is enrolled whether that can be shown or not."""
    with console.status("what your photos do"):
        try:
            return profile_effect(enrolment.profile, settings)
        except NasfeError as error:
            console.print(f"What the photos do could not be shown: {error}", markup=False)
            return None


def _likenesses(effect: ProfileEffect) -> dict[str, float]:
    names = ("bad", "repaired", "repaired_with_photos")
    return {name: round(one, 3) for name, one in zip(names, effect.likenesses, strict=True)}


def _in_words(effect: ProfileEffect) -> str:
    bad, without, with_photos = (f"{100 * one:.0f} %" for one in effect.likenesses)
    return (
        f"One of the photos, made bad: likeness {bad}; repaired {without}; "
        f"repaired with the help of the other photos {with_photos}."
    )


def _from_photos(
    name: str, photos: Sequence[Path], choose: ChooseFace, keep_photos: bool, console: Console
) -> Enrolment:
    files = photo_files(photos)
    with Progress(console=console, transient=True) as progress, open_networks() as networks:
        task = progress.add_task("looking at the photos", total=None)
        return enrol_photos(
            name,
            files,
            networks,
            lambda done, total: progress.update(task, completed=done, total=total),
            keep_photos=keep_photos,
            choose=choose,
        )


def _from_camera(name: str, settings: Settings, keep_photos: bool, console: Console) -> Enrolment:
    told: Instruction | None = None

    def show(state: WebcamSteps, frame: Frame) -> None:
        nonlocal told
        if state.instruction is not told:
            told = state.instruction
            number = len(STEPS) if state.step is None else STEPS.index(state.step) + 1
            console.print(f"[dim]{number}/{len(STEPS)}[/dim] {shown(told.words)}")

    with open_networks() as networks:
        source = open_source(settings.source, settings.output.label)
        try:
            console.print("Look at the camera. Ctrl+C cancels; nothing is saved then.")
            return enrol_from_camera(name, source, networks, show, keep_photos=keep_photos)
        finally:
            source.close()


def _chooser(number: int | None) -> ChooseFace:
    def choose(path: Path, faces: Sequence[PhotoFace]) -> PhotoFace | None:
        if number == 0:
            return faces[0]
        from_the_left = sorted(faces, key=lambda face: float(face.centre[0]))
        if number is None or number > len(from_the_left):
            return None
        return from_the_left[number - 1]

    return choose


def _print(enrolment: Enrolment, path: Path, console: Console) -> None:
    if enrolment.rejected:
        table = Table("photo", "reason", title="Photos not used", title_justify="left")
        files = (*enrolment.accepted, *(file for file, _ in enrolment.rejected))
        names = Counter(file.name for file in files)
        for file, error in enrolment.rejected:
            # Folders of two cameras have photos of the same names.
            label = file.name if names[file.name] == 1 else str(file)
            table.add_row(shown(label), shown(error))
        console.print(table)
        if any(error.code == "several-faces" for _, error in enrolment.rejected):
            console.print("--face N takes the Nth face from the left, --face 0 the largest.")
    name, count = shown(enrolment.profile.name), len(enrolment.accepted)
    console.print(f"[green]Enrolled[/green] {name} from {count} photo{'s' if count > 1 else ''}.")
    for suggestion in enrolment.suggestions:
        console.print(suggestion.words, soft_wrap=True)
    console.print(f'Use it with: nasfe-cam run --profile "{name}"', soft_wrap=True)
    console.print(f"[dim]{shown(path)}[/dim]", soft_wrap=True)
