#!/usr/bin/python3
"""modprobe [-r] v4l2loopback, where there is no kernel module: what programs see of one.

Makes the device file and the entries of sysfs from the options in /etc/modprobe.d, and
leaves a process that keeps the module's count of open devices, as the kernel does.
"""

from __future__ import annotations

import os
import shlex
import sys
import time
from contextlib import suppress
from pathlib import Path

MODULE = Path("/sys/module/v4l2loopback")
VIDEO_CLASS = Path("/sys/class/video4linux")
LOOK_SECONDS = 0.05


def main(arguments: list[str]) -> int:
    """Entry point."""
    if arguments != ["v4l2loopback"]:
        print(f"modprobe: FATAL: only v4l2loopback is here, not {arguments}", file=sys.stderr)
        return 1
    options = module_options()
    node = f"video{options['video_nr']}"
    device = Path("/dev") / node
    device.touch()
    device.chmod(0o666)
    write(VIDEO_CLASS / node / "name", options["card_label"])
    write(MODULE / "parameters" / "exclusive_caps", "Y" + ",N" * 7)
    write(MODULE / "refcnt", "0")
    if os.fork() == 0:
        os.setsid()
        # What waits for the end of modprobe waits for its pipes too.
        for descriptor in range(3):
            os.dup2(os.open("/dev/null", os.O_RDWR), descriptor)
        count_openings(device)
    return 0


def module_options() -> dict[str, str]:
    """Those of the options files."""
    lines = [
        shlex.split(line)
        for path in Path("/etc/modprobe.d").glob("*.conf")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    given = [line[2:] for line in lines if line[:2] == ["options", "v4l2loopback"]]
    return dict(option.split("=", 1) for options in given for option in options)


def count_openings(device: Path) -> None:
    """Write how often the device is open, whenever that changes."""
    shown = 0
    while True:
        found = 0
        for descriptor in Path("/proc").glob("[0-9]*/fd/*"):
            with suppress(OSError):
                found += descriptor.readlink() == device
        if found != shown:
            shown = found
            write(MODULE / "refcnt", str(found))
        time.sleep(LOOK_SECONDS)


def write(path: Path, content: str) -> None:
    """Write the file whole: somebody may be reading it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(content + "\n", encoding="utf-8")
    fresh.rename(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
