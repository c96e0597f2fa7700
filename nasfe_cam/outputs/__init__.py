"""Where the worker's pictures go; `opening.open_outputs` makes what the settings ask for."""
