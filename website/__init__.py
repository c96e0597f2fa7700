"""Makes the pages of the documentation; the texts themselves are in `docs/`."""
