"""`python -m nasfe_cam` is `nasfe-cam`."""

from nasfe_cam.cli.main import main

if __name__ == "__main__":
    main()
