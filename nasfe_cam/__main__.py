"""`python -m nasfe_cam` is `nasfe-cam`."""

from nasfe_cam.cli import main

if __name__ == "__main__":
    main()
