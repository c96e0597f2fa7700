"""Whole pictures from those of recorders that film every other line at a time."""

from __future__ import annotations

from collections.abc import Iterator

import av
from av.filter import Graph
from av.video.frame import VideoFrame


class Deinterlacer:
    """Fills the missing lines of pictures that say that they are interlaced (FFmpeg's yadif).

    From the first of them on, every picture is held back until the next one is there.
    """

    def __init__(self) -> None:
        self._graph: Graph | None = None
        self._form: tuple[int, int, str] | None = None

    def passed(self, picture: VideoFrame) -> Iterator[VideoFrame]:
        """The pictures that are ready now that this one is there; raises av.FFmpegError."""
        form = (picture.width, picture.height, picture.format.name)
        if self._graph is not None and form != self._form:
            yield from self.rest()
        if self._graph is None and not picture.interlaced_frame:
            yield picture
            return
        if self._graph is None:
            self._graph, self._form = _graph(picture), form
        self._graph.vpush(picture)
        yield from _ready(self._graph)

    def rest(self) -> Iterator[VideoFrame]:
        """What was held back at the end; raises av.FFmpegError."""
        graph, self._graph = self._graph, None
        if graph is not None:
            graph.vpush(None)
            yield from _ready(graph)


def _graph(picture: VideoFrame) -> Graph:
    graph = Graph()
    graph.link_nodes(
        graph.add_buffer(
            width=picture.width,
            height=picture.height,
            format=picture.format,
            time_base=picture.time_base,
        ),
        # Progressive pictures between interlaced ones stay as they are.
        graph.add("yadif", deint="interlaced"),
        graph.add("buffersink"),
    ).configure()
    return graph


def _ready(graph: Graph) -> Iterator[VideoFrame]:
    while True:
        try:
            yield graph.vpull()
        except (av.BlockingIOError, av.EOFError):
            return
