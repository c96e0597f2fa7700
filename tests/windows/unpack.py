"""Unpacks Python for Windows and wheels: unpack.py DOWNLOADS PYTHON.TXT WHEELS.TXT TARGET."""

from __future__ import annotations

import io
import re
import sys
import tarfile
import zipfile
from pathlib import Path

# Under Wine the first one hangs; with the second neither PYTHONPATH nor -P counts.
LEFT_OUT = ("_wmi.pyd", "python313._pth")


def main() -> None:
    downloads, python_list, wheel_list, target = map(Path, sys.argv[1:])
    unpack_python(the_file(downloads, *listed(python_list)[0]), target)
    for name, version in listed(wheel_list):
        unpack_wheel(the_file(downloads, name, version), target)


def listed(requirements: Path) -> list[tuple[str, str]]:
    """Name and version of each line."""
    pattern = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)
    return pattern.findall(requirements.read_text(encoding="utf-8"))


def the_file(downloads: Path, name: str, version: str) -> Path:
    """The file of this version; others may be left of earlier lists."""
    wanted = re.compile(
        rf"{re.sub('[-_.]', '[-_.]', name)}-{re.escape(version)}[-.]", re.IGNORECASE
    )
    return next(file for file in downloads.iterdir() if wanted.match(file.name))


def unpack_python(source: Path, target: Path) -> None:
    with tarfile.open(source) as archive:
        member = next(name for name in archive.getnames() if name.endswith("/data.zip"))
        content = archive.extractfile(member)
        assert content is not None
        with zipfile.ZipFile(io.BytesIO(content.read())) as files:
            for name in files.namelist():
                inside = name.removeprefix("cp313/")
                if inside != name and not name.endswith("/") and inside not in LEFT_OUT:
                    write(target / inside, files.read(name))


def unpack_wheel(wheel: Path, target: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            first, _, rest = name.partition("/")
            if name.endswith("/"):
                continue
            if not first.endswith(".data"):
                write(target / "Lib" / "site-packages" / name, archive.read(name))
            elif name.endswith(".dll") and not (target / Path(rest).name).exists():
                # The C++ runtime, beside python.exe.
                write(target / Path(rest).name, archive.read(name))


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    main()
