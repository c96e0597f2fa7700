"""Several processes that film, for a device that trains faster than one core can draw."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from types import TracebackType
from typing import Self

import cv2
import torch

from nasfe_cam.core.errors import NasfeError
from train.guided.scenes.streams import FrameBatch, StreamSampler

_WAITING = 2
_PATIENCE = 300.0


class WorkerFailed(NasfeError):
    code = "training-worker-failed"
    text = "A process that draws pictures for the training failed ({reason})."
    remedy = "Try again with fewer --workers."

    reason: str


class WorkerBatches:
    """Batches of many samplers in turns, each in a process of its own.

    Processes are forked, so they must be started before the device is used.

    Args:
        make: makes the sampler of a worker's number.
        count: of workers.
    """

    def __init__(self, make: Callable[[int], StreamSampler], count: int) -> None:
        context = multiprocessing.get_context("fork")
        self._queues: list[Queue[FrameBatch | str]] = [
            context.Queue(_WAITING) for _ in range(count)
        ]
        self._workers: list[BaseProcess] = [
            context.Process(target=_film, args=(make, number, queue), daemon=True)
            for number, queue in enumerate(self._queues)
        ]
        self._turn = 0
        # OpenCV's own threads do not survive a fork, and a child that ends them waits for ever.
        threads = cv2.getNumThreads()
        cv2.setNumThreads(1)
        for worker in self._workers:
            worker.start()
        cv2.setNumThreads(threads)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.terminate()
        for worker in self._workers:
            worker.join()

    def next(self) -> FrameBatch:
        """The next batch of the worker whose turn it is.

        Raises:
            WorkerFailed: it ended.
        """
        number = self._turn
        self._turn = (number + 1) % len(self._queues)
        got = self._queues[number].get(timeout=_PATIENCE)
        if isinstance(got, str):
            raise WorkerFailed(got)
        return replace(got, source=number)


def _film(
    make: Callable[[int], StreamSampler], number: int, queue: Queue[FrameBatch | str]
) -> None:
    torch.set_num_threads(1)
    try:
        sampler = make(number)
        while True:
            queue.put(sampler.next())
    except Exception as error:  # whatever it is, the training must be told
        queue.put(f"{type(error).__name__}: {error}")
