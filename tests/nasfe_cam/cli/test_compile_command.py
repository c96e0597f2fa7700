"""`nasfe-cam compile`, run as a user runs it, on a machine without an NVIDIA card."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nasfe_cam.cli.main import main

pytestmark = [pytest.mark.tensorrt, pytest.mark.usefixtures("tensorrt")]


def compile_networks(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nasfe_cam", "compile", *arguments],
        capture_output=True,
        text=True,
        timeout=200,
        env=os.environ | {"CUDA_VISIBLE_DEVICES": "", "COLUMNS": "200"},
    )


def test_networks_are_compiled_for_a_card_that_is_not_here_and_kept(tmp_path: Path) -> None:
    arguments = ("--compute-capability", "8.9", "--folder", str(tmp_path))
    done = compile_networks(*arguments)
    assert done.returncode == 0, done.stderr
    files = sorted(path for path in tmp_path.iterdir() if path.suffix == ".engine")
    assert [path.name.rsplit("-", 1)[0] for path in files] == ["guided-unet", "observer"]
    assert all(str(path) in done.stdout for path in files)
    written = [path.stat().st_ino for path in files]
    again = compile_networks(*arguments)
    assert again.stdout.count("compiled before") == 2
    assert [path.stat().st_ino for path in files] == written


def test_without_a_card_one_line_says_what_to_do_and_the_exit_code_is_2() -> None:
    done = compile_networks()
    assert done.returncode == 2
    assert_one_line(done.stderr, "NVIDIA")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--compute-capability", "9.9"), "8.9"),
        (("--compute-capability", "8.9", "--folder", "/proc/engines"), "/proc/engines"),
        (("--compute-capability", "8.9", "--model", "nothing"), "nothing.onnx"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_exit_code_2(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    words: str,
) -> None:
    monkeypatch.setattr(sys, "argv", ["nasfe-cam", "compile", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert_one_line(capsys.readouterr().err, words)


def assert_one_line(stderr: str, words: str) -> None:
    lines = [line for line in stderr.splitlines() if line.startswith("nasfe-cam: ")]
    assert len(lines) == 1 and words in lines[0]
    assert "Traceback" not in stderr
