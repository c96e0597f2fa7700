"""Buffers are used again, but never while somebody looks at them."""

from __future__ import annotations

from nasfe_cam.compositing.frame_pool import FramePool


def test_a_buffer_that_was_let_go_of_is_used_again() -> None:
    buffers = FramePool()
    first = buffers.take(4, 6)
    address = first.ctypes.data
    del first
    assert buffers.take(4, 6).ctypes.data == address


def test_a_buffer_that_somebody_holds_is_left_alone() -> None:
    buffers = FramePool()
    held = [buffers.take(4, 6) for _ in range(5)]
    assert len({buffer.ctypes.data for buffer in held}) == 5


def test_a_view_holds_the_buffer_too() -> None:
    buffers = FramePool()
    view = buffers.take(4, 6)[1:3]
    assert buffers.take(4, 6).ctypes.data != view.base.ctypes.data


def test_another_size_gets_another_buffer() -> None:
    buffers = FramePool()
    assert buffers.take(4, 6).shape == (4, 6, 3)
    assert buffers.take(2, 2).shape == (2, 2, 3)
