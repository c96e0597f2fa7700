"""A video file as a source."""

from __future__ import annotations

import socket
import threading
import wave
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import psutil
import pytest

from nasfe_cam.core.errors import SourceNotFound, VideoUnreadable
from nasfe_cam.core.frame import Frame, Image
from nasfe_cam.image_io.codecs import DECODERS
from nasfe_cam.sources.video import VideoSource
from nasfe_cam.sources.video_decoder import DecodedPicture, VideoFile

Number = Callable[[Image], int]


def read_all(source: VideoSource, limit: int = 1000) -> list[Frame]:
    frames = []
    for _ in range(limit):
        frame = source.read()
        if frame is None:
            break
        frames.append(frame)
    source.close()
    return frames


def test_every_picture_comes_once_in_order_in_the_layout_of_the_pipeline(
    make_video, clock, number_of: Number
):
    frames = read_all(VideoSource(make_video(), clock=clock, sleep=clock.sleep))

    assert [number_of(frame.image) for frame in frames] == list(range(10))
    assert [frame.index for frame in frames] == list(range(10))
    for frame in frames:
        assert frame.image.shape == (48, 64, 3)
        assert frame.image.dtype == np.uint8
        assert frame.image.flags.c_contiguous


def test_colours_are_blue_green_red(make_video, clock):
    red = np.zeros((48, 64, 3), np.uint8)
    red[..., 2] = 255
    source = VideoSource(make_video(picture=lambda _: red), clock=clock, sleep=clock.sleep)

    frame = source.read()

    blue, green, red_level = frame.image.reshape(-1, 3).mean(axis=0)
    assert red_level > 240
    assert blue < 15
    assert green < 15


def test_pictures_come_at_the_time_stamps_of_the_file(make_video, clock):
    times = [0, 10, 50, 500, 510, 1500]
    source = VideoSource(make_video(times=times), clock=clock, sleep=clock.sleep)
    opened_at = clock.now
    clock.now += 5.0  # a slow start of the rest of the program is no reason to skip

    captured = [frame.captured_at - opened_at - 5.0 for frame in read_all(source)]

    assert captured == pytest.approx([time / 1000 for time in times], abs=0.002)


def test_a_file_that_starts_late_starts_at_once(make_video, clock):
    source = VideoSource(make_video(times=[5000, 5040]), clock=clock, sleep=clock.sleep)

    captured = [frame.captured_at - 1000.0 for frame in read_all(source)]

    assert captured == pytest.approx([0.0, 0.04], abs=0.002)


def test_a_gap_in_the_time_stamps_that_nobody_would_wait_for_is_closed(make_video, clock):
    source = VideoSource(make_video(times=[0, 40, 60_000, 60_040]), clock=clock, sleep=clock.sleep)

    captured = [frame.captured_at - 1000.0 for frame in read_all(source)]

    assert captured == pytest.approx([0.0, 0.04, 0.08, 0.12], abs=0.002)


def test_a_late_reader_gets_the_picture_that_is_due_and_a_gap_in_the_index(
    make_video, clock, number_of: Number
):
    source = VideoSource(make_video(), clock=clock, sleep=clock.sleep)
    source.read()
    clock.now += 0.21  # pictures 1 to 5 (40 ms each) have come due meanwhile

    late = source.read()
    following = source.read()

    assert (late.index, number_of(late.image)) == (5, 5)
    assert late.captured_at == pytest.approx(1000.21)
    assert (following.index, number_of(following.image)) == (6, 6)
    assert following.captured_at == pytest.approx(1000.24, abs=0.002)


def test_a_reader_later_than_the_clip_still_gets_its_last_picture(
    make_video, clock, number_of: Number
):
    source = VideoSource(make_video(), clock=clock, sleep=clock.sleep)
    source.read()
    clock.now += 60.0

    assert number_of(source.read().image) == 9
    assert source.read() is None


