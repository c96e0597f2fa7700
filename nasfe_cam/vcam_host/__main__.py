"""`python -m nasfe_cam.vcam_host`: run the output program."""

from __future__ import annotations

import sys

from nasfe_cam.vcam_host.program import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
