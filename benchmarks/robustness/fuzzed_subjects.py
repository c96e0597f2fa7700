"""What is fuzzed: each subject gives one input after the other to what takes it in the program."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

from benchmarks.robustness.fuzzed_clips import whole_clips
from benchmarks.robustness.fuzzed_files import PROFILE, damaged, fuzzed_file
from benchmarks.robustness.fuzzed_words import message, output_name, settings_change, settings_file
from nasfe_cam.config.settings import Settings, SourceSettings, load_settings
from nasfe_cam.config.store import save_settings
from nasfe_cam.control.protocol.channel import Channel, open_channel
from nasfe_cam.control.protocol.endpoint import Endpoint
from nasfe_cam.control.protocol.errors import ControlConnectionLost, ControlError
from nasfe_cam.control.protocol.messages import Failed, Hello, Stop, encode, parse_from_camera
from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.frame import Frame
from nasfe_cam.core.user_files import expanded
from nasfe_cam.enrolment.examine import examine_file
from nasfe_cam.enrolment.networks import EnrolmentNetworks, open_networks
from nasfe_cam.enrolment.photos import read_photo, read_reduced_photo
from nasfe_cam.image_io.crop_png import decode_copy
from nasfe_cam.profiles.store import ProfileStore
from nasfe_cam.profiles.transfer import import_profile
from nasfe_cam.sinks.factory import open_sinks
from nasfe_cam.sources.factory import open_source
from nasfe_cam.sources.video import VideoSource

TryOne = Callable[[int, int], object]
"""Given seed and number; raises NasfeError where the input is refused in words."""

# Looking for faces takes most of the time, and decodes nothing.
_LOOK_EVERY = 10
_MOST_FRAMES = 100
_PATIENCE_SECONDS = 5.0


@contextmanager
def photos(folder: Path, look: bool) -> Iterator[TryOne]:
    """Damaged photos, for enrolment."""
    networks: EnrolmentNetworks | None = open_networks() if look else None

    def try_one(seed: int, number: int) -> None:
        suffix, content = fuzzed_file(seed, number, "photos")
        path = folder / f"fuzzed{suffix}"
        path.write_bytes(content)
        read_photo(path)
        # So small that the decoder leaves pixels out.
        read_reduced_photo(path, 10)
        if networks is not None and number % _LOOK_EVERY == 0:
            examine_file(path, networks, lambda path, faces: faces[0])

    try:
        yield try_one
    finally:
        if networks is not None:
            networks.__exit__(None, None, None)


@contextmanager
def profiles(folder: Path, look: bool) -> Iterator[TryOne]:
    """Damaged profiles, for the store and for import."""
    store = ProfileStore(folder / "profiles")

    def try_one(seed: int, number: int) -> None:
        _, content = fuzzed_file(seed, number, "profiles")
        path = folder / f"fuzzed{PROFILE}"
        path.write_bytes(content)
        profile = import_profile(store, path, overwrite=True)
        for photo in profile.photos:
            if photo.copy is not None:
                decode_copy(photo.copy)
        assert profile.name in store.names()
        store.load(profile.name)

    yield try_one


@contextmanager
def clips(folder: Path, look: bool) -> Iterator[TryOne]:
    """Damaged clips, as the camera."""
    whole = whole_clips()

    def try_one(seed: int, number: int) -> None:
        random = np.random.default_rng((seed, number))
        name, content = whole[number % len(whole)]
        path = folder / name
        path.write_bytes(damaged(content, random))
        source = open_source(SourceSettings(source=str(path)), "NASFE Camera", paced=False)
        try:
            for _ in range(_MOST_FRAMES if isinstance(source, VideoSource) else 1):
                if source.read() is None:
                    break
        finally:
            source.close()

    yield try_one


@contextmanager
def settings(folder: Path, look: bool) -> Iterator[TryOne]:
    """Strange settings files, read and changed."""
    path = folder / "settings.toml"

    def try_one(seed: int, number: int) -> None:
        random = np.random.default_rng((seed, number))
        path.write_bytes(settings_file(random))
        name, value = settings_change(random)
        with suppress(NasfeError):
            Settings().replaced({name: value})
        loaded = load_settings(path)
        saved = save_settings({"restore.white_balance": False}, path)
        assert loaded.replaced({"restore.white_balance": False}) == saved
        assert load_settings(path) == saved

    yield try_one


@contextmanager
def outputs(folder: Path, look: bool) -> Iterator[TryOne]:
    """Strange names of recordings; what is taken must be a clip of that name."""
    images = [np.full((32, 32, 3), 8 * number, np.uint8) for number in range(3)]
    asked = {"output.outputs": ("file",), "output.width": 32, "output.height": 32}
    before = Path.cwd()
    os.chdir(folder)

    def try_one(seed: int, number: int) -> None:
        name = output_name(np.random.default_rng((seed, number)))
        path = Path(name)
        form = Settings().replaced(asked | {"output.file": name}).output
        (sink,) = open_sinks(form)
        for index, image in enumerate(images):
            sink.show(Frame(image, index / 30, index))
        sink.close()
        with av.open(f"file:{expanded(path)}") as recorded:
            assert sum(1 for _ in recorded.decode(video=0)) == len(images)
        expanded(path).unlink()

    try:
        yield try_one
    finally:
        os.chdir(before)


@contextmanager
def messages(folder: Path, look: bool) -> Iterator[TryOne]:
    """Strange messages to a running camera, which must answer each and go on."""
    with (
        tempfile.TemporaryDirectory(prefix="nasfe-") as runtime,
        (folder / "log").open("w+") as log,
    ):
        picture = folder / "picture.png"
        cv2.imwrite(str(picture), np.full((48, 64, 3), 90, np.uint8))
        # Changes of the source are tried out in an empty folder.
        (folder / "empty").mkdir(exist_ok=True)
        camera = subprocess.Popen(
            [sys.executable, "-m", "nasfe_cam", "run", "--output", "none", "--source", str(picture),
             "--width", "64", "--height", "48", "--capture-fps", "5"],
            env=os.environ | {"XDG_RUNTIME_DIR": runtime, "XDG_CONFIG_HOME": str(folder / "config"),
                              "PYTHONPATH": os.pathsep.join(sys.path)},
            cwd=folder / "empty", stdout=subprocess.DEVNULL, stderr=log,
        )  # fmt: skip
        talk = _Talk(Endpoint(Path(runtime) / "nasfe-cam"), camera)
        try:
            talk.wait_for_start()
            yield talk.try_one
            talk.stop()
        finally:
            camera.kill()
            camera.wait()
        log.seek(0)
        said = log.read()
        assert "Traceback" not in said, said
        assert "could not be done" not in said, said


class _Talk:
    """The messages to one camera."""

    def __init__(self, endpoint: Endpoint, camera: subprocess.Popen[Any]) -> None:
        self._endpoint = endpoint
        self._camera = camera
        self._channel: Channel | None = None

    def wait_for_start(self) -> None:
        deadline = time.monotonic() + 100
        while self._channel is None:
            assert self._camera.poll() is None and time.monotonic() < deadline, "it did not start"
            try:
                self._channel = self._greeted()
            except ControlError:
                time.sleep(0.2)

    def try_one(self, seed: int, number: int) -> None:
        assert self._camera.poll() is None, f"the camera ended with {self._camera.returncode}"
        if self._channel is None:
            self._channel = self._greeted()
        data = message(np.random.default_rng((seed, number)))
        try:
            self._channel.send(data)
            answer = self._answer(self._channel)
        except ControlConnectionLost:
            self._let_go()
            raise
        if isinstance(answer, Failed):
            if answer.id == 0:
                self._let_go()
            assert "unexpected" not in answer.error.code, answer.error
            raise _refusal(answer.error.code)

    def stop(self) -> None:
        self._let_go()
        channel = self._greeted()
        channel.send(encode(Stop(id=1)))
        assert self._camera.wait(60) == 0
        channel.close()

    def _greeted(self) -> Channel:
        channel = open_channel(self._endpoint)
        channel.send(encode(Hello()))
        assert channel.receive(_PATIENCE_SECONDS) is not None, "no answer to the greeting"
        return channel

    @staticmethod
    def _answer(channel: Channel) -> object:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            data = channel.receive(_PATIENCE_SECONDS)
            assert data is not None, "no answer"
            answer = parse_from_camera(data)
            # What was subscribed to comes in between.
            if hasattr(answer, "id"):
                return answer
        raise AssertionError("no answer")

    def _let_go(self) -> None:
        if self._channel is not None:
            self._channel.close()
            self._channel = None


def _refusal(code: str) -> NasfeError:
    """What the camera said, as an error of this side."""
    refused = NasfeError()
    refused.code = code  # type: ignore[misc]
    return refused


SUBJECTS = {
    "photos": photos,
    "clips": clips,
    "settings": settings,
    "profiles": profiles,
    "messages": messages,
    "outputs": outputs,
}
"""By name."""