def test_a_machine_too_slow_to_catch_up_goes_on_slowly_instead_of_hanging(
    make_video, clock, monkeypatch
):
    decode = VideoFile.pictures

    def slow_decode(file: VideoFile) -> Iterator[DecodedPicture]:
        for picture in decode(file):
            clock.now += 0.1  # of a picture that is shown for 0.04 s
            yield picture

    monkeypatch.setattr(VideoFile, "pictures", slow_decode)
    source = VideoSource(make_video(), loop=True, clock=clock, sleep=clock.sleep)
    waits = []
    for _ in range(20):
        asked_at = clock.now
        source.read()
        waits.append(clock.now - asked_at)

    assert max(waits) < 0.5


def test_offline_every_picture_comes_without_waiting(make_video, clock, number_of: Number):
    source = VideoSource(make_video(), paced=False, clock=clock, sleep=clock.sleep)
    numbers = []
    while (frame := source.read()) is not None:
        numbers.append(number_of(frame.image))
        clock.now += 1.0

    assert numbers == list(range(10))
    assert clock.sleeps == []


def test_offline_the_position_in_the_clip_is_known(make_video, clock):
    source = VideoSource(make_video(times=[0, 30, 400]), paced=False, clock=clock)
    positions = []
    while source.read() is not None:
        positions.append(source.position)

    assert positions == pytest.approx([0.0, 0.03, 0.4], abs=0.002)


def test_a_looped_file_starts_again_while_index_and_time_go_on(
    make_video, clock, number_of: Number
):
    source = VideoSource(make_video(count=3), loop=True, clock=clock, sleep=clock.sleep)

    frames = read_all(source, limit=8)

    assert [number_of(frame.image) for frame in frames] == [0, 1, 2, 0, 1, 2, 0, 1]
    assert [frame.index for frame in frames] == list(range(8))
    gaps = np.diff([frame.captured_at for frame in frames])
    assert gaps == pytest.approx(np.full(7, 0.04), abs=0.002)


def test_after_the_end_it_stays_ended(make_video, clock):
    source = VideoSource(make_video(count=2), clock=clock, sleep=clock.sleep)

    assert [source.read() is None for _ in range(4)] == [False, False, True, True]


def test_a_closed_source_has_ended_and_may_be_closed_again(make_video, clock):
    source = VideoSource(make_video(), clock=clock, sleep=clock.sleep)
    source.read()
    source.close()
    source.close()

    assert source.read() is None


def test_closing_while_waiting_for_a_picture_ends_the_wait(make_video, clock):
    source: VideoSource

    def closing_sleep(seconds: float) -> None:
        source._pacer.stop()  # what another thread's close() does first

    source = VideoSource(make_video(times=[0, 9000]), clock=clock, sleep=closing_sleep)
    source.read()

    assert source.read() is None


def test_the_description_says_what_is_delivered(make_video, clock):
    description = VideoSource(make_video(size=(64, 48))).describe()

    assert (description.name, description.width, description.height) == ("clip.mkv", 64, 48)
    assert description.fps == pytest.approx(25.0)
    assert not description.live


@pytest.mark.parametrize(
    ("rotation", "red_corner"),
    [(90, (-1, 0)), (180, (-1, -1)), (-90, (0, -1))],
    ids=["left", "upside down", "right"],
)
def test_the_rotation_of_a_phone_is_undone(make_video, clock, rotation, red_corner):
    """Red is in the upper left corner of what is stored."""
    stored = np.zeros((64, 96, 3), np.uint8)
    stored[:32, :32, 2] = 255
    path = make_video("turned.mp4", size=(96, 64), rotation=rotation, picture=lambda _: stored)
    source = VideoSource(path, clock=clock, sleep=clock.sleep)

    image = source.read().image

    turned = abs(rotation) == 90
    assert image.shape[:2] == ((96, 64) if turned else (64, 96))
    assert (source.describe().width, source.describe().height) == image.shape[1::-1]
    assert image[red_corner][2] > 200
    assert image[-1 - red_corner[0], -1 - red_corner[1]][2] < 50
    assert image.flags.c_contiguous


