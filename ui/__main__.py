"""`python -m ui` is `nasfe-cam-ui`."""

from ui.main import main

if __name__ == "__main__":
    main()
