"""Keeps the libraries of the face path from starting threads of their own."""

from __future__ import annotations

import cv2
from threadpoolctl import threadpool_limits


def use_calling_thread_only() -> None:
    """Let OpenCV and NumPy's BLAS work in the thread that calls them, in the whole process.

    The stages of the pipeline are the threads. Those of the libraries wait for work by
    spinning: OpenBLAS's take a core all the time where a frame asks for one product of
    matrices, and the network has one core less.
    """
    cv2.setNumThreads(1)
    threadpool_limits(1, user_api="blas")