def test_a_video_of_a_single_pixel_is_played(make_video, clock):
    path = make_video("one.mkv", size=(1, 1), codec="ffv1", pixel_format="bgr0", count=2)

    frames = read_all(VideoSource(path, clock=clock, sleep=clock.sleep))

    assert [frame.image.shape for frame in frames] == [(1, 1, 3)] * 2


@pytest.mark.parametrize("pixel_format", ["gray", "bgra", "gray16le"])
def test_grey_deep_and_transparent_videos_become_three_channels(
    make_video, clock, number_of: Number, pixel_format
):
    path = make_video("deep.mkv", codec="ffv1", pixel_format=pixel_format, size=(33, 17), count=4)

    frames = read_all(VideoSource(path, clock=clock, sleep=clock.sleep))

    assert [number_of(frame.image) for frame in frames] == [0, 1, 2, 3]
    assert frames[0].image.shape == (17, 33, 3)


def test_a_truncated_file_plays_up_to_the_damage(make_video, clock, number_of: Number):
    path = make_video(count=30, size=(160, 120))
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])

    frames = read_all(VideoSource(path, clock=clock, sleep=clock.sleep))

    assert 3 <= len(frames) < 30
    assert [number_of(frame.image) for frame in frames] == list(range(len(frames)))


def test_a_truncated_file_loops_over_what_can_be_read(make_video, clock):
    path = make_video(count=30, size=(160, 120))
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    source = VideoSource(path, loop=True, clock=clock, sleep=clock.sleep)

    assert len(read_all(source, limit=100)) == 100


@pytest.mark.parametrize("seed", range(5))
def test_damage_in_the_middle_is_passed_over(make_video, clock, seed):
    path = make_video(count=30, size=(160, 120))
    data = bytearray(path.read_bytes())
    start = len(data) // 3
    noise = np.random.default_rng(seed).integers(0, 256, len(data) // 20, np.uint8)
    data[start : start + len(noise)] = noise.tobytes()
    path.write_bytes(data)

    frames = read_all(VideoSource(path, clock=clock, sleep=clock.sleep))

    assert len(frames) >= 5
    assert all(frame.image.shape == (120, 160, 3) for frame in frames)
    assert all(np.diff([frame.captured_at for frame in frames]) >= 0)


def test_a_picture_that_cannot_be_decoded_costs_a_neighbour_at_most(
    make_video, clock, number_of: Number
):
    path = make_video("clip.avi", codec="png", pixel_format="rgb24")
    with av.open(str(path)) as container:
        packet = [packet for packet in container.demux(video=0) if packet.size][4]
        start, size = packet.pos, packet.size
    data = bytearray(path.read_bytes())
    start = data.index(b"\x89PNG", start)
    data[start : start + size] = bytes(size)
    path.write_bytes(data)

    frames = read_all(VideoSource(path, clock=clock, sleep=clock.sleep))

    # A decoder that works on several pictures at once may drop the next one with it.
    numbers = [number_of(frame.image) for frame in frames]
    assert [number for number in numbers if number != 5] == [0, 1, 2, 3, 6, 7, 8, 9]


def test_a_looped_file_that_vanishes_is_named(make_video, clock):
    path = make_video(count=2)
    source = VideoSource(path, loop=True, clock=clock, sleep=clock.sleep)
    source.read()
    source.read()
    path.unlink()

    with pytest.raises(SourceNotFound, match=r"clip\.mkv"):
        source.read()


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SourceNotFound, match=r"no\.mp4"):
        VideoSource(tmp_path / "no.mp4")


def test_a_folder_is_no_video(tmp_path):
    with pytest.raises(VideoUnreadable, match="folder"):
        VideoSource(tmp_path)


def test_an_empty_file_is_called_empty(tmp_path):
    path = tmp_path / "empty.mp4"
    path.touch()

    with pytest.raises(VideoUnreadable, match="the file is empty"):
        VideoSource(path)


