"""`python -m nasfe_cam.output`: run the output program."""

from __future__ import annotations

import sys

from nasfe_cam.output.program import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
