"""From the fake webcam through the program into whatever shows cameras."""

from __future__ import annotations

import time

from tests.vm.picture import look
from tests.vm.scenarios.conftest import NASFE
from tests.vm.scenarios.watcher import grab_with_ffmpeg, grab_with_v4l2_ctl, longest_standstill


def test_spike(webcam, start, watch, chromium, results):
    t = time.time()

    def p(*a):
        print(f"{time.time() - t:6.1f}", *a, flush=True)

    p("start")
    prog = start()
    w = None
    while not prog.processes()[1:]:
        time.sleep(0.1)
    p("output program started")
    time.sleep(3)
    w = watch()
    p("first picture", w.waits_for(lambda s: True, 100) - t)
    p("first frame", w.waits_for(lambda s: s.is_frame, 100) - t, w.seen[-1])
    p("first restored", w.waits_for(lambda s: s.is_restored, 100) - t, w.seen[-1])
    time.sleep(10)
    p(w.size, len(w.seen), longest_standstill(w.seen[-50:]), w.seen[-1])
    n = len(w.seen)
    time.sleep(10)
    p("rate", (len(w.seen) - n) / 10, len({s.number for _, s in w.seen[n:]}) / 10)
    w.close()
    p("closed")
    p("ffmpeg", look(grab_with_ffmpeg(NASFE, 1280, 720, 3)))
    p("v4l2-ctl", look(grab_with_v4l2_ctl(NASFE, 1280, 720, 3, results)))
    p(prog.said[-2000:])
    p(chromium.cameras())
    p(chromium.watch("NASFE Camera"))
    for i in range(3):
        time.sleep(5)
        m = chromium.moments()
        p(len(m), m[-1:])
    chromium.screenshot(results / "chromium.png")
    p("shot", chromium.ended())
    chromium.leave()
    p("left")
    t1 = time.time()
    while not open("/dev/null") or prog.has_open(__import__("pathlib").Path("/dev/video11")):
        time.sleep(0.2)
    p("released after", time.time() - t1)
    time.sleep(2)
    a = [sum(x.cpu_times()[:2]) for x in prog.processes()]
    ctx = [x.num_ctx_switches() for x in prog.processes()]
    time.sleep(20)
    b = [sum(x.cpu_times()[:2]) for x in prog.processes()]
    ctx2 = [x.num_ctx_switches() for x in prog.processes()]
    p(
        "idle cpu %",
        [(y - x) / 20 * 100 for x, y in zip(a, b)],
        [(c2[0] - c1[0]) for c1, c2 in zip(ctx, ctx2)],
    )
    w = watch()
    t1 = time.time()
    p(
        "first picture",
        w.waits_for(lambda s: True, 100) - t1,
        "frame",
        w.waits_for(lambda s: s.is_frame, 100) - t1,
        "restored",
        w.waits_for(lambda s: s.is_restored, 100) - t1,
    )
    w.close()
    p([x.memory_info().rss / 1e6 for x in prog.processes()])
    p("stop", prog.stop())
    p(prog.said[-1500:])