@pytest.mark.parametrize("content", [b"hello world\n" * 1000, bytes(5000), b"\x00"])
def test_a_file_that_is_no_video_is_refused(tmp_path, content):
    path = tmp_path / "fake.mp4"
    path.write_bytes(content)

    with pytest.raises(VideoUnreadable, match="not a video"):
        VideoSource(path)


@pytest.mark.parametrize("kept", [0.05, 0.3, 0.6, 0.8, 0.9, 0.97])
@pytest.mark.parametrize("name", ["cut.mp4", "cut.mkv", "cut.avi"])
def test_a_file_cut_anywhere_plays_or_is_refused_by_name(make_video, clock, name, kept):
    path = make_video(name)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])

    try:
        frames = read_all(VideoSource(path, clock=clock, sleep=clock.sleep))
    except VideoUnreadable as error:
        assert str(path) in str(error)
    else:
        assert 1 <= len(frames) <= 10


def test_an_mp4_cut_before_its_index_is_refused(make_video):
    path = make_video("cut.mp4")
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"moov")])

    with pytest.raises(VideoUnreadable, match=r"cut\.mp4 cannot be played.*damaged"):
        VideoSource(path)


def test_music_is_refused_for_holding_no_video(tmp_path):
    path = tmp_path / "music.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44100)
        frame = av.AudioFrame.from_ndarray(
            np.zeros((1, 44100), np.float32), format="fltp", layout="mono"
        )
        frame.sample_rate = 44100
        container.mux(stream.encode(frame))
        container.mux(stream.encode())

    with pytest.raises(VideoUnreadable, match="it holds no video"):
        VideoSource(path)


def test_a_sound_file_is_refused(tmp_path):
    path = tmp_path / "sound.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(16000))

    with pytest.raises(VideoUnreadable):
        VideoSource(path)


def test_a_video_of_too_many_pixels_is_refused_before_decoding(make_video):
    path = make_video("huge.mkv", size=(320, 321), codec="ffv1", count=1)
    width, height = b"\xb0\x82\x01\x40", b"\xba\x82\x01\x41"
    data = path.read_bytes()
    assert data.count(width) == data.count(height) == 1
    data = data.replace(width, b"\xb0\x82\x40\x00").replace(height, b"\xba\x82\x20\x08")
    path.write_bytes(data)

    with pytest.raises(VideoUnreadable, match="16384 x 8200 pixels"):
        VideoSource(path)


@pytest.mark.parametrize(("name", "codec"), [("huge.mp4", "libx264"), ("huge.avi", "png")])
def test_a_small_file_of_huge_moving_pictures_is_refused_with_the_limit(
    make_video, name: str, codec: str
) -> None:
    path = make_video(
        name, size=(8192, 4096), codec=codec, count=1,
        pixel_format="rgb24" if codec == "png" else "yuv420p",
        picture=lambda _: np.zeros((4096, 8192, 3), np.uint8),
    )  # fmt: skip
    with pytest.raises(VideoUnreadable, match="8192 x 4096 pixels are more than 4096 x 4096"):
        VideoSource(path)


@pytest.mark.parametrize("codec", ["asv1", "snow", "cinepak"])
def test_compression_that_nobody_uses_is_not_decoded(make_video, codec: str) -> None:
    """Faults in FFmpeg's decoders of old games and forgotten programs cannot be reached."""
    path = make_video(
        "old.avi", codec=codec, size=(64, 64), count=2,
        pixel_format="rgb24" if codec == "cinepak" else "yuv420p",
        picture=lambda _: np.zeros((64, 64, 3), np.uint8),
    )  # fmt: skip
    with pytest.raises(VideoUnreadable, match="compression is not known here"):
        VideoSource(path)


def test_every_kind_of_compression_that_is_let_in_is_one_that_ffmpeg_has() -> None:
    """But for those that one system's build has and another's lacks."""
    lacking = {name for name in DECODERS if name not in av.codecs_available}
    assert lacking <= {"libvpx", "libvpx-vp9", "libdav1d", "mjpegb", "mpegvideo"}
    assert "rasc" in av.codecs_available and "rasc" not in DECODERS


@pytest.fixture
def server() -> Iterator[tuple[str, list[object]]]:
    """Address of a server that hangs up on every caller, and the callers it had."""
    callers: list[object] = []

    def hang_up() -> None:
        while True:
            try:
                connection, caller = listener.accept()
            except OSError:
                return
            callers.append(caller)
            connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=hang_up, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/x.ts", callers
        # Closing alone does not wake a thread that waits in accept.
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize("name", ["list.m3u8", "clip.mp4", "list.txt"])
def test_no_playlist_in_a_local_file_reaches_the_network(tmp_path, server, name):
    address, callers = server
    path = tmp_path / name
    path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{address}\n#EXT-X-ENDLIST\n")

    with pytest.raises(VideoUnreadable):
        VideoSource(path)
    assert callers == []


def test_a_playlist_that_is_let_in_still_reaches_no_network(tmp_path, server, monkeypatch):
    """The second wall, should the list of containers ever grow by one too many."""
    monkeypatch.setattr("nasfe_cam.sources.video_decoder._CONTAINERS", "hls,mov")
    address, callers = server
    path = tmp_path / "list.m3u8"
    path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{address}\n#EXT-X-ENDLIST\n")

    with pytest.raises(VideoUnreadable):
        VideoSource(path)
    assert callers == []


def test_no_list_in_a_local_file_opens_another_file(tmp_path, make_video):
    make_video("secret.mkv")
    path = tmp_path / "list.mkv"
    path.write_text("ffconcat version 1.0\nfile secret.mkv\n")

    with pytest.raises(VideoUnreadable):
        VideoSource(path)


def test_a_file_named_like_a_protocol_is_just_a_file(make_video, clock, monkeypatch, tmp_path):
    make_video().rename(tmp_path / "concat:a|b")
    monkeypatch.chdir(tmp_path)

    assert len(read_all(VideoSource(Path("concat:a|b"), clock=clock, sleep=clock.sleep))) == 10


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "count", "size"),
    [
        ("aoc.mp4", 200, (512, 512)),
        ("d13.mp4", 352, (720, 1280)),
        ("obama_speaking.mp4", 259, (512, 388)),
        ("twitch1.mp4", 368, (642, 488)),
    ],
)
def test_real_clips_play_from_end_to_end(shared_data: Path, name, count, size):
    source = VideoSource(shared_data / "clips" / name, paced=False)
    frames = 0
    while (frame := source.read()) is not None:
        assert frame.image.shape[1::-1] == size
        frames += 1
    source.close()

    assert frames == count


@pytest.mark.parametrize(
    ("aspect", "expected"), [("512:360", (48, 91)), ("1:2", (96, 64)), ("1:1", (48, 64))]
)
def test_stated_pixels_that_are_not_square_are_shown_in_their_shape(
    tmp_path, aspect: str, expected: tuple[int, int]
) -> None:
    path = tmp_path / "sar.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        width, height = aspect.split(":")
        stream.codec_context.sample_aspect_ratio = Fraction(int(width), int(height))
        for _ in range(3):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 90, np.uint8), format="bgr24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    source = VideoSource(path, paced=False)
    frame = source.read()
    source.close()
    assert frame is not None and frame.image.shape[:2] == expected
    assert source.describe().width == expected[1]


def test_a_closed_clip_ends_its_decoder(make_video) -> None:
    path = make_video("threads.mp4", codec="libx264", size=(320, 240))

    def threads() -> int:
        return psutil.Process().num_threads()

    VideoSource(path, paced=False).close()
    before = threads()
    kept = []
    for _ in range(20):
        source = VideoSource(path, paced=False)
        source.read()
        source.close()
        kept.append(source)
    assert threads() <= before + 2
